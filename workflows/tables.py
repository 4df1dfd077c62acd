"""Tables (表) of a route: rules (自動承認規則) and authority (専決), their JSON as frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

#: Hit policies: the first row that holds counts; there must be only one; all of them count.
FIRST, UNIQUE, COLLECT = "first", "unique", "collect"
#: Whether those of a sample see a person before they are approved, or are read afterwards.
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class TableRow:
    """One rule: where its condition holds, its outcome is "approved" or, for "person", a person has to look.

    ``owner`` is ``{"department": …}`` or ``{"login": …}``: who answers for it.  It counts on the days from–until, both
    included; an approval is bound to its ``conditions`` (附款).
    """

    key: str
    title: str
    outcome: str
    when: Mapping[str, Any]
    legal_basis: str = ""
    owner: Mapping[str, str] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class RulesStep:
    """Rules that are read when a case comes here; if they do not approve, the case goes on to people.

    ``judged_on`` says on which day a row has to be valid: that of the "decision" or that of the "arrival".
    ``sample_percent`` of what would be approved goes to a person ``sample``: "before", or "after", to ``sample_to``.
    """

    key: str
    title: str
    table: tuple[TableRow, ...]
    hit: str = FIRST
    judged_on: str = "decision"
    sample_percent: float = 0
    sample: str = BEFORE
    sample_to: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class AuthorityRow:
    """One row of a table of authority (専決): where its condition holds, this post decides; without one, otherwise."""

    when: Mapping[str, Any] | None
    by: Mapping[str, Any]
    title: str = ""


def rules_step(entry: Mapping[str, Any]) -> RulesStep:
    """A step of kind "rules" of a document in which schemas.check() found no problem."""
    names = ("hit", "judged_on", "sample_percent", "sample", "sample_to")
    said = {name: entry[name] for name in names if name in entry}
    return RulesStep(entry["key"], entry.get("title", ""), tuple(map(table_row, entry["table"])), **said)


def table_row(row: Mapping[str, Any]) -> TableRow:
    """One row of its table."""
    said: dict[str, Any] = {
        name: date.fromisoformat(row[name]) for name in ("valid_from", "valid_until") if name in row
    }
    said |= {name: row[name] for name in ("legal_basis", "owner") if name in row}
    said |= {name: row[name] for name in ("key", "title", "outcome", "when")}
    return TableRow(**said, conditions=tuple(row.get("conditions", ())))
