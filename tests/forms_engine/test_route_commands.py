"""``decide`` with every verb of a route: what a desk can do, a script can do, with the same checks."""

import copy
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from forms_engine import applications, submission
from forms_engine.applications import Application
from tests.forms_engine.documents import ANSWERS, ROUTE
from tests.forms_engine.test_commands import manage  # noqa: F401 – the fixture
from workflows import definitions as workflows
from workflows.cases import Case
from workflows.drafting import pull_back

pytestmark = pytest.mark.django_db
MAY = ["approve", "request_correction", "hold", "forward", "add_step"]
DECIDER_MAY = ["approve", "approve_with_conditions", "refuse", "pull_up"]


@pytest.fixture
def waiting(room, submitted):
    """An application that waits for its reviewer, on a route on which everything may be done."""
    route = copy.deepcopy(ROUTE)
    for step in route["steps"]:
        if step["kind"] in ("approval", "decision"):
            step["may"] = MAY if step["kind"] == "approval" else DECIDER_MAY
    workflows.publish(route)
    return submitted()


@pytest.fixture
def act(manage, waiting):  # noqa: F811
    """``act("hold", "sato", "--comment", "…")``: the verb as this member; what a shell would see."""
    return lambda verb, login, *options: manage("decide", waiting.receipt_number, verb, "--as", login, *options)


def test_hold_and_release(act, waiting):
    until = str(localdate() + timedelta(days=2))
    assert act("hold", "sato", "--comment", "現地調査", "--until", until)[0] == 0
    status, _out, err = act("approved", "sato")
    assert status == 1 and "保留中" in err
    assert act("release", "sato")[0] == 0
    assert act("approved", "sato")[0] == 0


def test_forward_and_ask_first(act, waiting):
    assert act("forward", "sato", "--to", "takasaki")[0] == 0
    assert act("add_step", "takasaki", "--to", "suzuki", "--comment", "意見")[0] == 0
    assert act("approved", "takasaki")[0] == 1
    assert act("approved", "suzuki")[0] == 0
    assert act("approved", "takasaki")[0] == 0


def test_pull_up_then_approve_with_conditions_and_read(act, waiting):
    assert act("pull_up", "yoshino", "--comment", "担当者が出張中")[0] == 0
    assert act("approved", "yoshino", "--condition", "夜間は使わないこと")[0] == 0
    assert Case.objects.of(waiting).get().decisions.get().conditions == ["夜間は使わないこと"]
    assert act("read", "sato")[0] == 0


def test_what_is_not_ones_own_is_refused_in_words(act, waiting):
    for verb, login in [("hold", "suzuki"), ("pull_back", "sato"), ("abandon", "sato"), ("hand_back", "sato")]:
        status, _out, err = act(verb, login, "--comment", "理由", "--until", str(localdate()))
        assert status == 1 and err.startswith("CommandError: ") and "Traceback" not in err


def test_step_that_is_not_open_is_named(act, waiting):
    status, _out, err = act("approved", "sato", "--step", "decide")
    assert status == 1 and "decide" in err


def test_member_who_applied_takes_it_back_and_sends_it_again(room, suzuki):
    application = applications.start(room, applied_by=suzuki)
    applications.save_answers(application, ANSWERS)
    submission.submit(application, by=suzuki)
    case = Case.objects.of(application).get()
    pull_back(case, suzuki, "日時の誤り")
    assert Application.objects.get(pk=application.pk).open_pointers() == {""}
    applications.save_answers(Application.objects.with_version().get(pk=application.pk), {"purpose": "例会と総会"})
    submission.submit(application.pk, by=suzuki)
    assert [task.step for task in case.open_tasks()] == ["review"]
    assert case.movements.get().verb == "pull_back"
