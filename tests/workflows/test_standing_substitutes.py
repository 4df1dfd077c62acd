"""Who the office has named to stand in (代決の指定), wherever a route names nobody of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows.audit import AuditEntry
from workflows.authority import DecisionRefused
from workflows.capacities import ORGANISER, grant
from workflows.cases import Case
from workflows.decisions import decide
from workflows.delegations import announce_absence, substitutes_of
from workflows.staff import Post, StaffMember
from workflows.standing_substitutes import (
    StandingSubstitute,
    SubstituteRefused,
    end_substitute,
    name_substitute,
    named_for,
    sweep,
)

pytestmark = pytest.mark.both
Opened = Callable[..., Case]
CHIEF, UNIT, GENERAL = "environment/section_chief", "environment/unit_chief", "general/section_chief"
ROUTE = {**documents.LINE, "steps": [documents.DECIDE]}
TODAY = localdate


def named(substitute: str = UNIT, place: int = 1, since: date | None = None, **more: Any) -> StandingSubstitute:
    until = more.pop("until", None)
    return name_substitute(CHIEF, substitute, place, since or TODAY(), until, more.pop("by", None))


@pytest.fixture
def away(yoshino: StaffMember) -> None:
    """吉野, the chief, is not there today."""
    announce_absence(yoshino, TODAY(), TODAY(), "出張", yoshino)


def test_whom_the_office_named_decides_in_place_of_the_chief(opened: Opened, away: None, takasaki: StaffMember) -> None:
    named()
    decision = decide(waiting_task(opened(ROUTE)), "approved", takasaki)
    assert (decision.post, decision.in_place_of) == ("環境課 係長（代）", CHIEF)


def test_what_waits_already_can_be_decided_from_then_on(opened: Opened, away: None, takasaki: StaffMember) -> None:
    case = opened(ROUTE)
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "approved", takasaki)
    one = named()
    assert substitutes_of(waiting_task(case)) == [UNIT]
    end_substitute(one, None)
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "approved", takasaki)
    named()
    decide(waiting_task(case), "approved", takasaki)
    assert read_again(case).outcome == "approved"


def test_the_route_has_the_first_word(opened: Opened) -> None:
    named(UNIT)
    own = {**documents.DECIDE, "substitutes": [{"department": "general", "role": "section_chief"}]}
    case = opened({**ROUTE, "steps": [own]})
    named(GENERAL, place=2)
    assert substitutes_of(waiting_task(case)) == [GENERAL]


def test_nobody_is_named_where_it_is_not_decided(opened: Opened) -> None:
    name_substitute("environment/reviewer", UNIT, 1, TODAY(), None, None)
    assert substitutes_of(waiting_task(opened({**documents.LINE, "steps": [documents.REVIEW, documents.DECIDE]}))) == []


def test_a_period_that_begins_or_ends_is_seen_by_the_sweep(opened: Opened) -> None:
    case = opened(ROUTE)
    tomorrow = TODAY() + timedelta(days=1)
    named(UNIT, 1, until=TODAY())
    named(GENERAL, 1, since=tomorrow)
    assert substitutes_of(waiting_task(case)) == [UNIT] and sweep() == 0
    StandingSubstitute.objects.update(since=TODAY() - timedelta(days=3))
    StandingSubstitute.objects.filter(substitute=UNIT).update(until=TODAY() - timedelta(days=1))
    assert (sweep(), substitutes_of(waiting_task(case)), sweep()) == (1, [GENERAL], 0)


def test_the_order_is_that_of_the_places(db: None) -> None:
    named(GENERAL, place=2)
    named(UNIT, place=1)
    assert named_for(CHIEF) == [UNIT, GENERAL]
    assert named_for(CHIEF, TODAY() - timedelta(days=1)) == []


def test_what_waits_for_the_process_manager_in_place_of_others_is_left_alone(opened: Opened) -> None:
    Post.objects.filter(role__key="section_chief", department__key="environment").delete()
    task = waiting_task(opened(ROUTE))
    assert (task.key, task.meant_for) == ("*/process_manager", CHIEF)
    name_substitute("*/process_manager", GENERAL, 1, TODAY(), None, None)
    assert substitutes_of(task) == []
    named()
    assert substitutes_of(task) == [UNIT]


@pytest.mark.parametrize(
    ("substitute", "place", "until", "field"),
    [(UNIT, 2, None, "substitute"), (GENERAL, 1, None, "place"), (CHIEF, 2, None, "substitute"),
     (GENERAL, 0, None, "place"), (GENERAL, 2, date(2020, 1, 1), "until")],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(
    db: None, substitute: str, place: int, until: date | None, field: str
) -> None:
    named()
    with pytest.raises(SubstituteRefused) as refused:
        named(substitute, place, until=until)
    assert refused.value.field == field


def test_an_organiser_names_and_ends_at_the_desk(client_of: Callable[[str], Client], sato: StaffMember) -> None:
    grant(sato, ORGANISER, "environment")
    browser, address = client_of("sato"), reverse("organisation:substitutes")
    typed = {"post": CHIEF, "substitute": GENERAL, "place": "1", "since": TODAY().isoformat(), "until": ""}
    assert browser.post(address, typed).status_code == 302
    refused = browser.post(address, {**typed, "substitute": UNIT})
    assert refused.status_code == 422 and "同じ順位の職がすでに指定されています" in refused.content.decode()
    page = browser.get(address).content.decode()
    assert "環境課 課長" in page and "総務課 課長" in page
    row = StandingSubstitute.objects.get()
    assert browser.post(reverse("organisation:substitute_ending", args=[row.pk])).status_code == 302
    assert not StandingSubstitute.objects.exists()
    verbs = AuditEntry.objects.filter(target=f"post:{CHIEF}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["name_substitute", "end_substitute"]


def test_an_organiser_of_one_section_names_nobody_for_the_posts_of_others(
    client_of: Callable[[str], Client], sato: StaffMember, takasaki: StaffMember
) -> None:
    grant(sato, ORGANISER, "environment")
    other = name_substitute("*/mayor", GENERAL, 1, TODAY(), None, None)
    browser = client_of("sato")
    typed = {"post": "*/mayor", "substitute": UNIT, "place": "2", "since": TODAY().isoformat()}
    assert browser.post(reverse("organisation:substitutes"), typed).status_code == 422
    assert browser.post(reverse("organisation:substitute_ending", args=[other.pk])).status_code == 404
    assert client_of("takasaki").get(reverse("organisation:substitutes")).status_code == 403
