import copy

import pytest

from forms_engine.definitions import DefinitionRefused, FormVersion, current, publish
from forms_engine.frozen import Frozen
from tests.forms_engine.documents import ROOM
from workflows.audit import AuditEntry

pytestmark = pytest.mark.django_db


def changed(**parts):
    return {**copy.deepcopy(ROOM), **parts}


def test_publishing_the_same_document_again_returns_the_current_version(room):
    assert publish(copy.deepcopy(ROOM)) == room
    assert FormVersion.objects.count() == 1


def test_a_changed_document_becomes_the_next_version_and_the_old_one_stays(room):
    second = publish(changed(title="会議室の使用申請"))
    assert (second.number, current("room")) == (2, second)
    assert FormVersion.objects.get(pk=room.pk).document["title"] == "会議室使用申請書"
    assert list(FormVersion.objects.current()) == [second]


def test_another_order_of_fields_is_another_version(room):
    schema = copy.deepcopy(ROOM["schema"])
    schema["properties"] = dict(reversed(schema["properties"].items()))
    second = publish(changed(schema=schema))
    assert second.number == 2
    assert next(iter(second.document["schema"]["properties"])) == "fee"


def test_a_form_whose_workflow_is_not_published_is_refused_by_name(organisation):
    with pytest.raises(DefinitionRefused) as refused:
        publish(ROOM)
    (problem,) = refused.value.problems
    assert problem.pointer == "/procedure/workflow"
    assert "room_route" in problem.message("ja") and "公開されていません" in problem.message("ja")
    assert FormVersion.objects.count() == 0


def test_a_broken_document_is_refused_with_its_places(room):
    with pytest.raises(DefinitionRefused) as refused:
        publish(changed(pages=[{"key": "only", "title": "全部", "fields": ["nothing_of_the_kind"]}]))
    assert any(problem.pointer.startswith("/pages") for problem in refused.value.problems)


def test_a_published_version_cannot_be_changed_or_deleted(room):
    version = current("room")
    with pytest.raises(Frozen):
        version.save()
    with pytest.raises(Frozen):
        version.delete()
    with pytest.raises(Frozen):
        FormVersion.objects.update(number=9)
    with pytest.raises(Frozen):
        FormVersion.objects.all().delete()


def test_publishing_is_noted(room, takasaki):
    publish(changed(title="改訂版"), by=takasaki)
    entry = AuditEntry.objects.last()
    assert (entry.verb, entry.target, entry.actor) == ("publish", "form:room", "takasaki")


def test_reading_a_version_again_costs_no_query(room, django_assert_num_queries):
    version = current("room")
    assert version.spec.title
    with django_assert_num_queries(0):
        assert version.spec.pages and version.document["form"] == "room"
