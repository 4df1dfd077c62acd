"""A meeting room to apply for, and what residents do with it."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from forms_engine import applications, submission
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion, publish
from forms_engine.registers import Register
from tests.forms_engine import documents
from workflows import definitions as workflows
from workflows.cases import Case
from workflows.decisions import Decision, decide
from workflows.staff import StaffMember

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def upload(content: bytes = PDF, name: str = "計画.pdf") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def decide_as(member: StaffMember, application: Application, outcome: str, **words: Any) -> Decision:
    """What the approver desk does when a member decides on the application."""
    return decide(Case.objects.of(application).get().open_tasks()[0], outcome, member, **words)


def read_again(application: Application) -> Application:
    return Application.objects.with_version().get(pk=application.pk)


@pytest.fixture
def room(organisation: None) -> FormVersion:
    """会議室使用申請書, published with its route and its register."""
    Register.load(documents.GROUPS)
    workflows.publish(documents.ROUTE)
    return publish(documents.ROOM)


@pytest.fixture
def draft(room: FormVersion) -> Callable[..., Application]:
    """``draft(sales=True)``: a filled draft, with these answers instead of the usual ones; None leaves one out."""

    def fill(**answers: Any) -> Application:
        application = applications.start(room)
        given = {**documents.ANSWERS, **answers}
        return applications.save_answers(application, {k: v for k, v in given.items() if v is not None})

    return fill


@pytest.fixture
def submitted(draft: Callable[..., Application]) -> Callable[..., Application]:
    """The same, submitted."""
    return lambda **answers: submission.submit(draft(**answers))
