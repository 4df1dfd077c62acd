"""The editor as its builders meet it: with the script, without it, and two at once."""

import io
import json

import pytest
from django.test import Client

from forms_engine.manuscripts import Manuscript

NAME = "/schema/properties/dog_name/title"
RETITLE = {"do": "retitle_field", "field": "dog_name", "seen": NAME, "was": '"犬の名"', "at_tab": "fields"}
HTMX = {"HX-Request": "true"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def address(draft, *rest):
    return "/".join(["/builder/drafts", str(draft.pk), *rest, ""])


def document(draft):
    return Manuscript.objects.get(pk=draft.pk).document


def edit(browser, draft, posted, **more):
    return browser.post(address(draft, "edits"), posted, **more)


@pytest.mark.parametrize("tab", ["fields", "procedure", "logic", "notices", "texts", "source", "history", "nonsense"])
def test_every_tab_is_shown(builder, draft, tab):
    assert builder.get(address(draft), {"tab": tab}).status_code == 200


@pytest.mark.parametrize("place", ["field=dog_sex", "field=owner", "field=nobody", "page=nowhere", "content=none"])
def test_every_selection_is_shown_even_of_what_is_gone(builder, draft, place):
    assert builder.get(f"{address(draft)}?{place}").status_code == 200


def test_edit_without_the_script_comes_back_to_where_the_builder_was(builder, draft):
    response = edit(builder, draft, {**RETITLE, "title": "犬の呼び名", "at_field": "dog_name"})
    assert (response.status_code, response.url) == (302, f"{address(draft)}?field=dog_name")
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の呼び名"


def test_edit_with_the_script_answers_with_the_panes_alone(builder, draft):
    response = edit(builder, draft, {**RETITLE, "title": "犬の呼び名"}, headers=HTMX)
    assert "犬の呼び名" in response.content.decode() and "<html" not in response.content.decode()


def test_empty_name_is_refused_beside_what_stands_there(builder, draft):
    response = edit(builder, draft, {**RETITLE, "title": " ", "setting": "set-retitle_field-title-dog_name"})
    assert response.status_code == 422
    assert "名前を入力してください" in response.content.decode()


def test_second_of_two_builders_sees_both_versions_and_may_choose(builder, draft, sato_builds):
    edit(sato_builds, draft, {**RETITLE, "title": "犬の呼び名"})
    refused = edit(builder, draft, {**RETITLE, "title": "犬の愛称", "at_field": "dog_name"})
    text = refused.content.decode()
    assert refused.status_code == 422 and "犬の呼び名" in text and "犬の愛称" in text and "佐藤" in text
    again = dict(refused.context["conflict"].inputs)
    assert edit(builder, draft, again).status_code == 302
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の愛称"


def test_undo_and_redo_say_what_they_did(builder, draft):
    edit(builder, draft, {**RETITLE, "title": "犬の呼び名"})
    undone = builder.post(address(draft, "undo"), {"at_tab": "fields"}, headers=HTMX)
    assert json.loads(undone.headers["HX-Trigger"])["told"] == "元に戻しました：「犬の呼び名」：名前を変える"
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の名"
    builder.post(address(draft, "redo"), {"at_tab": "fields"})
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の呼び名"


def test_field_moves_down_over_the_edge_of_its_page(builder, draft):
    first, second = (page["key"] for page in document(draft)["pages"][:2])
    last = document(draft)["pages"][0]["fields"][-1]
    told = edit(builder, draft, {"move": f"down field:{last}", "at_tab": "fields"}, headers=HTMX)
    assert document(draft)["pages"][1]["fields"][0] == last and document(draft)["pages"][0]["key"] == first
    assert "1番目" in json.loads(told.headers["HX-Trigger"])["told"] and second


def test_new_field_is_selected_at_once(builder, draft):
    page = document(draft)["pages"][0]["key"]
    response = edit(
        builder, draft, {"do": "add_field", "part": "text", "page": page, "title": "鑑札", "at_tab": "fields"}
    )
    assert response.url.endswith("?field=text")


def test_choices_are_pasted_and_those_that_stay_keep_their_value(builder, draft):
    before = document(draft)["schema"]["properties"]["dog_sex"]["oneOf"]
    rows = {"choice_value": [one["const"] for one in before], "choice_title": [one["title"] for one in before]}
    lines = f"不明\r\n{before[0]['title']}\r\n"
    edit(builder, draft, {"do": "set_choices", "field": "dog_sex", **rows, "choice_lines": lines, "at_tab": "fields"})
    after = document(draft)["schema"]["properties"]["dog_sex"]["oneOf"]
    assert [one["title"] for one in after] == ["不明", before[0]["title"]]
    assert after[1]["const"] == before[0]["const"]


def test_fields_are_shown_from_a_number_on(builder, draft):
    page = document(draft)["pages"][0]["key"]
    for part in ("integer", "text"):
        edit(builder, draft, {"do": "add_field", "part": part, "page": page, "title": part, "at_tab": "fields"})
    wish = {"do": "show_when", "by": "integer", "comparison": "minimum", "compared": "18", "fields": ["text"]}
    edit(builder, draft, {**wish, "at_tab": "fields"})
    assert "「integer」が18以上のとき" in builder.get(address(draft), {"field": "text"}).content.decode()
    refused = edit(builder, draft, {**wish, "compared": "十八"})
    assert "「十八」は数ではありません" in refused.content.decode()


def test_image_is_uploaded_into_the_document_and_nothing_else_is(builder, draft):
    page = document(draft)["pages"][0]["key"]
    edit(builder, draft, {"do": "add_content", "kind": "image", "page": page, "at_tab": "fields"})
    wish = {"do": "set_content", "content": "image", "part": "image", "at_tab": "fields"}
    assert edit(builder, draft, {**wish, "image": _file(b"GIF89a")}).status_code == 422
    assert edit(builder, draft, {**wish, "image": _file(PNG)}).status_code == 302
    assert document(draft)["content"]["image"]["image"].startswith("data:image/png;base64,iVBOR")


def _file(content):
    file = io.BytesIO(content)
    file.name = "図.png"
    return file


@pytest.mark.parametrize(
    "posted", [{}, {"do": "explode"}, {"do": "show_when", "when": "{"}, {"move": "up"}, {"move": "x y:z"}]
)
def test_what_is_no_command_is_refused_in_words(builder, draft, posted):
    assert edit(builder, draft, {**posted, "at_tab": "fields"}).status_code == 422
    assert Manuscript.objects.get(pk=draft.pk).serial == 0


def test_what_was_typed_when_the_session_ended_is_kept_and_saved_after_signing_in(draft, sato_builds):
    browser = Client()
    asked = edit(browser, draft, {**RETITLE, "title": "犬の呼び名"})
    assert asked.status_code == 401 and "犬の呼び名" in asked.content.decode()
    kept = {name: value for name, value in asked.context["kept"]}
    wrong = edit(browser, draft, {**kept, "username": "sato", "password": "wrong"})
    assert wrong.status_code == 401 and "犬の呼び名" in wrong.content.decode()
    assert edit(browser, draft, {**kept, "username": "sato", "password": "demo"}).status_code == 302
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の呼び名"


def test_one_edit_costs_at_most_twenty_statements(builder, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        edit(builder, draft, {**RETITLE, "title": "犬の呼び名", "at_field": "dog_name"}, headers=HTMX)


def test_others_see_who_is_here_and_that_the_draft_has_changed(builder, draft, sato_builds):
    sato_builds.get(address(draft, "company"), {"field": "dog_name", "serial": 0})
    quiet = builder.get(address(draft, "company"), {"serial": 0})
    assert "佐藤" in quiet.content.decode() and "犬の名" in quiet.content.decode()
    assert "HX-Trigger" not in quiet.headers
    seen = {"serial": 0, "since": draft.edited_at.isoformat()}
    edit(sato_builds, draft, {**RETITLE, "title": "犬の呼び名"})
    told = json.loads(builder.get(address(draft, "company"), seen).headers["HX-Trigger"])["edited-elsewhere"]["words"]
    assert told.startswith("佐藤 花子が変えました") and told.endswith("「犬の呼び名」：名前を変える")


def test_who_took_an_edit_back_is_told_to_others(builder, draft, sato_builds):
    edit(builder, draft, {**RETITLE, "title": "犬の呼び名"})
    since = Manuscript.objects.get().edited_at.isoformat()
    sato_builds.post(address(draft, "undo"), {"at_tab": "fields", "since": since})
    heard = builder.get(address(draft, "company"), {"serial": 1, "since": since}).headers["HX-Trigger"]
    assert json.loads(heard)["edited-elsewhere"]["words"].startswith("佐藤 花子が元に戻しました")
    own = sato_builds.get(address(draft, "company"), {"serial": 1, "since": since}).headers["HX-Trigger"]
    assert json.loads(own)["edited-elsewhere"]["words"] == ""


@pytest.mark.parametrize("since", ["", "soon", "2026-01-01T00:00:00"])
def test_page_that_does_not_say_when_it_was_drawn_hears_that_the_draft_changed_and_may_undo(builder, draft, since):
    edit(builder, draft, {**RETITLE, "title": "犬の呼び名"})
    assert "edited-elsewhere" in builder.get(address(draft, "company"), {"since": since}).headers["HX-Trigger"]
    builder.post(address(draft, "undo"), {"at_tab": "fields", "since": since})
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の名"


def test_parts_without_a_name_of_their_own_are_called_by_what_they_are(builder, draft):
    page = builder.get(address(draft)).content.decode()
    assert "個人情報の取扱いに同意します" in page and "media_type" not in page


def put_in(builder, draft, text):
    """What the source view says of a text, and that the draft stays as it was."""
    page = builder.post(f"/builder/drafts/{draft.pk}/source/", {"source": text, "serial": str(draft.serial)})
    checked = builder.post(f"/builder/drafts/{draft.pk}/source/check/", {"source": text}).content.decode()
    assert page.status_code == 422
    assert Manuscript.objects.get(pk=draft.pk).serial == draft.serial
    return checked


def test_definition_that_no_text_or_number_can_hold_is_refused_in_words(builder, draft):
    assert "定義の形が違います" in put_in(builder, draft, json.dumps({**draft.document, "title": "\ud800"}))
    assert "定義の形が違います" in put_in(builder, draft, '{"form": ' + "9" * 5000 + "}")


def test_definition_that_is_nested_too_deep_to_be_checked_is_refused_in_words(builder, draft):
    document, deep = draft.document, {"type": "string", "title": "z"}
    for _ in range(200):
        deep = {"type": "object", "title": "a", "properties": {"a": deep}}
    document["schema"]["properties"]["x"] = deep
    document["pages"][0]["fields"].append("x")
    assert "入れ子が深すぎます" in put_in(builder, draft, json.dumps(document))


def test_preview_speaks_the_language_that_its_choice_shows(builder, draft):
    builder.cookies["django_language"] = "en"
    stage = builder.get(address(draft)).content.decode()
    page = stage.partition('id="preview"')[2].partition('src="')[2].partition("?")[0]
    assert '<html lang="ja">' in builder.get(page).content.decode()
    assert '<html lang="en">' in builder.get(page + "?language=en").content.decode()


def test_formula_is_kept_keystroke_by_keystroke_where_it_is_one(builder, draft):
    posted = {"do": "calculate", "field": "fee", "midway": "1", "typing": "a-visit", "at_tab": "fields"}
    seen, was = "/calculations/fee", json.dumps(document(draft)["calculations"]["fee"])
    for text, kept in [("3", 3), ("30", 30), ("30 +", 30), ("30 + 5", {"+": [30, 5]})]:
        answer = edit(builder, draft, {**posted, "formula": text, "seen": seen, "was": was}, headers=HTMX).json()
        assert document(draft)["calculations"]["fee"] == kept
        was = answer["was"][0] if answer["was"] else was
    assert json.loads(was) == {"+": [30, 5]}
    assert Manuscript.objects.get(pk=draft.pk).standing == 1


def test_keystroke_over_what_somebody_else_has_changed_is_not_kept(builder, draft, sato_builds):
    edit(sato_builds, draft, {**RETITLE, "title": "犬の呼び名"})
    answer = edit(builder, draft, {**RETITLE, "title": "犬の愛称", "midway": "1", "typing": "a-visit"}, headers=HTMX)
    assert answer.json() == {"serial": None, "was": []}
    assert document(draft)["schema"]["properties"]["dog_name"]["title"] == "犬の呼び名"
