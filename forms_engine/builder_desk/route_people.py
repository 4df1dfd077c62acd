"""Whom steps wait for (担当), in the words of the organisation; and the posts that nobody holds today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.route_facts import Fact, Facts
from schemas.editing import CommandRefused
from schemas.editing.step_commands import every_step
from workflows.staff import Department, Role, StaffMember, assignee_key, citywide_roles

By = Mapping[str, Any]
OWN, DRAFTER, SUPERIOR, APPLICANT, NOBODY = "own", "drafter", "superior", "applicant", ""


@dataclass(frozen=True)
class Organisation:
    """The titles of departments and roles, and the facts; ``later`` are those not known yet at the selected step."""

    departments: Mapping[str, str]
    roles: Mapping[str, str]
    facts: Facts
    later: frozenset[str] = frozenset()

    @classmethod
    def read(cls, facts: Facts) -> Organisation:
        departments, roles = Department.objects.values_list("key", "title"), Role.objects.values_list("key", "title")
        return cls(dict(departments), dict(roles), facts)

    @property
    def offered(self) -> list[Fact]:
        """The facts that can be looked at where the builder is."""
        return [one for one in self.facts.values() if one.name not in self.later and not one.is_of_person]

    def words(self, by: Any) -> str:
        """「総務課の課長」, 「起案者の上司」."""
        if by == APPLICANT:
            return _("申請した人")
        if not isinstance(by, Mapping) or not by:
            return _("まだ決まっていません")
        if "superior_of" in by:
            return _("起案者の上司")
        role = self.roles.get(by.get("role", ""), by.get("role", "")) or _("職員")
        if "fact" in by:
            return _("「%(fact)s」で答えた課・人（%(role)s）") % {"fact": self._fact(by["fact"]), "role": role}
        if by.get("role") in citywide_roles() and "department" not in by:
            return role
        return _("%(department)sの%(role)s") % {"department": self._department(by), "role": role}

    def wheres(self, document: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Where somebody may stand: in the department of the case, in a named one, or in one that an answer names.

        Such an answer is chosen among departments; what the route asks already is offered in any case.
        """
        used = {by.get("fact") for _step, by in assignees(document)}
        named = [(f"department:{key}", title) for key, title in self.departments.items()]
        asked = [
            (f"fact:{_pointer(one.name)}", one.title)
            for one in self.offered
            if _pointer(one.name) in used or any(value in self.departments for value, _label in one.choices)
        ]
        return [
            (OWN, _("申請の担当課")),
            (DRAFTER, _("起案者の課")),
            (SUPERIOR, _("起案者の上司（役職は自動）")),
            *named,
            *((value, _("答えから：%(fact)s") % {"fact": title}) for value, title in asked),
        ]

    def _fact(self, pointer: str) -> str:
        fact = self.facts.get(pointer) or self.facts.get(pointer.removeprefix("/"))
        return fact.title if fact else pointer

    def _department(self, by: By) -> str:
        if "department_of" in by:
            return _("起案者の課")
        key = by.get("department", "")
        return self.departments.get(key, key) if key else _("申請の担当課")


def where_of(by: Any) -> str:
    """What stands in the control for where somebody stands."""
    if by == APPLICANT:
        return APPLICANT
    if not by:
        return NOBODY
    if "superior_of" in by:
        return SUPERIOR
    if "fact" in by:
        return f"fact:{by['fact']}"
    return DRAFTER if "department_of" in by else f"department:{by['department']}" if "department" in by else OWN


def read_who(where: str, role: str) -> Any:
    """The two controls as a route says it; None where nobody is named. Raises CommandRefused."""
    kind, _sign, rest = where.partition(":")
    if kind in (NOBODY, APPLICANT):
        return kind or None
    if kind == SUPERIOR:
        return {"superior_of": "drafter"}
    if kind in (OWN, DRAFTER) and not role:
        raise CommandRefused("edit_no_role")
    named = {"role": role} if role else {}
    places = {
        OWN: {},
        DRAFTER: {"department_of": "drafter"},
        "department": {"department": rest},
        "fact": {"fact": rest},
    }
    if kind not in places:
        raise CommandRefused("edit_no_role")
    return {**places[kind], **named}


def assignees(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], By]]:
    """Every step with each of those that it waits for or is sent to."""
    for step in every_step(document["steps"]):
        named: list[Any] = [
            step.get("by"),
            *step.get("substitutes", ()),
            step.get("sample_to"),
            step.get("escalate_to"),
        ]
        named += [row.get("by") for name in ("members", "authority") for row in step.get(name, ())]
        to = step.get("to")
        named += to if isinstance(to, list) else [to]
        yield from ((step, one) for one in named if isinstance(one, Mapping))


def vacant(document: Mapping[str, Any], departments: Sequence[str]) -> Iterator[tuple[Mapping[str, Any], By, str]]:
    """Each step that waits for a post which nobody holds today; with the department that lacks it, if it is not named.

    Who is found only when a case runs (an answer, somebody's superior) is not told of.
    """
    for step, by in assignees(document):
        if set(by) <= {"role", "department"} and by:
            for key in dict.fromkeys(assignee_key(by, one) for one in departments or [""]):
                if not key.startswith("/") and not StaffMember.objects.holding(key).exists():
                    yield step, by, "" if "department" in by or key.startswith("*") else key.split("/")[0]


def _pointer(name: str) -> str:
    return name if name.startswith("/") else f"/{name}"
