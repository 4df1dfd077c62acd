"""What the verbs of floor 2 cost in SQL, beginning and end of the transaction included."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from tests.workflows.subjects.models import Matter
from workflows.cases import Case, Task, start
from workflows.decisions import decide
from workflows.definitions import publish
from workflows.handwritten import many, of_key, planned_each_time
from workflows.staff import StaffMember

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def cost(verb: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        verb()
    return len(asked)


@pytest.fixture
def warm(opened: Callable[..., Case], sato: StaffMember, yoshino: StaffMember) -> None:
    """What a process reads once: the compiled version, the content type, keys and posts."""
    ContentType.objects.clear_cache()
    case = opened()
    for member in (sato, yoshino):
        decide(waiting_task(case), "approved", member)
    opened(documents.RULED, answers={"renewal": True})


def test_start_to_the_first_person(warm: None) -> None:
    matter, version = Matter.objects.create(answers={"fee": 5000}), publish(documents.LINE)
    assert cost(lambda: start(matter, version)) <= 7  # one of them asks who wants to hear of it by mail


def test_start_decided_by_a_rule(warm: None) -> None:
    matter, version = Matter.objects.create(answers={"renewal": True}), publish(documents.RULED)
    assert cost(lambda: start(matter, version)) <= 11  # one asks what is suspended, one keeps what the table said


def test_approval_and_final_decision(
    warm: None, opened: Callable[..., Case], sato: StaffMember, yoshino: StaffMember
) -> None:
    case = opened()
    task = waiting_task(case)
    assert cost(lambda: decide(task, "approved", sato)) <= 12
    task = waiting_task(case)
    assert cost(lambda: decide(task, "approved", yoshino)) <= 14


def test_cost_does_not_grow_with_the_history(warm: None, opened: Callable[..., Case], sato: StaffMember) -> None:
    case = opened(documents.LONG)
    takasaki = StaffMember.objects.get(username="takasaki")
    costs = []
    for _ in range(5):
        task = waiting_task(case)
        costs.append(cost(lambda task=task: decide(task, "approved", sato)))
        decide(waiting_task(case), "returned", takasaki)
    assert costs[1:] == [costs[1]] * 4


def prepared_plans() -> str:
    """The statements that PostgreSQL has prepared on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return "\n".join(row[0] for row in cursor.fetchall())


def ask_often(name: str) -> None:
    for number in range(5):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT %s AS {name}", [number])


@pytest.mark.postgres
def test_what_is_planned_each_time_is_never_prepared_and_everything_else_is(organisation: None) -> None:
    with planned_each_time():
        ask_often("planned_anew")
    ask_often("planned_once")
    assert "planned_once" in prepared_plans() and "planned_anew" not in prepared_plans()


def test_rows_of_a_statement_are_what_the_orm_reads(opened: Callable[..., Case], sato: StaffMember) -> None:
    case = opened()
    (row,) = many(Task, "SELECT * FROM workflows_task WHERE process_id = %s AND finished IS NULL", [case.pk])
    known = Task.objects.get(pk=row.pk)
    assert [getattr(row, field.attname) for field in Task._meta.concrete_fields] == [
        getattr(known, field.attname) for field in Task._meta.concrete_fields
    ]
    assert case.open_tasks() == [row]
    subject = Case.objects.get(pk=case.pk).subject
    assert subject == of_key(Matter, subject.pk) and subject.answers == {"fee": 5000}
    with pytest.raises(Matter.DoesNotExist):
        of_key(Matter, uuid4())


def test_subject_that_is_gone_is_none_and_not_an_error(opened: Callable[..., Case]) -> None:
    case = opened()
    Matter.objects.all().delete()
    assert Case.objects.get(pk=case.pk).subject is None
