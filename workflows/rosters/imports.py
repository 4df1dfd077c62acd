"""Importing a roster: first what it would change, line by line, then the change itself, all of it or nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from workflows import audit
from workflows.changes import Change, OrganisationRefused
from workflows.rosters.cells import read_table, write_table
from workflows.rosters.kinds import KINDS, Cells, Kind, kind_of
from workflows.staff import StaffMember


@dataclass
class Line:
    """One line of the file, or, without a number, a row that no line names; what becomes of it, or why not."""

    number: int | None
    cells: Cells
    change: Change | None = None
    problem: str = ""

    @property
    def words(self) -> str:
        """What identifies it to a person."""
        return " ".join(text for text in list(self.cells.values())[:4] if text)


@dataclass(frozen=True)
class Import:
    """What a file does to the organisation."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)

    @property
    def problems(self) -> list[Line]:
        return [line for line in self.lines if line.problem]

    def of(self, change: Change) -> list[Line]:
        """The lines of which this becomes."""
        return [line for line in self.lines if line.change == change and not line.problem]

    @property
    def changing(self) -> list[Line]:
        """Whatever does not stay as it is, problems aside."""
        return [line for line in self.lines if not line.problem and line.change != Change.UNCHANGED]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many there are of each change, in words."""
        return [(str(change.label), len(self.of(change))) for change in Change]

    @property
    def fingerprint(self) -> str:
        """Two imports that would do the same have the same."""
        done = [(line.number, list(line.cells.values()), line.change, line.problem) for line in self.lines]
        return hashlib.sha256(repr(done).encode()).hexdigest()


def preview(content: bytes, is_complete: bool, by: StaffMember | None) -> Import:
    """What carrying out would do; nothing stays done.  ``is_complete``: what the file does not name ends.

    Raises OrganisationRefused for a file that is no roster.
    """
    with transaction.atomic():
        found = _import(content, is_complete, by)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def carry_out(content: bytes, is_complete: bool, expected: str, by: StaffMember | None) -> Import:
    """Do what the preview with this fingerprint showed.

    Raises OrganisationRefused, and does nothing, where a line has a problem or the organisation has changed since.
    """
    found = _import(content, is_complete, by)
    if found.fingerprint != expected:
        raise OrganisationRefused(_("確認した後に組織が変わりました。もう一度確かめてください。"), "file")
    if found.problems:
        raise OrganisationRefused(_("直す必要のある行があるため、取り込めません。"), "file")
    digest = hashlib.sha256(content).hexdigest()
    counts = {change.value: len(found.of(change)) for change in Change}
    audit.record("import_roster", f"roster:{found.kind.key}", by, sha256=digest, complete=is_complete, **counts)
    return found


def export(key: str) -> bytes:
    """The roster of this kind as a CSV file; importing it changes nothing."""
    return write_table(KINDS[key].headings, KINDS[key].rows())


def _import(content: bytes, is_complete: bool, by: StaffMember | None) -> Import:
    headings, table = read_table(content)
    found = Import(kind_of(headings))
    known = {found.kind.name_of(_cells(found.kind.headings, row)) for row in found.kind.rows()}
    for number, row in table:
        found.lines.append(Line(number, _cells(headings, row)))
    named = _named(found)
    pending = [line for line in found.lines if not line.problem]
    if is_complete:
        missing = [Line(None, dict(zip(found.kind.names, name, strict=True))) for name in sorted(known - named)]
        found.lines.extend(missing)
        pending += missing
    _settle(found.kind, pending, by)
    if is_complete:
        found.lines[:] = [line for line in found.lines if line.number or line.change != Change.UNCHANGED]
    return found


def _cells(headings: Sequence[str], row: Sequence[str]) -> Cells:
    return dict(zip(headings, [*row, *[""] * (len(headings) - len(row))], strict=False))


def _named(found: Import) -> set[tuple[str, ...]]:
    """What the lines name; a line that names what another did before is a problem."""
    first: dict[tuple[str, ...], int | None] = {}
    for line in found.lines:
        try:
            name = found.kind.name_of(line.cells)
        except OrganisationRefused as refused:
            line.problem = str(refused)
            continue
        if name in first:
            line.problem = _("%(number)d行目と同じものです。") % {"number": first[name]}
        first.setdefault(name, line.number)
    return set(first)


def _settle(kind: Kind, pending: list[Line], by: StaffMember | None) -> None:
    """Each line once what it needs is there: a section may stand before its division in the file."""
    while pending:
        refused = [line for line in pending if not _settled(kind, line, by)]
        if len(refused) == len(pending):
            return
        pending = refused


def _settled(kind: Kind, line: Line, by: StaffMember | None) -> bool:
    try:
        with transaction.atomic():
            if line.number is None:
                line.change = kind.end(list(line.cells.values()), by)
            else:
                line.change = kind.put(line.cells, by)
    except OrganisationRefused as refused:
        line.problem = str(refused)
        return False
    line.problem = ""
    return True
