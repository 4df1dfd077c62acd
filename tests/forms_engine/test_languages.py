"""A form speaks the languages that its author gave it; the interface helps in the nearest that it has."""

import copy
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from forms_engine import definitions
from forms_engine.definitions import FormVersion, publish
from forms_engine.languages import interface, is_language, name_of
from forms_engine.spec import FormSpec
from tests.forms_engine import documents

pytestmark = pytest.mark.django_db
VIETNAMESE = {"/title": "Đơn sử dụng phòng họp", "/pages/0/title": "Người nộp đơn"}


@pytest.fixture
def room(room: FormVersion) -> FormVersion:
    """The meeting room, in Vietnamese and English too."""
    document: dict[str, Any] = copy.deepcopy(documents.ROOM)
    document["translations"]["vi"] = VIETNAMESE
    return publish(document)


@pytest.fixture
def reader(room: FormVersion) -> Client:
    """Somebody who chose Vietnamese on the page of the procedure."""
    client = Client()
    client.post(reverse("resident:language"), {"language": "vi", "next": "/"})
    return client


def test_the_menu_offers_the_languages_of_the_form_and_no_other(room: FormVersion) -> None:
    told = Client().get(reverse("resident:procedure", args=["room"])).content.decode()
    assert "Tiếng Việt" in told and "한국어" not in told


def test_a_form_is_read_in_a_further_language(reader: Client) -> None:
    told = reader.get(reverse("resident:procedure", args=["room"])).content.decode()
    assert VIETNAMESE["/title"] in told and '<main class="main" id="main" tabindex="-1" lang="vi">' in told
    assert '<html lang="ja">' in told and 'lang="vi" aria-current="true">Tiếng Việt' in told


def test_its_pages_are_filled_in_that_language_with_easy_japanese_around(reader: Client) -> None:
    at = reader.post(reverse("resident:start", args=["room"])).url
    told = reader.get(at).content.decode()
    assert VIETNAMESE["/pages/0/title"] in told and "とって おく" in told


def test_an_office_may_let_english_help_instead(reader: Client) -> None:
    definitions._spec.cache_clear()
    with override_settings(FALLBACK_LANGUAGE="en"):
        reader.post(reverse("resident:language"), {"language": "vi", "next": "/"})
        assert "Required" in reader.get(reader.post(reverse("resident:start", args=["room"])).url).content.decode()


def test_the_application_keeps_the_language_for_its_mails(reader: Client) -> None:
    reader.post(reverse("resident:start", args=["room"]))
    assert FormVersion.objects.get(definition__key="room", number=2).applications.get().language == "vi"


def test_a_language_of_the_interface_is_chosen_again(reader: Client) -> None:
    reader.post(reverse("resident:language"), {"language": "en", "next": "/"})
    told = reader.get(reverse("resident:procedure", args=["room"])).content.decode()
    assert "Use of a meeting room" in told and '<html lang="en">' in told


@pytest.mark.parametrize("code", ["", "x" * 400, "vi;path=/", "<script>", "ja\r\nSet-Cookie: a=b", "JA"])
def test_what_is_no_language_changes_nothing(room: FormVersion, code: str) -> None:
    client = Client()
    client.post(reverse("resident:language"), {"language": code, "next": "/"})
    assert not is_language(code)
    assert "会議室使用申請書" in client.get(reverse("resident:procedure", args=["room"])).content.decode()


def test_texts_without_a_translation_are_said_as_the_interface_says_its_own() -> None:
    document = {"title": "犬", "schema": {}, "translations": {"ja-easy": {"/title": "いぬ"}, "vi": {"/x": "y"}}}
    assert FormSpec(document).text("/title", "vi") == "いぬ"


def test_languages_that_nobody_translated_into_take_no_memory() -> None:
    spec = FormSpec.load(documents.ROOM)
    for code in ("aa", "bb", "cc"):
        assert spec.edition(code) is spec.edition(interface(code))
    assert set(spec.editions) == {interface("aa")}


@pytest.mark.parametrize(
    ("code", "name"), [("vi", "Tiếng Việt"), ("zh-Hans", "简体中文"), ("tl", "Tagalog"), ("qq", "qq")]
)
def test_a_language_is_called_as_it_calls_itself(code: str, name: str) -> None:
    assert name_of(code) == name
