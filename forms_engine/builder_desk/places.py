"""Places (場所): where in the editor a builder is, kept in the address and in every small form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

TABS = ("fields", "procedure", "logic", "notices", "texts", "try", "source", "history")


@dataclass(frozen=True)
class Place:
    """A tab of the editor and what is selected there; ``field`` is a field's key, or the address of a column.

    In a route, ``field`` is the key of a step, ``joint`` the place where a step is about to be added, and ``fact`` what
    a condition is about to be set on ("2:fee": in branch 2); ``columns`` names those of a rule table, between commas,
    that were added before it and ask nothing yet.
    """

    tab: str = "fields"
    page: str = ""
    field: str = ""
    content: str = ""
    language: str = ""
    joint: str = ""
    fact: str = ""
    columns: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Place:
        """The place that an address or a posted form names; what is no place is passed over."""
        prefix = "at_" if "at_tab" in given else ""
        found = cls(**{one.name: str(given.get(prefix + one.name, ""))[:400] for one in fields(cls)})
        return found if found.tab in TABS else replace(found, tab="fields")

    def members(self) -> Iterator[tuple[str, str]]:
        """What is not as usual, by name."""
        usual = Place()
        return (
            (one.name, value) for one in fields(self) if (value := getattr(self, one.name)) != getattr(usual, one.name)
        )

    @property
    def pending(self) -> str:
        """The columns that were added to a rule table and ask nothing yet, between commas."""
        return ",".join(one for one in (self.columns, self.fact) if one)

    @property
    def query(self) -> str:
        return f"?{urlencode(dict(self.members()))}"

    @property
    def subject(self) -> str:
        """What the panel of properties is about."""
        return "~".join((self.tab, self.page if not self.field else "", self.field, self.content))

    def at(self, **members: str) -> Place:
        return replace(self, **members)
