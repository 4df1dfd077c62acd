"""Readings above kanji for those who ask, everywhere that the office speaks, and nowhere that a person wrote."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_engine import ruby
from forms_engine.applications import Application
from forms_engine.fields.stencil import Stencil
from forms_engine.ruby import annotated

READINGS = re.compile(r"<rp>（</rp><rt>[^<]*</rt><rp>）</rp>|</?ruby>")


def plain(html: str) -> str:
    """What stands there for somebody without readings."""
    return re.sub(r"<span data-ruby>(.*?)</span>", r"\1", READINGS.sub("", html), flags=re.DOTALL)


def readings(html: str) -> list[tuple[str, str]]:
    return re.findall(r"<ruby>([^<]*)<rp>（</rp><rt>([^<]*)</rt>", html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("犬の登録", [("犬", "いぬ"), ("登録", "とうろく")]),
        ("申請を取り下げる", [("申請", "しんせい"), ("取", "と"), ("下", "さ")]),
        ("生年月日", [("生年月日", "せいねんがっぴ")]),
        ("開庁日", [("開庁日", "かいちょうび")]),
        ("職員の方", [("職員", "しょくいん"), ("方", "かた")]),
        ("支払の方法", [("支払", "しはらい"), ("方法", "ほうほう")]),
        ("予約（よやく）の番号", [("番号", "ばんごう")]),
        ("受付番号", [("受付", "うけつけ"), ("番号", "ばんごう")]),
    ],
)
def test_a_word_is_read_as_an_office_reads_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert readings(annotated(text)) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<input value="犬" aria-label="犬"><textarea>犬</textarea><select><option>犬</option></select>',
        "<title>犬</title><script>犬</script><style>犬</style>",
        '<p data-typed>犬<b>犬</b>犬</p><span lang="zh-Hans">犬</span><ruby>犬<rt>いぬ</rt></ruby>',
        "ひらがな、カタカナ、ABC 123 &amp; &lt;",
        "<!-- 犬 -->",
    ],
)
def test_controls_attributes_and_what_people_typed_stay_as_they_are(html: str) -> None:
    assert annotated(html) == html


def test_what_follows_an_element_without_readings_has_them_again() -> None:
    assert readings(annotated("<p data-typed>犬<br>犬</p><p>犬</p>")) == [("犬", "いぬ")]
    assert readings(annotated('<p lang="ja">犬</p><img alt="犬">犬')) == [("犬", "いぬ")] * 2


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b data-typed>",
                "</b>",
                "犬の登録",
                "髙﨑",
                "葛󠄀",
                "𠮷野",
                "\x00value\x00",
                "申請",
                "&lt;",
                "<br>",
            ]
        )
    )
)
def test_without_its_readings_the_page_is_what_it_was(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert plain(annotated(html)) == html


def test_a_stencil_is_annotated_once_and_its_slots_never() -> None:
    stencil = Stencil("resident_desk/_advice.html", {"advice": ["犬の登録"]}, "ja")
    without = stencil.fill({})
    with ruby.switched(True):
        first = stencil.fill({})
        ruby.with_readings.cache_clear()
        assert stencil.fill({}) == first
        assert ruby.with_readings.cache_info().misses == 0
    assert readings(first) and plain(first) == without == stencil.fill({})


@pytest.fixture
def reader(db: None) -> Client:
    client = Client()
    client.post(reverse("resident:readings"), {"ruby": "1", "next": "/"})
    return client


@pytest.mark.django_db
def test_a_resident_switches_readings_on_and_off(reader: Client, published: None) -> None:
    address = reverse("resident:procedure", args=["dog_registration"])
    told = reader.get(address).content.decode()
    assert ("犬", "いぬ") in readings(told) and 'aria-pressed="true"' in told
    reader.post(reverse("resident:readings"), {"ruby": "", "next": "/"})
    told = reader.get(address).content.decode()
    assert not readings(told) and 'aria-pressed="false"' in told


@pytest.mark.django_db
def test_readings_stand_on_every_page_and_on_no_name(reader: Client, submitted: Callable[..., Application]) -> None:
    application = submitted()
    code = {"receipt_number": application.reference, "code": application.access_code}
    told = reader.post(reverse("resident:find_application"), code, follow=True).content.decode()
    assert ("申請者", "しんせいしゃ") in readings(told) or ("申請", "しんせい") in readings(told)
    assert '<dd data-typed><p class="read-out__text">髙﨑</p>' in told
    assert not [base for base, _reading in readings(told) if set(base) & set("髙﨑葛")]


@pytest.mark.django_db
def test_fields_and_their_errors_are_read_too(reader: Client, published: None) -> None:
    at = reader.post(reverse("resident:start", args=["dog_registration"])).url
    assert readings(reader.get(at).content.decode().partition('<form class="page"')[2])
    told = reader.post(at, {}).content.decode()
    error = re.findall(r'<p class="field__error">(.*?)</p>', told)[0]
    assert plain(error).startswith("＊") and readings(error)
    assert readings(told.partition('class="error-summary"')[2].partition("</ul>")[0])


@pytest.mark.django_db
def test_a_page_with_readings_arrives_whole(reader: Client, published: None) -> None:
    for address in ("/", reverse("resident:procedure", args=["dog_registration"])):
        answer = reader.get(address)
        assert int(answer.headers["Content-Length"]) == len(answer.content)


@pytest.mark.django_db
def test_english_has_no_readings_and_no_button(reader: Client, published: None) -> None:
    reader.post(reverse("resident:language"), {"language": "en", "next": "/"})
    told = reader.get("/").content.decode()
    assert not readings(told) and reverse("resident:readings") not in told


@pytest.mark.django_db
def test_staff_read_names_without_guesses(reader: Client, client_of: Callable[[str], Client]) -> None:
    browser = client_of("sato")
    browser.cookies.update(reader.cookies)
    assert not readings(browser.get(reverse("approver:queue")).content.decode())


@pytest.mark.django_db
def test_the_button_leads_back_and_nowhere_else() -> None:
    at = reverse("resident:readings")
    assert Client().post(at, {"ruby": "1", "next": "/follow/"}).url == "/follow/"
    assert Client().post(at, {"ruby": "1", "next": "https://elsewhere.example/"}).url == "/"
