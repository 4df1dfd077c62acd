"""Somebody who reads no Japanese meets none, except in names and in what people wrote."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from forms_engine.definitions import current
from forms_engine.forms import form_for, pages_for
from schemas.answer_texts import ANSWER_TEXTS
from schemas.definition_texts import DEFINITION_TEXTS, KIND_NAMES
from schemas.vocabulary import vocabulary
from schemas.wording import PHRASES
from tests.forms_engine.answers import dog
from workflows.staff import Department

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]+")
ENGLISH = re.compile(r"[A-Za-z]{3}")
SCRIPTS = sorted((Path(settings.BASE_DIR) / "forms_engine" / "static").rglob("*.js"))
#: What a script needs to read and write Japanese dates on a Japanese page.
CALENDAR = {"西暦", "令和", "平成", "昭和", "大正", "明治", "元", "年", "月", "日"}
PREFECTURES = vocabulary()["$defs"]["address"]["properties"]["prefecture"]["enum"]
TABLES = {"answers": ANSWER_TEXTS, "definitions": DEFINITION_TEXTS, "kinds": KIND_NAMES, "wording": PHRASES}
READ = ("alt", "aria-label", "placeholder", "title", "data-text", "data-copied")
VOID = {"meta", "link", "input", "img", "br", "hr", "wbr"}
OURS = ("workflows", "forms_engine")


class Reader(HTMLParser):
    """What of a page is read out as English: its text and attributes outside of what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[bool] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_foreign = "data-typed" in given or given.get("lang", "en") != "en" or tag in ("style", "script")
        foreign = is_foreign or any(self.marked)
        if not foreign:
            self.texts += [str(given[name]) for name in READ if given.get(name)]
        if tag not in VOID:
            self.marked.append(foreign)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.marked:
            self.marked.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.marked):
            self.texts.append(data)


def japanese_on(html: str, *data: str) -> list[str]:
    """The Japanese that an English page shows, besides these data; an English sentence may quote an example."""
    reader = Reader()
    reader.feed(html)
    text = "\n".join(reader.texts)
    for known in (*data, *settings.MUNICIPALITY.values()):
        text = text.replace(known, "")
    return [line.strip() for line in text.splitlines() if JAPANESE.search(line) and not ENGLISH.search(line)]


@pytest.fixture
def client(published: None) -> Client:
    client = Client()
    client.post(reverse("resident:language"), {"language": "en", "next": "/"})
    return client


def test_pages_on_which_residents_find_something(client: Client) -> None:
    departments = list(Department.objects.values_list("title", flat=True))
    pages = [reverse("resident:find"), reverse("resident:find_application"), reverse("login")]
    pages += [reverse("resident:procedure", args=[key]) for key in ("dog_registration", "facility_use")]
    for at in (*pages, "/?q=xyz", "/nowhere/"):
        assert japanese_on(client.get(at).content.decode(), *departments) == [], at


def test_a_whole_application(client: Client) -> None:
    root = client.post(reverse("resident:start", args=["dog_registration"])).url.rsplit("/", 3)[0]
    spec, answers = current("dog_registration").spec, dog()
    for page in pages_for(spec, answers):
        assert japanese_on(client.post(f"{root}/pages/{page.key}/", {}).content.decode(), *PREFECTURES) == []
        form = form_for(spec, page.key, answers, language="en")
        client.post(f"{root}/pages/{page.key}/", {**form.typed(), "_seen": form.shown})
    assert japanese_on(client.get(f"{root}/saved/").content.decode()) == []
    client.post(f"{root}/submission/")
    for last in ("done/", "withdrawal/", ""):
        assert japanese_on(client.get(f"{root}/{last}", follow=True).content.decode(), *_typed(answers)) == [], last


def _typed(answers: Any) -> list[str]:
    """What somebody wrote, longest first."""
    found = [answers] if isinstance(answers, str) else []
    inner = answers.values() if isinstance(answers, dict) else answers if isinstance(answers, list) else ()
    return sorted(found + [text for one in inner for text in _typed(one)], key=len, reverse=True)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_take_their_words_from_the_page(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", script.read_text(), flags=re.DOTALL)
    assert set(JAPANESE.findall(code)) <= CALENDAR


@pytest.mark.parametrize("table", TABLES)
def test_every_message_of_the_languages_is_said_in_english(table: str) -> None:
    missing = [code for code, texts in TABLES[table].items() if not texts.get("en")]
    japanese = {code: texts["en"] for code, texts in TABLES[table].items() if _is_japanese(texts.get("en", ""))}
    assert missing == [] and japanese == {}


def _is_japanese(text: str) -> bool:
    """Japanese signs that an English sentence speaks of stand alone: kana to be typed, an example."""
    return max(map(len, JAPANESE.findall(text)), default=0) > 6


def test_what_residents_are_told_of_their_answers_is_said_in_easy_japanese() -> None:
    assert [code for code, texts in ANSWER_TEXTS.items() if not texts.get("ja-easy")] == []


def _names() -> Iterator[tuple[str, str]]:
    for model in (model for app in OURS for model in apps.get_app_config(app).get_models()):
        yield model._meta.label, str(model._meta.verbose_name)
        yield from ((f"{model._meta.label}.{field.name}", str(field.verbose_name)) for field in model._meta.fields)


def test_tables_and_columns_have_english_names() -> None:
    with override("en"):
        assert {place: name for place, name in _names() if JAPANESE.search(name)} == {}
