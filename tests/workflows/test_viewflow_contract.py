"""What we rely on in viewflow, and what we must not let it do: one test for each trap known in viewflow 2.4."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from django.db import connection, transaction
from viewflow import fsm
from viewflow.workflow.context import Context
from viewflow.workflow.fields import import_flow_by_ref, import_task_by_ref
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.nodes.mixins import NodePermissionMixin
from viewflow.workflow.status import STATUS

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.subjects.models import Matter
from workflows import flows
from workflows.cases import Case, CaseBusy, CaseRefused, Task, start
from workflows.decisions import decide
from workflows.definitions import WorkflowVersion, publish
from workflows.references import WorkflowAltered
from workflows.staff import StaffMember

Opened = Callable[..., Case]


def forget(name: str) -> None:
    """As if this were another process."""
    vars(flows).pop(name, None)
    import_flow_by_ref.cache_clear()
    import_task_by_ref.cache_clear()


def test_viewflow_is_the_one_these_tests_know() -> None:
    assert version("django-viewflow").startswith("2.4.")


def test_reference_loads_in_another_process(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    forget(case.version.flow_name)
    decide(waiting_task(case), "approved", yoshino)
    assert read_again(case).outcome == "approved"


def test_reference_is_not_fooled_by_a_key_used_again(db: None) -> None:
    first = publish(documents.LINE)
    assert first.digest[:12] in first.flow_reference
    other = WorkflowVersion(pk=first.pk, document=documents.LONG, digest="f" * 64)
    assert other.flow_name != first.flow_name


def test_trap_brief_renders_no_template(opened: Opened) -> None:
    case = opened(title="{{ process.version.document }}")
    assert "brief" not in AbstractProcess.__dict__ or Case.brief is not AbstractProcess.brief
    assert Task.brief is not AbstractTask.brief
    assert "{{" in case.brief
    assert waiting_task(case).brief == "審査"


def test_trap_revived_task_would_be_open_to_everybody(opened: Opened) -> None:
    task = waiting_task(opened())
    task.status = STATUS.CANCELED
    activation = task.flow_task.activation_class(task)
    assert not activation.revive.can_proceed()
    with pytest.raises(fsm.TransitionNotAllowed):
        activation.revive()


def test_trap_cancel_looks_at_the_case_under_its_lock(opened: Opened) -> None:
    stale = opened(documents.RULED, answers={"renewal": True})
    stale.status, stale.finished = "NEW", None
    with pytest.raises(CaseRefused):
        stale.flow_class.instance.cancel(stale)
    assert read_again(stale).status == "DONE"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_trap_lock_waits_in_the_database_and_gives_up_in_words(opened: Opened) -> None:
    case = opened()
    other = connection.copy()
    other.set_autocommit(False)
    other.cursor().execute("SELECT 1 FROM workflows_case WHERE id = %s FOR UPDATE", [case.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    with pytest.raises(CaseBusy), case.locked():
        pass
    other.rollback()
    other.close()
    with case.locked():
        assert case.is_open


@pytest.mark.postgres
def test_trap_nobody_waits_for_ever(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)


def test_trap_sqlite_begins_to_write_at_once() -> None:
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_trap_unknown_reference_is_an_error_not_none(opened: Opened) -> None:
    case = opened()
    Case.objects.filter(pk=case.pk).update(flow_class="workflows/flows.V1_000000000000")
    with pytest.raises(WorkflowAltered):
        read_again(case)


def test_trap_altered_version_is_not_run(opened: Opened) -> None:
    case = opened()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workflows_workflowversion SET document = '{}'")
    forget(case.version.flow_name)
    with pytest.raises(WorkflowAltered):
        read_again(case)


def test_trap_task_is_not_completed_as_soon_as_it_is_made(opened: Opened) -> None:
    task = waiting_task(opened())
    assert task.status == STATUS.NEW
    assert not task.flow_task.activation_class(task).complete.can_proceed()


def test_trap_error_on_the_way_keeps_no_local_variables(
    opened: Opened, sato: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(documents.CHOSEN)

    def broken(matter: Matter) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setattr(Matter, "facts", broken)
    with Context(propagate_exception=False), pytest.raises(ZeroDivisionError), transaction.atomic():
        decide(waiting_task(case), "approved", sato)
    assert waiting_task(case).step == "review"
    assert not case.decisions.exists()
    assert not Task.objects.filter(process=case, status=STATUS.ERROR).exists()


def test_trap_no_timers_that_nobody_would_disarm() -> None:
    columns = {field.name for field in Task._meta.get_fields()}
    assert not columns & {"scheduled", "external_task_id", "data"}


def test_trap_permission_object_is_declared(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    assert not hasattr(NodePermissionMixin, "_owner_permission_obj")
    task = waiting_task(opened())
    assert task.flow_task.can_assign(sato, task)
    assert not task.flow_task.can_assign(suzuki, task)


@pytest.mark.parametrize("key", ["some_path", "finish", "begin", "correction", "instance", "lock", "spec", "nodes"])
def test_trap_step_may_be_called_anything(organisation: None, yoshino: StaffMember, key: str) -> None:
    document = {**documents.LINE, "steps": [{**documents.DECIDE, "key": key}]}
    case = start(Matter.objects.create(), publish(document))
    decide(waiting_task(case), "approved", yoshino)
    assert read_again(case).outcome == "approved"


def test_trap_choice_takes_the_first_way_that_holds(opened: Opened, sato: StaffMember) -> None:
    ways = [
        {"when": {"fee": {"maximum": 10}}, "steps": [{**documents.DECIDE, "key": "ten"}]},
        {"when": {"fee": {"maximum": 100}}, "steps": [{**documents.DECIDE, "key": "hundred"}]},
        {"otherwise": True, "steps": [{**documents.DECIDE, "key": "more"}]},
    ]
    choice = {"key": "amount", "kind": "choice", "title": "金額", "cases": ways}
    for fee, step in [(10, "ten"), (11, "hundred"), (101, "more")]:
        case = opened({**documents.LINE, "steps": [documents.REVIEW, choice]}, answers={"fee": fee})
        decide(waiting_task(case), "approved", sato)
        assert waiting_task(case).step == step


def test_trap_superuser_is_not_let_pass(opened: Opened, admin: StaffMember) -> None:
    task = waiting_task(opened())
    assert admin.has_perm(task.owner_permission)
    assert not task.flow_task.can_assign(admin, task)


def test_trap_nothing_is_undone(opened: Opened, sato: StaffMember) -> None:
    task = waiting_task(opened())
    decide(task, "approved", sato)
    with pytest.raises(fsm.TransitionNotAllowed):
        task.flow_task.activation_class(task).undo()


def test_trap_closing_writes_no_column_that_it_did_not_change(
    opened: Opened, sato: StaffMember, yoshino: StaffMember
) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    with waiting_task(case).activation() as activation:
        Case.objects.filter(pk=case.pk).update(title="別の件名")
        activation.process.outcome = "approved"
        activation.process.deciding = case.decisions.get()
        activation.leave("approved")
    assert read_again(case).title == "別の件名"


def test_trap_compiled_class_changes_no_permission_of_the_table() -> None:
    assert Case._meta.default_permissions == ("add", "change", "delete", "view", "manage")


def test_trap_stock_queue_has_no_way_in() -> None:
    for name in ("queue", "inbox", "user_queue", "filter_available"):
        assert not hasattr(Task.objects, name)


def test_second_completion_is_refused_by_the_runtime(opened: Opened, sato: StaffMember) -> None:
    task = waiting_task(opened())
    decide(task, "approved", sato)
    with pytest.raises(fsm.TransitionNotAllowed), task.activation() as activation:
        activation.leave("approved")


def test_flow_graph_is_what_viewflow_draws(opened: Opened) -> None:
    flow = opened(documents.CHOSEN).flow_class
    edges = {(edge.src.name, edge.dst.name) for node in flow.instance.nodes() for edge in node._outgoing()}
    assert ("begin", "review_step") in edges
    assert ("amount_step", "check_step") in edges
    assert ("mayor_step", "finish") in edges
    assert ("review_step", "correction") in edges
