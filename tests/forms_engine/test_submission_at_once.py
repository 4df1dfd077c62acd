"""Forms that reserve nothing are judged before anything is locked: still each is submitted once, and as it stood."""

import pytest
from django.test import Client
from django.utils.timezone import now

from forms_engine import applications, definitions, rows, submission
from forms_engine.applications import Application, Revision
from forms_engine.receipts import ReceiptCounter
from schemas.canonical import digest
from tests.forms_engine.answers import dog
from tests.forms_engine.at_once import all_at_once
from tests.forms_engine.conftest import read_again
from tests.forms_engine.test_resident_desk import address, holding
from workflows.cases import Case

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
MANY = 12


@pytest.fixture
def complete(published: None) -> Application:
    """A dog's registration that could be submitted."""
    draft = applications.start(definitions.current("dog_registration"))
    return applications.save_answers(draft, dog())


def test_many_clicks_at_once_make_one_application(complete: Application) -> None:
    numbers = all_at_once(MANY, lambda _number: submission.submit(complete.pk).receipt_number)
    assert set(numbers) == {read_again(complete).receipt_number}
    assert Revision.objects.count() == Case.objects.count() == ReceiptCounter.objects.get().last == 1


def test_what_another_tab_saves_meanwhile_is_submitted_or_it_is_not_and_never_half(complete: Application) -> None:
    def work(number: int) -> object:
        if number % 2:
            return submission.submit(complete.pk).receipt_number
        page = rows.application(complete.pk)
        if not page.is_draft:
            return False
        read_at, page.answers = page.updated_at, {**page.answers, "dog_name": f"葛󠄀{number}"}
        page.updated_at = now()
        return rows.put(page, read_at)

    results = all_at_once(MANY, work)
    assert not [one for one in results if isinstance(one, Exception)], results
    revision = Revision.objects.get()
    assert revision.digest == digest(revision.document())
    assert revision.answers["dog_name"] in {"葛󠄀", *(f"葛󠄀{number}" for number in range(0, MANY, 2))}
    assert ReceiptCounter.objects.get().last == 1


def test_a_draft_that_changed_while_it_was_judged_is_judged_again(
    complete: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody empties a field after the first look; the second finds it, and no number is used up."""
    judged: list[str] = []
    judge = submission._entry

    def look(application: Application) -> submission.Entry:
        judged.append(application.answers.get("dog_name", ""))
        entry = judge(application)
        if len(judged) == 1:
            applications.save_answers(complete, {"dog_name": None})
        return entry

    monkeypatch.setattr(submission, "_entry", look)
    with pytest.raises(submission.Incomplete):
        submission.submit(complete.pk)
    assert judged == ["葛󠄀", ""]
    assert read_again(complete).is_draft and not ReceiptCounter.objects.exists()


def test_a_draft_that_others_never_stop_writing_is_shown_again_and_nothing_is_submitted(
    complete: Application, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(client, complete)
    judge = submission._entry

    def look(application: Application) -> submission.Entry:
        entry = judge(application)
        applications.save_answers(complete, {"dog_name": "葛󠄀"})
        return entry

    monkeypatch.setattr(submission, "_entry", look)
    assert client.post(address("submit", complete)).url == address("check", complete)
    assert read_again(complete).is_draft and not ReceiptCounter.objects.exists()
