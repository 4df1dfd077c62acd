"""How many statements each step of a resident's journey sends to the database; transaction control does not count."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from forms_engine.definitions import current
from forms_engine.forms import form_for, pages_for
from forms_engine.spec import FormSpec
from tests.forms_engine.answers import dog, dog_of_a_company

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

CEILING = 12
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
KEY = "dog_registration"
HTMX = {"HX-Request": "true", "HX-Boosted": "true"}

Ceiling = Callable[[int], Any]


@pytest.fixture
def at_most() -> Ceiling:
    """``with at_most(5):`` no more than five statements are sent inside."""

    @contextmanager
    def ceiling(most: int) -> Iterator[None]:
        sent: list[str] = []

        def send(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            sent.extend([sql] if not sql.startswith(CONTROL) else [])
            return execute(sql, *rest)

        with connection.execute_wrapper(send):
            yield
        assert len(sent) <= most, "\n".join(sent)

    return ceiling


@pytest.fixture
def spec(published: None) -> FormSpec:
    return current(KEY).spec


@pytest.fixture
def warm(spec: FormSpec) -> Client:
    """A browser at an office that has been open for a while: one resident went through before."""
    go(Client(), spec, dog_of_a_company())
    return Client()


def posts(spec: FormSpec, answers: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every page with what a browser sends for it."""
    for page in pages_for(spec, answers):
        form = form_for(spec, page.key, answers, today=date.today())
        yield page.key, {**form.typed(), "_seen": form.shown}


def begin(client: Client) -> str:
    """A new application; the address of its first page up to the pages' keys."""
    return str(client.post(reverse("resident:start", args=[KEY])).url).rsplit("/", 2)[0]


def fill(client: Client, spec: FormSpec, answers: dict[str, Any]) -> str:
    """A new application with every page answered; its own address."""
    at = begin(client)
    for key, post in posts(spec, answers):
        assert client.post(f"{at}/{key}/", post).status_code == 302
    return at.removesuffix("pages")


def go(client: Client, spec: FormSpec, answers: dict[str, Any]) -> str:
    """From the start to the receipt; the address of the application."""
    client.get(reverse("resident:procedure", args=[KEY]))
    at = fill(client, spec, answers)
    client.get(f"{at}check/")
    assert client.post(f"{at}submission/").url == f"{at}done/"
    client.get(f"{at}done/")
    return at


def test_resident_reads_about_a_procedure(warm: Client, at_most: Ceiling) -> None:
    with at_most(2):
        warm.get(reverse("resident:procedure", args=[KEY]))


def test_resident_begins_with_one_row_each_for_draft_session_and_count(warm: Client, at_most: Ceiling) -> None:
    with at_most(4):
        warm.post(reverse("resident:start", args=[KEY]))


def test_resident_opens_and_answers_every_page(warm: Client, spec: FormSpec, at_most: Ceiling) -> None:
    at = begin(warm)
    for key, post in posts(spec, dog()):
        with at_most(2):
            warm.get(f"{at}/{key}/")
        with at_most(3):
            warm.post(f"{at}/{key}/", post)


def test_posted_page_is_answered_with_the_next_one_without_reading_again(
    warm: Client, spec: FormSpec, at_most: Ceiling
) -> None:
    at = begin(warm)
    for key, post in posts(spec, dog()):
        with at_most(3):
            assert warm.post(f"{at}/{key}/", post, headers=HTMX)["HX-Push-Url"].startswith(at.removesuffix("pages"))


def test_resident_checks_what_was_answered(warm: Client, spec: FormSpec, at_most: Ceiling) -> None:
    at = fill(warm, spec, dog())
    with at_most(2):
        warm.get(f"{at}check/")


def test_resident_submits_what_people_decide_on(warm: Client, spec: FormSpec, at_most: Ceiling) -> None:
    at = fill(warm, spec, dog_of_a_company())
    with at_most(CEILING):
        assert warm.post(f"{at}submission/").url == f"{at}done/"


def test_resident_submits_again_and_reads_only(warm: Client, spec: FormSpec, at_most: Ceiling) -> None:
    at = go(warm, spec, dog_of_a_company())
    with at_most(6):
        assert warm.post(f"{at}submission/").url == f"{at}done/"


def test_resident_reads_the_receipt(warm: Client, spec: FormSpec, at_most: Ceiling) -> None:
    at = go(warm, spec, dog_of_a_company())
    with at_most(3):
        warm.get(f"{at}done/")
