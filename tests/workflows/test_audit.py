import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from workflows import audit
from workflows.audit import AuditEntry, Unchangeable
from workflows.staff import StaffMember


def rewrite(sql: str, *params: object) -> None:
    """What somebody with the database's password can do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def entries(db: None) -> list[AuditEntry]:
    return [audit.record("open", f"case:{number}", "sato", step=number) for number in range(5)]


def test_entry_tells_who_did_what_to_what(sato: StaffMember) -> None:
    entry = audit.record("decide", "case:1", sato, outcome="approved")
    stored = AuditEntry.objects.get(number=entry.number)
    assert (stored.actor, stored.verb, stored.target) == ("sato", "decide", "case:1")
    assert stored.detail == {"outcome": "approved"}


def test_chain_holds(entries: list[AuditEntry]) -> None:
    report = audit.verify()
    assert report.is_intact
    assert (report.count, report.head) == (5, entries[-1].digest)


def test_empty_chain_holds(db: None) -> None:
    assert audit.verify() == audit.Report(0, audit.GENESIS)


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE workflows_auditentry SET verb = 'close' WHERE number = 3", 3),
        ("UPDATE workflows_auditentry SET actor = 'mayor' WHERE number = 1", 1),
        ("UPDATE workflows_auditentry SET at = '2026-01-01 00:00:00' WHERE number = 2", 2),
        ("UPDATE workflows_auditentry SET digest = previous WHERE number = 4", 4),
        ("DELETE FROM workflows_auditentry WHERE number = 2", 2),
        ("UPDATE workflows_auditentry SET number = 9 WHERE number = 5", 5),
    ],
)
def test_whatever_is_tampered_with_is_found(entries: list[AuditEntry], sql: str, broken: int) -> None:
    rewrite(sql)
    assert audit.verify().broken == broken


def test_entries_cut_off_at_the_end_change_the_head(entries: list[AuditEntry]) -> None:
    before = audit.verify()
    rewrite("DELETE FROM workflows_auditentry WHERE number = 5")
    assert (audit.verify().count, audit.verify().head) != (before.count, before.head)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(verb="x"),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["verb"]),
        lambda entry: AuditEntry.objects.bulk_create([entry]),
    ],
)
def test_program_has_no_way_to_change_an_entry(
    entries: list[AuditEntry], change: Callable[[AuditEntry], object]
) -> None:
    with pytest.raises(Unchangeable):
        change(entries[0])


@pytest.mark.parametrize("detail", [{"a": 1}, ["x"], 1.5, b"x", "あ" * 101])
def test_detail_has_no_room_for_answers(db: None, detail: object) -> None:
    with pytest.raises(TypeError):
        audit.record("decide", "case:1", detail=detail)


def test_entry_is_undone_with_its_verb(db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("decide", "case:1")
        _ = 1 / 0
    assert not AuditEntry.objects.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    def write(number: int) -> None:
        for _ in range(10):
            with transaction.atomic():
                audit.record("open", f"case:{number}")
        connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify().is_intact
    assert AuditEntry.objects.count() == 40
