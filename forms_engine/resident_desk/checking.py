"""The check page (確認): every answer beside the way to change it, and what still stands against submitting."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from forms_engine import drawn_signatures
from forms_engine.applications import Application
from forms_engine.facts import facts
from forms_engine.fields.stencil import slot
from forms_engine.languages import interface
from forms_engine.readout import label_of
from forms_engine.resident_desk.characters import advice
from forms_engine.shell import path
from forms_engine.spec import FormSpec
from schemas import Problem, checks_of
from schemas.pointers import parts
from schemas.translations import languages_of
from workflows.routable import Row, Section


@dataclass(frozen=True)
class Line:
    """One question on the check page: the slot of its answer, and the page on which it can be changed, if it may be."""

    label: str
    pointer: str
    page: str
    name: str
    is_file: bool
    group: str = ""
    short: str = ""

    @property
    def answer(self) -> SafeString:
        return slot(self.name)

    @property
    def url(self) -> str:
        return f"{path('resident:fill', self.page)}?return=check#{self.pointer}" if self.page else ""


@dataclass(frozen=True)
class Part:
    """The questions under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outline:
    """What the check page says to everybody with the same questions (see shell.answer)."""

    title: str
    parts: tuple[Part, ...]
    is_correction: bool
    unfinished: str
    languages: tuple[str, ...] = ()

    @property
    def unfinished_url(self) -> str:
        """Where to go on; empty if nothing stands against submitting."""
        return path("resident:fill", self.unfinished) if self.unfinished else ""

    @property
    def submit_url(self) -> str:
        return path("resident:submit")

    @property
    def saved_url(self) -> str:
        return path("resident:saved")


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
        return facts(self.application.settlement, self.answers, self.application.pk)

    @cached_property
    def problems(self) -> list[Problem]:
        """What stands against submitting; the form's own checks are asked only of answers that fit the schema."""
        found = self.spec.problems(self.answers) or drawn_signatures.problems(self.spec, self.answers)
        return found or checks_of(self.spec.document, self.facts, kind="error")

    @property
    def advice(self) -> list[str]:
        """What does not stand in the way: warnings of the form's checks, and characters that cannot be printed."""
        warnings = checks_of(self.spec.document, self.facts, kind="warning")
        spoken = interface(self.language)
        return [problem.message(spoken) for problem in warnings] + advice(self.answers, spoken)

    @property
    def first_page(self) -> str:
        """The page to go on with: the first on which something is missing, or, if nothing is, the last."""
        pages = self.spec.standing(self.answers).pages()
        fields = {problem.field for problem in self.problems}
        return next((page.key for page in pages if fields & set(page.fields)), pages[-1].key)

    @cached_property
    def sections(self) -> list[Section]:
        """All that would be submitted, in words."""
        return self.application.preview(self.language, self.answers)

    def outline(self, obstacles: Sequence[Obstacle]) -> Outline:
        """The page without answers; during a correction only the open ones can be changed."""
        opened, answers = self.application.open_pointers(), self._slots()
        parts = tuple(
            Part(each.title, tuple(self._line(row, next(answers), opened) for row in each.rows))
            for each in self.sections
        )
        title = self.spec.text("/title", self.language)
        unfinished, languages = self.first_page if obstacles else "", tuple(languages_of(self.spec.document))
        return Outline(title, parts, not self.application.is_draft, unfinished, languages)

    def _line(self, row: Row, answer: str, opened: Collection[str]) -> Line:
        name, spec = parts(row.pointer)[0], self.spec
        may = name not in spec.calculations and is_open(row.pointer, opened)
        page = page_of(spec, name) if may else ""
        return Line(row.label, row.pointer, page, answer, bool(row.files), row.group, row.name)

    @staticmethod
    def _slots() -> Iterator[str]:
        return (f"answer_{number}" for number in count())

    def readings(self) -> dict[str, str]:
        """The answers by slot, in the order of the outline."""
        rows = (row for each in self.sections for row in each.rows)
        return {name: _reading(row) for name, row in zip(self._slots(), rows, strict=False)}

    def obstacles(self, problems: Iterable[Problem]) -> list[Obstacle]:
        """Problems in words, each with where to put it right."""
        return [self._obstacle(problem) for problem in problems]

    def _obstacle(self, problem: Problem) -> Obstacle:
        label = label_of(self.spec, self.answers, problem.pointer, self.language) or None
        message = problem.message(interface(self.language), label)
        return Obstacle(message, problem.pointer, page_of(self.spec, problem.field))


def _reading(row: Row) -> str:
    if not row.files and not row.provenance:
        return row.text
    return render_to_string("resident_desk/_reading.html", {"row": row})


def is_open(pointer: str, opened: Collection[str]) -> bool:
    """Whether the answer at a pointer may be changed: it is an open one, or stands inside or around one."""
    if "" in opened:
        return True
    return any(f"{pointer}/".startswith(f"{each}/") or each.startswith(f"{pointer}/") for each in opened)


def page_of(spec: FormSpec, name: str) -> str:
    """The key of the page that asks for a field; the first page for what is about the whole."""
    return next((page.key for page in spec.pages if name in page.fields), spec.pages[0].key)
