"""A rehearsal (試し): every synthetic applicant with the pages, fields and steps that they came to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from forms_engine.manuscripts import Manuscript
from forms_engine.spec import FormSpec
from schemas.applicants import MOST, Applicant, Walks, walks
from schemas.examples import LEFT_OUT
from schemas.pointers import escaped, parts
from schemas.possible import possible
from schemas.wording import value_in_words
from workflows.courses import Course, conditions, course
from workflows.definitions import DefinitionRefused, WorkflowVersion, as_published
from workflows.definitions import current as current_workflow
from workflows.spec import WorkflowSpec

Document = Mapping[str, Any]
#: What a text has that is not written freely.
UNFREE = {"format", "oneOf", "enum", "const", "pattern", "readOnly"}


@dataclass(frozen=True)
class Rehearsal:
    """What came of it.  ``fields`` are the pointers that were asked of anybody (rows are ``*``); ``courses`` are those
    of who arrives, in the order of ``walks.arriving``; ``route`` is None where none could be published."""

    spec: FormSpec
    walks: Walks
    pages: frozenset[str]
    fields: frozenset[str]
    route: WorkflowSpec | None
    courses: tuple[Course, ...]
    is_route_a_draft: bool = False

    def numbered(self) -> list[tuple[int, Applicant]]:
        """The applicants with the numbers under which they can be looked at."""
        return list(enumerate(self.walks.applicants, start=1))

    def applicant(self, number: int) -> Applicant | None:
        """The applicant of a number, None if there is none."""
        found = self.walks.applicants
        return found[number - 1] if 1 <= number <= len(found) else None

    def course_of(self, one: Applicant) -> Course | None:
        """The way that an applicant's case would take; None where none would begin."""
        return next((way for who, way in zip(self.walks.arriving, self.courses, strict=False) if who is one), None)


def rehearse(document: Document, today: date, most: int = MOST) -> Rehearsal:
    """Walk a form that could be published, and its route, on a day; nothing is stored.

    The route is the one that is published, else the draft of it if that could be published.

    What was found for the same document, route and day is kept in the process.
    """
    version = route_of(document)
    route = version.document if version else _drafted_route(document)
    found = _rehearsed(json.dumps(document), json.dumps(route) if route else "", today, most)
    return replace(found, is_route_a_draft=version is None)


def route_of(document: Document) -> WorkflowVersion | None:
    """The version of the route that new applications would take, None if there is none."""
    try:
        return current_workflow(document.get("procedure", {}).get("workflow", ""))
    except WorkflowVersion.DoesNotExist:
        return None


def _drafted_route(document: Document) -> Document | None:
    drafts = Manuscript.objects.workflows().filter(key=document.get("procedure", {}).get("workflow", ""))
    try:
        return next((as_published(draft.document) for draft in drafts), None)
    except DefinitionRefused:
        return None


@lru_cache(maxsize=16)
def _rehearsed(text: str, routed: str, today: date, most: int) -> Rehearsal:
    document = json.loads(text)
    spec, route = FormSpec.load(document), WorkflowSpec.load(json.loads(routed)) if routed else None
    found = walks(document, today, list(conditions(route)) if route else (), most)
    pages, fields = set[str](), set[str]()
    for one in found.applicants:
        standing = spec.standing(one.answers)
        pages |= {page.key for page in standing.pages()}
        fields |= set(_asked(standing.schema, one.answers, ""))
    department = str(spec.procedure.get("department", ""))
    ways = tuple(course(route, one.facts, department, today) for one in found.arriving) if route else ()
    return Rehearsal(spec, found, frozenset(pages), frozenset(fields), route, ways)


def _asked(schema: Any, answers: Any, at: str) -> Iterator[str]:
    """The pointers of all fields that a schema has, those inside groups and rows too."""
    for key, field in (schema.get("properties") or {}).items() if isinstance(schema, Mapping) else ():
        here = f"{at}/{escaped(key)}"
        yield here
        if field.get("x-vocabulary") != "file":
            yield from _asked(field, {}, here)
            items = field.get("items")
            yield from _asked(possible(items), {}, f"{here}/*") if isinstance(items, dict) else ()


def never_asked(found: Rehearsal) -> list[str]:
    """The fields that nobody was asked for, outer ones in place of all that is in them."""
    every = dict.fromkeys(_asked(possible(found.spec.schema), {}, ""))
    missing = [at for at in every if at not in found.fields]
    return [at for at in missing if not any(at.startswith(f"{one}/") for one in missing)]


def texts_of(spec: FormSpec) -> list[tuple[str, Document]]:
    """The answers that are written freely, on several lines if need be: their pointers and schemas."""
    every = ((at, _at(spec, at)) for at in _asked(possible(spec.schema), {}, ""))
    return [(at, field) for at, field in every if field.get("type") == "string" and UNFREE.isdisjoint(field)]


def title_of(spec: FormSpec, at: str) -> str:
    """What an answer is called, those around it first."""
    here: Any = possible(spec.schema)
    titles = []
    for part in parts(at):
        here = here.get("items", {}) if part == "*" else here.get("properties", {}).get(part, {})
        if part != "*":
            titles.append(str(here.get("title", part)))
    return "・".join(titles)


def _at(spec: FormSpec, at: str) -> Any:
    """What the form says of the answer at a pointer; of a fact, nothing."""
    field: Any = possible(spec.schema)
    for part in parts(at) if at.startswith("/") else ():
        field = field.get("items", {}) if part == "*" else field.get("properties", {}).get(part, {})
    return field


def varied(spec: FormSpec, one: Applicant, language: str) -> list[tuple[str, str]]:
    """What was chosen for this applicant: the title of each answer, and the value in words; None left blank."""
    return [(_named(spec, at), _said(spec, at, value, language)) for at, value in one.wanted.items()]


def _named(spec: FormSpec, at: str) -> str:
    if at.startswith("/"):
        return title_of(spec, at)
    return str(spec.document.get("x-titles", {}).get(at, at))


def _said(spec: FormSpec, at: str, value: Any, language: str) -> str:
    if value is LEFT_OUT:
        return {"en": "blank"}.get(language, "空欄")
    if isinstance(value, list):
        return "・".join(_said(spec, f"{at}/*", one, language) for one in value)
    field = _at(spec, at)
    offered = {str(each["const"]): each.get("title") for each in field.get("oneOf", ()) if "const" in each}
    return str(offered.get(str(value)) or value_in_words(value, language))
