"""What explains a form between its fields: drawn safely, shown when it concerns the resident, never an answer."""

import base64
from typing import Any

import pytest
from django.test import Client

from forms_engine.definitions import publish
from forms_engine.forms import PageForm, form_for
from forms_engine.markup import html
from forms_engine.readout import sections
from forms_engine.spec import FormSpec
from tests.forms_engine import documents
from workflows import definitions as workflows

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
IMAGE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
CONTENT: dict[str, Any] = {
    "hello": {"kind": "text", "text": "**使う人**の[決まり](https://example.jp/rules)です。"},
    "fee": {"kind": "notice", "title": "販売の手数料", "text": "かかります。", "when": {"sales": {"const": True}}},
    "map": {"kind": "image", "image": IMAGE, "alt": "部屋の配置図", "text": "1階"},
    "law": {"kind": "link", "title": "条例", "url": "https://example.jp/law"},
    "more": {"kind": "details", "title": "詳しく", "text": "- 一\n- 二"},
}
PLACED = [{"content": "hello"}, "sales", *({"content": name} for name in list(CONTENT)[1:]), "goods", "plan", "photos"]
ROOM: dict[str, Any] = {
    **documents.ROOM,
    "content": CONTENT,
    "translations": {"en": {"/content/fee/title": "Fee for sales", "/content/map/alt": "Plan of the rooms"}},
    "pages": [
        *(page for page in documents.ROOM["pages"] if page["key"] != "sales"),
        {**next(page for page in documents.ROOM["pages"] if page["key"] == "sales"), "fields": PLACED},
    ],
}
SPEC = FormSpec.load(ROOM)


def page(sales: bool | None, **more: Any) -> PageForm:
    return form_for(SPEC, "sales", {} if sales is None else {"sales": sales}, **more)


def test_content_stands_where_the_form_puts_it() -> None:
    html = page(sales=None).html
    order = [html.index(word) for word in ("使う人", 'name="/sales"', "部屋の配置図", "条例", "<summary>詳しく")]
    assert order == sorted(order)


def test_content_with_a_condition_stands_only_while_it_holds() -> None:
    assert "販売の手数料" not in page(sales=None).html and "販売の手数料" not in page(sales=False).html
    assert "販売の手数料" in page(sales=True).html
    asked = page(sales=False, data={"/sales": ["true"], "_refresh": ["1"]})
    assert "販売の手数料" in asked.html


def test_an_answer_that_decides_about_content_redraws_the_page() -> None:
    assert "data-controls" in page(sales=None).html


def test_content_is_no_answer_and_on_no_read_out() -> None:
    assert SPEC.pages[-1].fields == ("sales", "goods", "plan", "photos") and page(sales=True).answers() == {
        "sales": True
    }
    rows = [row for section in sections(SPEC, {"sales": True}, "ja", str) for row in section.rows]
    assert not any("手数料" in row.label for row in rows)


def test_content_speaks_the_residents_language() -> None:
    english = page(sales=True, language="en").html
    assert "Fee for sales" in english and 'alt="Plan of the rooms"' in english and "(opens in a new tab)" in english


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html;base64,AAAA)", "[x](data:text/html"),
        ("[x](//evil.example/)", "[x](//evil.example/)"),
        ("[x](http://example.jp/)", "[x](http://example.jp/)"),
        ('[x](https://example.jp/"onmouseover=alert(1))', "example.jp/%22onmouseover"),
        ("![x](https://example.jp/x.png)", "!<a"),
        ("# 見出し\n\n***\n\n`code`", "# 見出し"),
    ],
)
def test_nothing_dangerous_comes_through_the_markup(written: str, drawn: str) -> None:
    found = str(html(written, "ja"))
    assert drawn in found
    assert not any(
        danger in found for danger in ("<script", "<img", 'href="javascript', 'href="data', " onmouseover", "<h1")
    )


def test_links_in_a_text_open_beside_the_form() -> None:
    found = html("[決まり](https://example.jp/rules) [電話](tel:03-1234-5678)", "ja")
    assert 'target="_blank" rel="noopener">決まり<span' in found and 'href="tel:03-1234-5678">電話</a>' in found


def test_an_image_is_served_by_its_digest(organisation: None, client: Client) -> None:
    workflows.publish(documents.ROUTE)
    publish(ROOM)
    block = SPEC.edition("ja").content["map"]
    assert block.picture is not None
    reply = client.get(f"/procedures/room/images/{block.picture.digest}/")
    assert (reply.content, reply["Content-Type"]) == (PNG, "image/png") and "immutable" in reply["Cache-Control"]
    assert client.get(f"/procedures/room/images/{'0' * 64}/").status_code == 404
    assert f'src="/procedures/room/images/{block.picture.digest}/"' in page(sales=None).html
