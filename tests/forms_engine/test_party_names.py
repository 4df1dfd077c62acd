"""Which names of an application staff can look for."""

from typing import Any

import pytest
from django.utils.timezone import localdate

import schemas
from forms_engine import definitions
from forms_engine.applications import save_answers, start
from forms_engine.party_names import first_party
from forms_engine.spec import FormSpec
from forms_engine.submission import submit
from tests.forms_engine import answers
from tests.schemas.answers import variants
from workflows.search import search
from workflows.search_terms import SearchEntry, label_all
from workflows.staff import StaffMember


def submitted(given: dict[str, Any], by: StaffMember | str = "resident") -> Any:
    application = start(definitions.current("dog_registration"))
    save_answers(application, given)
    return submit(application, by)


@pytest.mark.parametrize("typed", ["高崎", "タカサキ ヨシノ", "﨑吉", "R8-1", "r8-000001"])
def test_the_clerk_finds_an_application_by_its_person(published: None, sato: StaffMember, typed: str) -> None:
    application = submitted(answers.dog())
    typed = typed.replace("R8", application.receipt_number.split("-")[0])
    typed = typed.replace("r8", application.receipt_number.split("-")[0].lower())
    assert [case.reference for case in search(sato, typed).cases] == [application.receipt_number]


@pytest.mark.parametrize("typed", ["かかない", "葛城", "髙﨑一郎"])
def test_the_clerk_finds_an_application_by_its_organisation(published: None, sato: StaffMember, typed: str) -> None:
    submitted(answers.dog_of_a_company())
    assert len(search(sato, typed).cases) == 1


def test_the_clerk_finds_what_a_colleague_applied_for(published: None, sato: StaffMember, suzuki: StaffMember) -> None:
    submitted(answers.dog_of_a_company(), suzuki)
    assert len(search(sato, "鈴木次郎").cases) == 1


def test_nothing_but_names_is_kept(published: None) -> None:
    submitted(answers.dog())
    assert sorted(SearchEntry.objects.get().names) == ["たかさきよしの", "高崎吉野"]


@pytest.mark.parametrize(
    ("given", "label"), [(answers.dog, "髙﨑 𠮷野"), (answers.dog_of_a_company, "株式会社かかない")]
)
def test_list_says_who_applies_as_it_was_written(published: None, sato: StaffMember, given: Any, label: str) -> None:
    case = search(sato, submitted(given()).receipt_number).cases[0]
    label_all([case])
    assert getattr(case, "label") == label  # noqa: B009 – set on the row by label_all
    assert label.encode() not in bytes(SearchEntry.objects.values_list("label", flat=True).get())


def test_list_calls_each_starter_by_who_applies_and_not_by_who_stands_beside_them() -> None:
    spec = FormSpec.load(schemas.starter("forms", "moving_in"))
    given = next(iter(variants("moving_in", localdate()).values()))
    written = f"{given['applicant']['family_name']} {given['applicant']['given_name']}"
    assert given["movers"] and first_party(spec, given) == written
    assert first_party(spec, {}) == ""
