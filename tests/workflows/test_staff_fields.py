"""Staff fields (職員記入欄): filled in with a decision, signed with it, known to later steps, never the applicant's."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.subjects.models import Matter
from workflows.cases import Case
from workflows.chains import chain
from workflows.decisions import Decision, DecisionRefused, decide
from workflows.holds import hold, release
from workflows.signatures import digest_of_content, verify_chain
from workflows.staff import StaffMember

Opened = Callable[..., Case]
Browser = Callable[[str], Client]
FIELDS = {
    "properties": {
        "surveyed_on": {"type": "string", "format": "date", "title": "実地調査日"},
        "amount": {"type": "integer", "minimum": 0, "x-kind": "money", "title": "査定額"},
    },
    "required": ["amount"],
}
REVIEW = {**documents.REVIEW, "staff_fields": FIELDS}
LARGE = {"when": {"staff.review.amount": {"exclusiveMinimum": 1000000}}, "steps": [documents.MAYOR]}
ROUTE: dict[str, Any] = {
    "workflow": "assessed",
    "title": "査定額による専決",
    "steps": [
        REVIEW,
        documents.CHECK,
        {"key": "by", "kind": "choice", "cases": [LARGE, {"otherwise": True, "steps": [documents.DECIDE]}]},
    ],
}
PLAIN_ROUTE: dict[str, Any] = {"workflow": "noted", "title": "所見", "steps": [REVIEW, documents.DECIDE]}


@pytest.fixture
def assessed(opened: Opened, sato: StaffMember) -> Case:
    """A case whose reviewer has assessed 1,500,000 yen; its unit chief is next."""
    case = opened(ROUTE)
    decide(waiting_task(case), "approved", sato, entries={"amount": 1500000})
    return case


def send(browser: Client, case: Case, **words: str) -> HttpResponse:
    return browser.post(reverse("approver:decide", args=[waiting_task(case).public_id]), words)


def shown(browser: Client, case: Case) -> str:
    return browser.get(reverse("approver:case", args=[case.public_id])).content.decode()


def test_what_was_filled_in_decides_who_is_next(assessed: Case, takasaki: StaffMember) -> None:
    decide(waiting_task(assessed), "approved", takasaki)
    assert read_again(assessed).facts["staff.review.amount"] == 1500000
    assert waiting_task(assessed).step == "mayor"


def test_small_amount_goes_the_other_way(opened: Opened, sato: StaffMember, takasaki: StaffMember) -> None:
    case = opened(ROUTE)
    decide(waiting_task(case), "approved", sato, entries={"amount": 1000000})
    decide(waiting_task(case), "approved", takasaki)
    assert waiting_task(case).step == "decide"


@pytest.mark.parametrize("entries", [{}, {"amount": "many"}, {"amount": -1}, {"amount": 1, "sum": 2}])
def test_nobody_approves_without_what_is_required(opened: Opened, sato: StaffMember, entries: dict[str, Any]) -> None:
    case = opened(ROUTE)
    with pytest.raises(DecisionRefused) as refused:
        decide(waiting_task(case), "approved", sato, entries=entries)
    assert "職員記入欄" in str(refused.value)
    assert waiting_task(case).step == "review"


def test_step_without_fields_takes_no_entries(opened: Opened, sato: StaffMember) -> None:
    with pytest.raises(DecisionRefused):
        decide(waiting_task(opened()), "approved", sato, entries={"amount": 1})


def test_who_asks_for_a_correction_need_not_fill_in_but_what_he_writes_must_fit(
    opened: Opened, sato: StaffMember
) -> None:
    case = opened(ROUTE)
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "correction", sato, "書類が足りません", entries={"amount": "many"})
    decide(waiting_task(case), "correction", sato, "書類が足りません", entries={"surveyed_on": "2026-11-20"})
    assert "staff.review.surveyed_on" not in read_again(case).facts


def test_return_makes_entries_void_and_gives_them_back_to_be_changed(
    assessed: Case, takasaki: StaffMember, client_of: Browser
) -> None:
    decide(waiting_task(assessed), "returned", takasaki, "金額を確かめてください", to="review")
    assert "staff.review.amount" not in read_again(assessed).facts
    page = shown(client_of("sato"), assessed)
    assert 'name="/amount" value="1500000"' in page
    assert "差戻しにより無効" in page


def test_entries_are_signed_with_a_salt_and_encrypted(assessed: Case) -> None:
    decision = Decision.objects.get(case=assessed)
    link = chain(read_again(assessed))["decisions"][0]
    payload = verify_chain(chain(read_again(assessed)), assessed.first_sha256, {assessed.first_sha256})[0]
    assert payload["entries_sha256"] == digest_of_content(decision.entries)
    assert payload["entries_sha256"] != digest_of_content({"values": {"amount": 1500000}})
    assert "1500000" not in json.dumps(link)
    assert b"1500000" not in bytes(Decision.objects.values_list("entries", flat=True).get())


def test_changed_entries_break_the_chain(assessed: Case) -> None:
    decision, document = Decision.objects.get(case=assessed), chain(read_again(assessed))
    document["decisions"][0]["entries"] = decision.entries
    verify_chain(document, assessed.first_sha256, {assessed.first_sha256})
    document["decisions"][0]["entries"] = {**decision.entries, "values": {"amount": 1}}
    with pytest.raises(Exception, match="entries is not what was signed"):
        verify_chain(document, assessed.first_sha256, {assessed.first_sha256})


def test_decisions_without_entries_are_signed_as_they_always_were(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    payload = verify_chain(chain(read_again(case)), case.first_sha256, {case.first_sha256})[0]
    assert "entries_sha256" not in payload


def test_rule_after_the_survey_looks_at_it_and_does_not_tell_the_applicant(opened: Opened, sato: StaffMember) -> None:
    small = {"key": "small", "title": "少額", "outcome": "approved", "when": {"staff.review.amount": {"maximum": 9}}}
    rules = {"key": "rules", "kind": "rules", "table": [small]}
    case = opened({**ROUTE, "steps": [REVIEW, rules, documents.DECIDE]})
    decide(waiting_task(case), "approved", sato, entries={"amount": 5})
    document = chain(read_again(case))
    assert Matter.objects.get().outcome == "approved"
    assert "explanation" not in document["decisions"][1]
    verify_chain(document, case.first_sha256, {case.first_sha256})


def test_form_says_at_the_field_what_is_missing_and_keeps_what_was_typed(opened: Opened, client_of: Browser) -> None:
    case = opened(ROUTE)
    page = send(client_of("sato"), case, outcome="approved", comment="良好", **{"/surveyed_on": "2026-11-20"})
    assert page.status_code == 422
    assert '<a href="#/amount">' in page.content.decode()
    assert "2026-11-20" in page.content.decode()
    assert "良好" in page.content.decode()


def test_later_people_see_who_filled_in_what(opened: Opened, client_of: Browser) -> None:
    case = opened(ROUTE)
    assert send(client_of("sato"), case, outcome="approved", **{"/amount": "1500000"}).status_code == 302
    page = shown(client_of("takasaki"), case)
    assert "査定額" in page
    assert "1500000" in page
    assert "佐藤 花子" in page


def test_refusal_carries_the_entries_over_its_confirmation(opened: Opened, client_of: Browser) -> None:
    case = opened({**PLAIN_ROUTE, "steps": [{**documents.DECIDE, "staff_fields": FIELDS}]})
    page = send(client_of("yoshino"), case, outcome="refused", comment="要件外", **{"/amount": "7"}).content.decode()
    assert '<textarea name="/amount" hidden>7</textarea>' in page
    send(client_of("yoshino"), case, outcome="refused", comment="要件外", confirmed="yes", **{"/amount": "7"})
    assert Decision.objects.get(case=case).filled_in == {"amount": 7}


def test_required_fields_keep_a_case_out_of_deciding_together(opened: Opened, client_of: Browser) -> None:
    case = opened(ROUTE)
    sent = {"task": [str(waiting_task(case).public_id)], "confirmed": "yes"}
    page = client_of("sato").post(reverse("approver:together"), sent).content.decode()
    assert "職員記入欄" in page
    assert not Decision.objects.filter(case=case).exists()


def test_member_of_staff_who_applied_as_a_resident_sees_no_entries(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, client_of: Browser
) -> None:
    case = opened(ROUTE, applicant=takasaki)
    decide(waiting_task(case), "approved", sato, entries={"amount": 1500000})
    assert "1500000" not in shown(client_of("takasaki"), case)


def test_member_of_staff_who_applied_reads_no_comment_that_stays_inside_the_office(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, yoshino: StaffMember, client_of: Browser
) -> None:
    case = opened(
        {**PLAIN_ROUTE, "steps": [{**documents.REVIEW, "may": ["approve", "hold"]}, documents.DECIDE]},
        applicant=takasaki,
    )
    hold(waiting_task(case), sato, "照会の回答待ち", localdate() + timedelta(days=3))
    release(waiting_task(case), sato)
    decide(waiting_task(case), "approved", sato, "近隣から苦情あり")
    decide(waiting_task(case), "refused", yoshino, "要件を満たさないため")
    said = ("照会の回答待ち", "近隣から苦情あり", "要件を満たさないため")
    assert [words in shown(client_of("takasaki"), case) for words in said] == [False, False, True]
    assert [words in shown(client_of("sato"), case) for words in said] == [True, True, True]


def test_every_member_of_a_consultation_fills_in_his_own(opened: Opened, sato: StaffMember) -> None:
    members = [{"by": {"role": "unit_chief"}}, {"by": {"role": "section_chief"}}]
    consult = {"key": "consult", "kind": "consultation", "title": "合議", "members": members, "staff_fields": FIELDS}
    case = opened({**ROUTE, "steps": [documents.REVIEW, consult, documents.DECIDE]})
    decide(waiting_task(case), "approved", sato)
    for number, task in enumerate(case.open_tasks(), start=1):
        member = StaffMember.objects.holding(task.key).get()
        decide(task, "approved", member, entries={"amount": number})
    facts = read_again(case).facts
    assert (facts["staff.consult__1.amount"], facts["staff.consult__2.amount"]) == (1, 2)


def test_somebody_who_was_asked_first_is_not_asked_for_the_fields(opened: Opened) -> None:
    spec = opened(ROUTE).spec
    assert spec.step("review").fields is not None
    assert spec.step("review__added").fields is None
