"""F17 保有個人情報開示請求: who may ask for whom, and with which papers (個人情報保護法 第76条・第77条)."""

import pytest

import schemas
from schemas.conditions import holds
from tests.schemas.answers import variants
from tests.schemas.answers.people import HANAKO
from tests.schemas.starter_answers import TODAY, answered, facts, settled, told, wrong

NAME = "personal_information_disclosure"
REQUESTS = variants(NAME, TODAY)

CHECKS = [
    ("own", {}, {}),
    ("parent", {"qualification_issued_on": "2026-10-25"}, {}),
    ("parent", {"qualification_issued_on": "2026-10-24"}, {"qualification_too_old": "error"}),
    ("parent", {"qualification_issued_on": "2026-11-25"}, {"qualification_in_future": "error"}),
    ("parent", {"subject": {**HANAKO, "date_of_birth": "2008-11-25"}}, {}),
    ("parent", {"subject": {**HANAKO, "date_of_birth": "2008-11-24"}}, {"subject_not_minor": "error"}),
    ("parent", {"subject": HANAKO, "subject_status": "adult_ward"}, {}),
    ("parent", {"subject": {**HANAKO, "date_of_birth": "2026-11-25"}}, {"subject_birth_implausible": "error"}),
    ("parent", {"preferred_date": "2026-11-24"}, {"visit_too_early": "error"}),
    ("parent", {"preferred_date": "2026-11-25"}, {}),
    ("parent", {"preferred_date": "2026-11-28"}, {"visit_closed": "error"}),
    ("parent", {"preferred_date": "2026-12-29"}, {"visit_closed": "error"}),
]


@pytest.mark.parametrize(("request_of", "changes", "expected"), CHECKS)
def test_authority_is_fresh_and_the_visit_is_on_an_open_day(request_of, changes, expected):
    assert told(NAME, facts(NAME, answered(REQUESTS[request_of], changes))) == expected


FAULTS = [
    ("own", {"identity_document": None}, ["/identity_document"]),
    ("own", {"identity_method": "counter_visual", "identity_document": None, "residence_certificate": None}, []),
    ("own", {"cost_consent": None}, ["/cost_consent"]),
    ("own", {"method": "inspection", "cost_consent": None}, []),
    ("own", {"method": "electronic", "cost_consent": None}, []),
    ("own", {"holding_section": None}, []),
    ("parent", {"subject_status": None}, ["/subject_status"]),
    ("parent", {"qualification_doc": None, "qualification_issued_on": None},
     ["/qualification_doc", "/qualification_issued_on"]),
    ("agent", {"qualification_doc": None}, ["/qualification_doc"]),
]  # fmt: skip


@pytest.mark.parametrize(("request_of", "changes", "pointers"), FAULTS)
def test_papers_are_asked_of_those_who_need_them(request_of, changes, pointers):
    assert wrong(NAME, settled(NAME, answered(REQUESTS[request_of], changes))) == pointers


@pytest.mark.parametrize(("section", "searches"), [("children", True), ("unknown", False), (None, False)])
def test_division_that_holds_the_information_searches_and_agrees(section, searches):
    search = schemas.starter("workflows", NAME)["steps"][1]
    known = facts(NAME, answered(REQUESTS["own"], {"holding_section": section}))
    assert holds(search["cases"][0]["when"], known) is searches
    assert [step["kind"] for step in search["cases"][0]["steps"]] == ["approval", "consultation"]
