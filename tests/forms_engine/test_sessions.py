"""Sessions and what is said between two pages: one statement where Django takes three, and nothing read unasked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.base import CreateError
from django.http import HttpResponse
from django.test import RequestFactory

from forms_engine.message_storage import MessageStorage
from forms_engine.sessions import SessionStore

pytestmark = [pytest.mark.both, pytest.mark.django_db]

Counted = Callable[[int], Any]


def test_a_new_session_is_one_statement_and_is_read_back(django_assert_num_queries: Counted) -> None:
    session = SessionStore()
    session["applications"] = ["髙﨑"]
    with django_assert_num_queries(1):
        session.create()
    assert SessionStore(session.session_key)["applications"] == ["髙﨑"]


def test_a_key_that_is_taken_is_not_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    first = SessionStore()
    first["mine"] = "1"
    first.create()
    keys = iter([first.session_key, "another0another0another0another0"])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: next(keys))
    second = SessionStore()
    second["mine"] = "2"
    second.create()
    assert (SessionStore(first.session_key)["mine"], second.session_key) == ("1", "another0another0another0another0")
    with pytest.raises(CreateError):
        SessionStore(first.session_key).save(must_create=True)


def test_a_session_changed_later_is_saved_under_its_key() -> None:
    session = SessionStore()
    session.create()
    session["later"] = True
    session.save()
    assert SessionStore(session.session_key)["later"] is True


def request(**cookies: str) -> Any:
    made = RequestFactory().get("/")
    made.COOKIES.update(cookies)
    made.session = SessionStore()
    made._messages = default_storage(made)
    return made


def test_a_page_that_says_nothing_looks_for_nothing_to_say() -> None:
    silent = request()
    response = HttpResponse()
    assert isinstance(silent._messages, MessageStorage)
    silent._messages.update(response)
    assert "storages" not in vars(silent._messages) and not response.cookies


def test_what_was_said_is_shown_on_the_next_page_and_then_forgotten() -> None:
    speaking, response = request(), HttpResponse()
    messages.success(speaking, "保存しました。葛󠄀")
    speaking._messages.update(response)
    listening, after = request(messages=response.cookies["messages"].value), HttpResponse()
    assert [str(one) for one in messages.get_messages(listening)] == ["保存しました。葛󠄀"]
    listening._messages.update(after)
    assert after.cookies["messages"].value == ""
