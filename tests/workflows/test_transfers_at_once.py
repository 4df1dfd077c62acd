"""Cases are moved while people decide on them: each case is moved or decided on first, and nothing comes between."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.test_contention import Opened, assert_sound, at_once, told
from workflows.audit import AuditEntry
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.definitions import publish
from workflows.staff import Department, Post, Role, StaffMember
from workflows.transfers import Transfer, carry_out, propose, review

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
TRIES = 4
LOOK = {**documents.REVIEW, "key": "look", "title": "確認"}
NEWER = {**documents.LINE, "steps": [LOOK, documents.DECIDE]}


def second() -> StaffMember:
    """Another process manager."""
    member, _new = StaffMember.objects.get_or_create(username="kanri", defaults={"display_name": "管理 二郎"})
    posts = {"role": Role.objects.get(key="process_manager"), "department": Department.objects.get(key="general")}
    Post.objects.get_or_create(member=member, **posts, defaults={"since": localdate() - timedelta(days=1)})
    return member


def reviewed(*cases: Case) -> Transfer:
    manager = StaffMember.objects.get(username="watanabe")
    transfer = propose(cases[0].version, publish(NEWER), {"review": "look"}, manager, "組織改正", cases)
    return review(transfer, second())


def test_move_against_decision(opened: Opened, sato: StaffMember) -> None:
    for _ in range(TRIES):
        case, by = opened(), second()
        pk, transfer = waiting_task(case).pk, reviewed(case)
        results = at_once(
            lambda: decide(Task.objects.get(pk=pk), "approved", sato),  # noqa: B023 – run before the next round
            lambda: carry_out(Transfer.objects.get(pk=transfer.pk), by),  # noqa: B023
        )
        is_moved = read_again(case).version_id != case.version_id
        assert waiting_task(case).step == ("look" if is_moved else "decide")
        assert (len(told(results)), case.decisions.count()) == ((1, 0) if is_moved else (0, 1))
        assert transfer.rows.get().state == ("moved" if is_moved else "refused")
        assert_sound(case)


def test_two_who_carry_out_move_each_case_once(opened: Opened) -> None:
    cases, by = [opened() for _ in range(4)], second()
    transfer = reviewed(*cases)
    at_once(*(lambda: carry_out(Transfer.objects.get(pk=transfer.pk), by) for _ in range(3)))
    for case in cases:
        assert case.movements.filter(verb="transfer").count() == 1
        assert AuditEntry.objects.filter(target=f"case:{case.public_id}", verb="transfer").count() == 1
        assert waiting_task(case).step == "look"
        assert_sound(case)
    transfer.refresh_from_db()
    assert transfer.carried_out_at
