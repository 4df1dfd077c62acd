"""Rows written by hand are the rows that Django would have written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, models
from django.db.models.signals import post_save

from tests.workflows.conftest import waiting_task
from workflows import handwritten
from workflows.audit import AuditEntry
from workflows.cases import Case, Task
from workflows.decisions import Decision, decide
from workflows.search_terms import SearchEntry
from workflows.staff import StaffMember

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def decided(opened: Callable[..., Case], sato: StaffMember) -> Case:
    case = opened()
    decide(waiting_task(case), "approved", sato, "支障なし 髙﨑")
    return case


@pytest.mark.parametrize("model", [Case, Task, Decision, AuditEntry])
def test_a_row_reads_the_same_by_hand_as_by_django(decided: Case, model: Any) -> None:
    for row in model.objects.all():
        key = model._meta.pk
        text = f"SELECT *, 7 AS besides FROM {model._meta.db_table} WHERE {key.column} = %s"  # noqa: S608
        read = handwritten.one(model, text, [row.pk.hex if model is Decision and _is_text() else row.pk])
        assert columns(read) == columns(row)
        assert read.besides == 7
        assert not read._state.adding


def _is_text() -> bool:
    return not handwritten.connection.features.has_native_uuid_field


def test_a_row_inserted_by_hand_has_its_key_and_is_read_back_whole(decided: Case) -> None:
    first = Task.objects.earliest("pk")
    made = Task(process=decided, flow_task=first.flow_task, step="受付", due_on="2026-04-01", came_from=first)
    made.save()
    assert made.pk > first.pk
    read = Task.objects.get(pk=made.pk)
    assert columns(read) == {**columns(made), "due_on": read.due_on, "flow_task_type": read.flow_task_type}


def test_what_is_not_named_is_not_updated(decided: Case) -> None:
    decided.title, decided.outcome = "別の件名", "approved"
    decided.save(update_fields=["outcome"])
    read = Case.objects.get(pk=decided.pk)
    assert (read.outcome, read.title == "別の件名") == ("approved", False)


def test_a_row_that_is_gone_is_not_updated_unnoticed(decided: Case) -> None:
    task = waiting_task(decided)
    Task.objects.filter(pk=task.pk).delete()
    with pytest.raises(DatabaseError):
        task.save(update_fields=["outcome"])


def test_nobody_finds_a_row_that_is_not_there() -> None:
    with pytest.raises(Case.DoesNotExist):
        handwritten.one(Case, "SELECT * FROM workflows_case WHERE id = %s", [0])


def test_whoever_listens_to_a_model_hears_of_every_row(decided: Case) -> None:
    heard: list[Any] = []

    def listen(instance: Any, **told: Any) -> None:
        heard.append(instance)

    post_save.connect(listen, sender=Task)
    try:
        task = waiting_task(decided)
        task.save(update_fields=["outcome"])
    finally:
        post_save.disconnect(listen, sender=Task)
    assert heard == [task]


@pytest.mark.parametrize(
    "only_if", [{"title": "別の件名"}, {"title": None}, {"drafted_by": None, "title": "別の件名"}], ids=str
)
def test_a_row_that_somebody_changed_meanwhile_is_not_updated(decided: Case, only_if: Any) -> None:
    decided.outcome = "refused"
    with pytest.raises(handwritten.Overtaken):
        handwritten.update(decided, ("outcome",), only_if=only_if)
    assert Case.objects.get(pk=decided.pk).outcome != "refused"


def test_a_row_that_is_still_as_it_was_read_is_updated(decided: Case) -> None:
    decided.outcome = "refused"
    handwritten.update(decided, ("outcome",), only_if={"title": decided.title, "drafted_by": None})
    assert Case.objects.get(pk=decided.pk).outcome == "refused"


def test_a_row_that_is_there_already_is_inserted_once(decided: Case) -> None:
    entry = SearchEntry(case=decided, label="髙﨑 𠮷野")
    SearchEntry.objects.filter(case=decided).delete()
    assert handwritten.insert_unless_there(entry)
    assert not handwritten.insert_unless_there(SearchEntry(pk=entry.pk, case=decided, label="葛󠄀"))
    assert SearchEntry.objects.get(case=decided).label == "髙﨑 𠮷野"


def test_what_is_not_found_is_nothing(decided: Case) -> None:
    assert handwritten.first("SELECT title FROM workflows_case WHERE id = %s", [decided.pk]) == (decided.title,)
    assert handwritten.first("SELECT title FROM workflows_case WHERE id = %s", [0]) is None
