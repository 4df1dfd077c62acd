"""Moving cases on the command line: who publishes sees where cases run, two people move them."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.forms_engine.test_commands import is_one_line, manage, written  # noqa: F401 – fixtures
from tests.workflows import documents
from tests.workflows.subjects.models import Matter
from workflows.cases import Case, start
from workflows.definitions import publish
from workflows.staff import Department, Post, Role, StaffMember

pytestmark = pytest.mark.django_db
NEWER = {**documents.LINE, "steps": [{**documents.REVIEW, "key": "look"}, documents.DECIDE]}
PROPOSE = ("move_cases", "propose", "line", "--from", "1", "--to", "2", "--reason", "改正", "--as", "watanabe")


@pytest.fixture
def running(organisation):
    """A case that waits for its review on version 1, and a second process manager."""
    kanri = StaffMember.objects.create(username="kanri", display_name="管理 二郎")
    posts = {"role": Role.objects.get(key="process_manager"), "department": Department.objects.get(key="general")}
    Post.objects.create(member=kanri, since=localdate() - timedelta(days=1), **posts)
    return start(Matter.objects.create(answers={"fee": 5000}), publish(documents.LINE))


def test_who_publishes_sees_what_runs_on_the_older_version(manage, written, running):  # noqa: F811
    status, out, _err = manage("publish", written(NEWER))
    assert status == 0 and "版1: 進行中 1件（審査 1）" in out
    assert manage("cases_on", "line")[1] == "版1: 進行中 1件（審査 1）\n"


def test_case_is_proposed_reviewed_and_moved(manage, running):  # noqa: F811
    publish(NEWER)
    status, out, _err = manage(*PROPOSE, "--map", "review=look", "--case", running.reference)
    number = out.split()[1]
    assert status == 0 and f"{running.reference}: review → look" in out
    assert manage("move_cases", "show", number)[0] == 0
    assert manage("move_cases", "review", number, "--as", "kanri")[0] == 0
    assert manage("move_cases", "carry_out", number, "--as", "kanri")[:2] == (0, f"{running.reference}: 移しました\n")
    assert Case.objects.get(pk=running.pk).version.number == 2


def test_case_that_cannot_be_moved_is_told(manage, running):  # noqa: F811
    publish(NEWER)
    status, out, _err = manage(*PROPOSE)
    assert status == 1 and "移せません" in out


REFUSED = {
    "nobody": ("move_cases", "review", "1", "--as", "nobody"),
    "no transfer": ("move_cases", "show", "7"),
    "no number": ("move_cases", "show", "x"),
    "no version": ("move_cases", "propose", "line", "--from", "9", "--to", "2", "--as", "watanabe", "--reason", "改正"),
    "bad map": (*PROPOSE, "--map", "review"),
    "unknown case": (*PROPOSE, "--case", "R9-0000"),
    "not a manager": ("move_cases", "propose", "line", "--from", "1", "--to", "2", "--as", "sato", "--reason", "改正"),
    "unknown workflow": ("cases_on", "nowhere"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal_is_one_line(manage, running, case):  # noqa: F811
    publish(NEWER)
    status, _out, err = manage(*REFUSED[case])
    assert status == 1 and err.startswith("CommandError: ") and is_one_line(err)
