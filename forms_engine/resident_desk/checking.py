"""The check page (確認): every answer beside the way to change it, and what still stands against submitting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms_engine.applications import Application
from forms_engine.facts import facts
from forms_engine.readout import label_of
from forms_engine.spec import FormSpec
from schemas import Problem, checks_of
from schemas.validation import problems as schema_problems
from workflows.routable import Row


@dataclass(frozen=True)
class Change:
    """A row with the page on which it can be changed; no page where it may not be changed now."""

    row: Row
    page: str


@dataclass(frozen=True)
class Shown:
    """One section of the check page."""

    title: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class Obstacle:
    """One thing to put right before submitting: what to do, and where."""

    message: str
    pointer: str
    page: str


@dataclass(frozen=True)
class Check:
    """An application looked at before it is submitted, in one language.  Files and races are left to the submission."""

    application: Application
    language: str

    @property
    def spec(self) -> FormSpec:
        return self.application.form_version.spec

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What would be submitted now."""
        return self.application.proposal()

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        return facts(self.spec, self.answers, self.application.arrival_date, self.application.pk)

    @cached_property
    def problems(self) -> list[Problem]:
        """What stands against submitting; the form's own checks are asked only of answers that fit the schema."""
        found = schema_problems(self.spec.schema, self.answers)
        return found or checks_of(self.spec.document, self.facts, kind="error")

    @property
    def advice(self) -> list[str]:
        """What the form's checks say that does not stand in the way."""
        warnings = checks_of(self.spec.document, self.facts, kind="warning")
        return [problem.message(self.language) for problem in warnings]

    @property
    def first_page(self) -> str:
        """The page to go on with: the first on which something is missing, or, if nothing is, the last."""
        pages = self.spec.standing(self.answers).pages()
        fields = {problem.field for problem in self.problems}
        return next((page.key for page in pages if fields & set(page.fields)), pages[-1].key)

    def sections(self) -> list[Shown]:
        """All that would be submitted; during a correction only the open answers can be changed."""
        opened = self.application.open_pointers()
        sections = self.application.preview(self.language)
        return [Shown(each.title, [self._change(row, opened) for row in each.rows]) for each in sections]

    def _change(self, row: Row, opened: Iterable[str]) -> Change:
        name = Problem(row.pointer, "").field
        may = name not in self.spec.calculations and is_open(row.pointer, opened)
        return Change(row, page_of(self.spec, name) if may else "")

    def obstacles(self, problems: Iterable[Problem]) -> list[Obstacle]:
        """Problems in words, each with where to put it right."""
        return [self._obstacle(problem) for problem in problems]

    def _obstacle(self, problem: Problem) -> Obstacle:
        label = label_of(self.spec, self.answers, problem.pointer, self.language) or None
        message = problem.message(self.language, label)
        return Obstacle(message, problem.pointer, page_of(self.spec, problem.field))


def is_open(pointer: str, opened: Iterable[str]) -> bool:
    """Whether the answer at a pointer may be changed: it is an open one, or stands inside or around one."""
    return any(f"{pointer}/".startswith(f"{each}/") or each.startswith(f"{pointer}/") for each in opened)


def page_of(spec: FormSpec, name: str) -> str:
    """The key of the page that asks for a field; the first page for what is about the whole."""
    return next((page.key for page in spec.pages if name in page.fields), spec.pages[0].key)
