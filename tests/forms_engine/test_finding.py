"""A resident looks for what he needs, by words and by what has happened to him."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms_engine.definitions import publish
from tests.forms_engine import documents

EVENTS = {"life_events": ["引越し（市外から）", "催しを開く"], "life_event_reasons": {"催しを開く": "会場が要ります。"}}


def about(**procedure: Any) -> dict[str, Any]:
    return {**documents.ROOM, "procedure": {**documents.ROOM["procedure"], **procedure}}


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def eventful(room: Any) -> None:
    english = {**documents.ROOM["translations"]["en"], "/procedure/life_events/1": "Holding an event"}
    publish({**about(**EVENTS, categories=["文化"], audience="団体の方"), "translations": {"en": english}})


def test_a_life_event_has_a_page_with_reasons(eventful: None, client: Client) -> None:
    html = text(client, reverse("resident:life_event", args=["催しを開く"]))
    assert "会議室使用申請書" in html and "会場が要ります。" in html


def test_what_offices_call_differently_is_one_event(eventful: None, client: Client) -> None:
    html = text(client, reverse("resident:life_event", args=["moving"]))
    assert "<h1>引越し</h1>" in html
    assert "団体の方" in html, "who may apply stands for a reason that the definition does not give"


def test_an_event_keeps_its_address_in_every_language(eventful: None, client: Client) -> None:
    client.post(reverse("resident:language"), {"language": "en", "next": "/"})
    assert "<h1>Holding an event</h1>" in text(client, reverse("resident:life_event", args=["催しを開く"]))


def test_an_event_that_nothing_belongs_to_has_no_page(eventful: None, client: Client) -> None:
    assert client.get(reverse("resident:life_event", args=["marriage"])).status_code == 404


def test_categories_and_search_work_together(eventful: None, client: Client) -> None:
    assert "会議室使用申請書" in text(client, reverse("resident:find") + "?topic=文化")
    assert "会議室使用申請書" not in text(client, reverse("resident:find") + "?topic=税")
    assert "会議室使用申請書" in text(client, reverse("resident:find") + "?topic=文化&q=会議")


def test_the_reading_of_the_title_is_found(room: Any, client: Client) -> None:
    publish(about(reading="かいぎしつしようしんせいしょ"))
    assert "会議室使用申請書" in text(client, reverse("resident:find") + "?q=シヨウシンセイ")


def test_a_new_version_is_found_by_its_own_words_at_once(room: Any, client: Client) -> None:
    assert "会議室使用申請書" not in text(client, reverse("resident:find") + "?q=さんぷる")
    publish(about(keywords=["サンプル"]))
    assert "会議室使用申請書" in text(client, reverse("resident:find") + "?q=さんぷる")


def test_what_is_only_near_is_called_so(room: Any, client: Client) -> None:
    html = text(client, reverse("resident:find") + "?q=会議室を使用したい")
    assert "会議室使用申請書" in html and "近いもの" in html


def test_whoever_chooses_readings_lands_on_a_page_of_this_site(db: None) -> None:
    for target in ("a\0b", "nowhere", "//evil.example", "javascript:alert(1)", "/follow/"):
        answer = Client().post(reverse("resident:readings"), {"ruby": "1", "next": target})
        assert answer.status_code == 302
        assert not answer["Location"].startswith(("//", "http", "javascript"))
