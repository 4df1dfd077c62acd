"""Before a changed table is published, one sees which past cases it would have treated otherwise."""

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from workflows.assessments import Assessment
from workflows.cases import Case
from workflows.decisions import decide
from workflows.staff import StaffMember
from workflows.trials import BATCH, Tally, differences

pytestmark = pytest.mark.django_db
Opened = Callable[..., Case]


def changed(maximum: int, **row: Any) -> dict[str, Any]:
    """The table with another limit for small fees."""
    document = copy.deepcopy(documents.RULED)
    document["steps"][0]["table"][1] |= {"when": {"fee": {"maximum": maximum}}, **row}
    return document


def test_cases_whose_outcome_would_differ_are_listed(opened: Opened) -> None:
    small, large = (opened(documents.RULED, answers={"fee": fee}, reference=f"R8-{fee}") for fee in (500, 5000))
    assert list(differences(documents.RULED)) == []
    tally = Tally()
    wider = list(differences(changed(9000), tally=tally))
    assert [(each.reference, each.before, each.after, each.rows) for each in wider] == [
        (large.reference, "none", "approved", ("small",))
    ]
    assert (tally.read, tally.approved) == (2, 2)
    narrower = list(differences(changed(100)))
    assert [(each.reference, each.before, each.after) for each in narrower] == [(small.reference, "approved", "none")]


def test_approving_what_a_person_refused_is_grave(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    case = opened(documents.RULED)
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "refused", yoshino, comment="理由")
    assert [each.is_grave for each in differences(changed(9000))] == [True]


def test_facts_are_those_that_were_seen_then(opened: Opened) -> None:
    case = opened(documents.RULED)
    case.subject.answers = {"fee": 1}
    case.subject.save()
    assert list(differences(changed(4000))) == []
    Assessment.objects.all().delete()
    assert [each.after for each in differences(changed(4000))] == ["approved"]


def test_rows_are_read_as_valid_on_the_day_of_the_trial(opened: Opened) -> None:
    opened(documents.RULED)
    tomorrow = localdate() + timedelta(days=1)
    later = changed(9000, valid_from=tomorrow.isoformat())
    assert list(differences(later)) == []
    assert len(list(differences(later, on=tomorrow))) == 1


def test_only_cases_since_a_day_are_read(opened: Opened) -> None:
    case = opened(documents.RULED)
    Case.objects.filter(pk=case.pk).update(created=case.created - timedelta(days=30))
    assert list(differences(changed(9000), since=localdate() - timedelta(days=1))) == []


def test_cases_are_read_in_batches(opened: Opened, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        opened(documents.RULED, reference=f"R8-{number}")
    with django_assert_max_num_queries(5):
        assert len(list(differences(changed(9000)))) == 6
    assert BATCH <= 1000
