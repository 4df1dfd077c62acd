"""Who decided finds again what he decided on: each case once, his last decision first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from tests.workflows.test_queue import plan_of
from workflows.cases import Case
from workflows.decisions import Decision, decide
from workflows.staff import StaffMember
from workflows.trays import CAP, decided_page, sizes

pytestmark = pytest.mark.both
Opened = Callable[..., Case]


def cases_of(member: StaffMember, after: str = "") -> list[Case]:
    return [made.case for made in decided_page(member, after)["decided"]]


def test_decided_are_my_own_decisions_the_last_first(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    first, second, third = opened(), opened(), opened()
    for case in (second, first):
        decide(waiting_task(case), "approved", sato)
    assert cases_of(sato) == [first, second]
    assert cases_of(yoshino) == []
    decide(waiting_task(first), "approved", yoshino)
    assert cases_of(yoshino) == [first] and third not in cases_of(sato)


def test_case_on_which_i_decided_twice_stands_there_once(opened: Opened, sato: StaffMember) -> None:
    case, other = opened(documents.LONG), opened()
    takasaki = StaffMember.objects.get(username="takasaki")
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(other), "approved", sato)
    decide(waiting_task(case), "returned", takasaki)
    decide(waiting_task(case), "approved", sato)
    made = decided_page(sato)["decided"]
    assert [each.case for each in made] == [case, other]
    assert [each.number for each in made] == [3, 1]


@pytest.fixture
def many(opened: Opened, sato: StaffMember) -> list[Decision]:
    """Sixty decisions on cases of their own, some made at the same moment; the newest first."""
    case, moment = opened(), now()
    facts = {"version": case.version, "subject_type": case.subject_type, "subject_id": case.subject_id}
    cases = Case.objects.bulk_create(Case(flow_class=case.flow_class, title="犬の登録", **facts) for _ in range(60))
    Decision.objects.bulk_create(
        Decision(case=each, number=1, by=sato, outcome="approved", at=moment + timedelta(seconds=place // 3))
        for place, each in enumerate(cases)
    )
    return list(Decision.objects.order_by("-at", "-pk"))


def test_pages_hold_each_decision_once_in_order(many: list[Decision], sato: StaffMember) -> None:
    seen, page = [], decided_page(sato)
    while page["next_cursor"]:
        seen += page["decided"]
        page = decided_page(sato, page["next_cursor"])
    assert [*seen, *page["decided"]] == many
    assert decided_page(sato, "rubbish")["decided"] == many[:25]


def test_page_of_decisions_costs_one_statement(many: list[Decision], sato: StaffMember) -> None:
    with CaptureQueriesContext(connection) as read:
        assert all(made.case.title for made in decided_page(sato)["decided"])
    assert len(read) == 1


def test_page_of_decisions_reads_the_index_from_its_place(many: list[Decision], sato: StaffMember) -> None:
    with CaptureQueriesContext(connection) as read:
        decided_page(sato, decided_page(sato)["next_cursor"])
    plan = plan_of(read[-1]["sql"])
    assert "decision_by" in plan and "Seq Scan" not in plan and "SCAN" not in plan
    assert "TEMP B-TREE" not in plan and "Sort Key" not in plan


def test_number_beside_the_decided_is_bounded(many: list[Decision], sato: StaffMember, yoshino: StaffMember) -> None:
    assert sizes(sato)["decided"] == 60 and sizes(yoshino)["decided"] == 0
    copies = [Decision(case=each.case, number=2, by=yoshino, outcome="approved") for each in many]
    Decision.objects.bulk_create([*copies, *(Decision(case=each.case, number=3, by=sato) for each in many)])
    assert sizes(sato)["decided"] == 60 <= CAP


def test_desk_shows_what_i_decided_and_what_became_of_it(
    opened: Opened, sato: StaffMember, yoshino: StaffMember, client_of: Callable[[str], Client]
) -> None:
    case = opened(reference="R8-000012")
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "refused", yoshino, comment="理由")
    page = client_of("sato").get(reverse("approver:queue"), {"tray": "decided"}).content.decode()
    assert "R8-000012</td>" in page and "outcome--approved" in page and "outcome--refused" in page
    assert "R8-000012" not in client_of("suzuki").get(reverse("approver:queue"), {"tray": "decided"}).content.decode()
