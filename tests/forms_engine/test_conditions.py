"""Conditions (附款) of an approval: the applicant reads them, the mail tells of them, the copy of record has them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms_engine.applications import Application
from forms_engine.archive import record
from forms_engine.held import KEY
from forms_engine.notices import compose
from tests.forms_engine import documents
from tests.forms_engine.conftest import read_again
from workflows import definitions as workflows
from workflows.cases import Case
from workflows.decisions import conditions_of, decide
from workflows.staff import StaffMember

CONDITION = "使用後に清掃すること"


@pytest.fixture
def conditional(room: Any, submitted: Callable[..., Application]) -> Application:
    """An application approved on one condition."""
    steps = documents.ROUTE["steps"]
    last = {**steps[-1], "may": [*steps[-1].get("may", ["approve", "refuse"]), "approve_with_conditions"]}
    workflows.publish({**documents.ROUTE, "steps": [*steps[:-1], last]})
    application = submitted()
    case = Case.objects.of(application).get()
    while tasks := case.open_tasks():
        member = StaffMember.objects.holding(tasks[0].key).first()
        decide(tasks[0], "approved", member, conditions=[CONDITION] if tasks[0].human_step.is_decision else ())
    return read_again(application)


def test_applicant_reads_the_conditions(conditional: Application, client: Client) -> None:
    session = client.session
    session[KEY] = [str(conditional.pk)]
    session.save()
    page = client.get(reverse("resident:follow", args=[conditional.pk])).content.decode()
    assert "承認の条件" in page and CONDITION in page


def test_mail_tells_that_there_are_conditions_and_not_which(conditional: Application) -> None:
    body = compose(conditional, "approved").body
    assert "条件が付いています" in body
    assert CONDITION not in body


def test_copy_of_record_states_the_conditions(conditional: Application) -> None:
    assert conditions_of(Case.objects.of(conditional).get()) == [CONDITION]
    lines = [line.to_applicant for line in record.content_of(conditional).decisions]
    assert any(f"条件1　{CONDITION}" in line for line in lines)


def test_approval_without_conditions_says_nothing_of_them(submitted: Callable[..., Application]) -> None:
    assert "条件" not in compose(submitted(), "approved").body
