import pytest

from tests.workflows import documents
from workflows.audit import AuditEntry
from workflows.definitions import DefinitionRefused, VersionFrozen, WorkflowVersion, current, publish
from workflows.staff import StaffMember


def test_document_is_published_as_the_next_version(sato: StaffMember) -> None:
    first = publish(documents.LINE, by=sato)
    second = publish({**documents.LINE, "title": "改訂"})
    assert (first.number, second.number) == (1, 2)
    assert first.published_by == sato
    assert current("line") == second
    assert second.definition.title == "改訂"


def test_same_document_again_is_the_same_version(db: None) -> None:
    assert publish(documents.LINE) == publish(dict(reversed(documents.LINE.items())))
    assert AuditEntry.objects.filter(verb="publish").count() == 1


def test_document_with_problems_is_refused(db: None) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        publish({"workflow": "line", "title": "段階なし"})
    assert refused.value.problems
    assert not WorkflowVersion.objects.exists()


def test_published_version_never_changes(db: None) -> None:
    version = publish(documents.LINE)
    version.document = {**version.document, "title": "書き換え"}
    with pytest.raises(VersionFrozen):
        version.save()
    with pytest.raises(VersionFrozen):
        WorkflowVersion.objects.update(number=5)
    with pytest.raises(VersionFrozen):
        version.delete()


def test_nothing_published_is_an_error(db: None) -> None:
    with pytest.raises(WorkflowVersion.DoesNotExist):
        current("line")
