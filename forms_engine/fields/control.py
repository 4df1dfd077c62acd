"""A control: the part of a page that takes one answer. Every kind of field is a subclass in the file of its name.

A control is built once for a question and kept; what belongs to one request comes in as `Posted` and `Sheet`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from forms_engine.fields.question import Question
from forms_engine.fields.stencil import Stencil
from forms_engine.ruby import read_aloud
from schemas.branches import types_of
from schemas.pointers import MISSING, lookup
from schemas.problems import Problem
from schemas.writing import normalise

Rows = tuple[int, ...]
NONE = SafeString("")
HIDDEN = SafeString(" hidden")
INVALID = SafeString(' aria-invalid="true"')


def placed(text: str, rows: Rows) -> str:
    """A pointer or name of a table's row with its row numbers put in."""
    for depth, number in enumerate(rows):
        text = text.replace(f"\x00row{depth}\x00", str(number))
    return text


@dataclass
class Posted:
    """What a browser sent for one page: texts and uploads by name; by pointer what was kept of them as answers;
    `refused` is what was typed but cannot be put into the shape of an answer; `held` are the files of the draft by id.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    uploads: dict[str, list[Any]] = field(default_factory=dict)
    attached: dict[str, list[Any]] = field(default_factory=dict)
    refused: dict[tuple[str, str], Problem] = field(default_factory=dict)
    held: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Any, files: Any) -> Posted:
        """What stands in a QueryDict and a MultiValueDict, or in plain dicts."""
        return cls(_lists(data), _lists(files))

    def refuse(self, problem: Problem) -> None:
        """Note what no answer can hold and the schema therefore never sees."""
        self.refused[(problem.pointer, problem.code)] = problem

    def first(self, name: str) -> str:
        values = self.texts.get(name)
        return values[0] if values else ""


def _lists(values: Any) -> dict[str, list[Any]]:
    """A QueryDict, MultiValueDict or plain dict as lists by name."""
    if values is None:
        return {}
    if hasattr(values, "lists"):
        return {name: list(found) for name, found in values.lists()}
    return {name: list(found) if isinstance(found, list | tuple) else [found] for name, found in values.items()}


@dataclass
class Sheet:
    """One rendering of a page: what stands in the controls, and what is said about each, by pointer.

    `answers` are all answers with what was calculated; `fresh` are questions that an answer on this page brought up;
    `open` are the pointers that may be changed in a correction (None: all); `file_url` gives an attachment's address.
    """

    posted: Posted
    answers: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    warnings: Mapping[str, list[str]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    open: frozenset[str] | None = None
    file_url: Callable[[str], str] | None = None

    def answer(self, pointer: str) -> Any:
        """The answer at a pointer, or MISSING."""
        return lookup(self.answers, pointer)

    def is_whole(self, pointer: str) -> bool:
        """Whether all of this answer may be changed, and not only answers in it."""
        return self.open is None or any(f"{pointer}/".startswith(f"{one}/") for one in self.open)

    def is_open(self, pointer: str) -> bool:
        """Whether this answer, or one inside it, may be changed."""
        return self.is_whole(pointer) or any(one.startswith(f"{pointer}/") for one in self.open or ())


class Control:
    """One line of text; the base of all kinds.

    `writing` names the normal form (schemas.writing) that typed text is brought to; `parts` are the endings of the
    names of the control's inputs, several where one answer is typed into several boxes.
    """

    kind: ClassVar[str] = "text"
    is_leaf: ClassVar[bool] = True
    template: ClassVar[str] = "fields/text.html"
    parts: ClassVar[tuple[str, ...]] = ("",)
    writing: ClassVar[str] = "line"
    input_type: ClassVar[str] = "text"
    input_mode: ClassVar[str] = ""

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        """Whether this kind asks for answers of this schema."""
        return types_of(schema) - {"null"} == {"string"}

    def __init__(self, question: Question, control_of: Callable[[Question], Control]) -> None:
        self.question = question
        self.control_of = control_of
        self.pointer = question.pointer
        self.name = question.name

    # What goes in and comes out

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        """What a browser sends when the control shows this answer and nobody touches it."""
        return {placed(self.name, rows): ["" if answer is MISSING or answer is None else self.written(answer)]}

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        """The answer that was typed, in its stored writing; MISSING when the control was left blank.

        Text that means nothing is returned as it is: the schema is the judge, and the person sees their own words.
        """
        text = normalise(self.writing, posted.first(placed(self.name, rows)))
        return self.understood(text) if text else self.blank()

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        """The answer after this request: an answer that nobody touched stays exactly as it was saved."""
        was = self.typed(saved, rows) if saved is not MISSING else {"": ["touched"]}
        is_untouched = all(posted.texts.get(name, [""]) == texts for name, texts in was.items())
        return saved if is_untouched else self.read(posted, rows)

    def is_blank(self, posted: Posted, rows: Rows) -> bool:
        """Whether nothing was typed or chosen here."""
        names = [placed(self.name + part, rows) for part in self.parts]
        return not any(any(posted.texts.get(name, ())) or posted.uploads.get(name) for name in names)

    def understood(self, text: str) -> Any:
        """The answer that a text means."""
        return text

    def written(self, answer: Any) -> str:
        """The answer as it stands in the control."""
        return str(answer)

    def blank(self) -> Any:
        """What a blank control means: no answer, or null where only null can answer a required question."""
        nullable = "null" in types_of(self.question.schema)
        return None if nullable and self.question.required else MISSING

    def text(self, answer: Any) -> str:
        """The answer as a person reads it."""
        return self.written(answer)

    def complaint(self, posted: Posted, rows: Rows, answer: Any) -> dict[str, str]:
        """This kind's own words, by language, for an answer that the schema refuses; empty without better ones."""
        return {}

    def walk(self, answer: Any, rows: Rows = ()) -> Iterator[tuple[Control, Rows]]:
        """The control itself and all controls in it for an answer, with their row numbers."""
        yield self, rows

    def units(self) -> Iterator[Control]:
        """The controls in it that are shown or hidden as one: itself, or the members of a group."""
        yield self

    def announced(self, fresh: Collection[str]) -> set[str]:
        """Where it is said that these questions are new: at a group that is new as a whole, only once."""
        return {unit.pointer for unit in self.units()} & set(fresh)

    def settle(self, posted: Posted, rows: Rows = ()) -> None:
        """Bring what was posted into the order of the answer, before it is read (see Table)."""

    # HTML

    @cached_property
    def stencil(self) -> Stencil:
        return self._stencil(self.template)

    @cached_property
    def readable(self) -> Stencil:
        return self._stencil("fields/readable.html")

    def _stencil(self, template: str, **more: Any) -> Stencil:
        context = {"control": self, "question": self.question, **self.context(), **more}
        return Stencil(template, context, self.question.asking.language)

    @cached_property
    def quiet(self) -> SafeString:
        """The attribute of a control that nothing is wrong with."""
        return format_html(' aria-describedby="{}"', self.notes) if self.notes else NONE

    @cached_property
    def notes(self) -> str:
        """The ids of what explains the control, read after an error."""
        return f"{self.name}~help" if self.question.help or self.question.example else ""

    def context(self) -> dict[str, Any]:
        """What the template needs beside `control` and `question`; the same for every request."""
        return {}

    def html(self, sheet: Sheet, rows: Rows = ()) -> SafeString:
        """Label, requirement, help, control, error, in this order; the answer as text where it may not be changed."""
        pointer = placed(self.pointer, rows)
        numbers = {f"row{depth}": str(number) for depth, number in enumerate(rows)}
        if not sheet.is_open(pointer):
            return self.readable.fill(numbers | {"value": self.shown(sheet, rows)})
        return self.stencil.fill(numbers | self.said(pointer, sheet, rows) | self.slots(sheet, rows))

    def shown(self, sheet: Sheet, rows: Rows) -> str:
        """The answer as text, for a control that may not be changed."""
        answer = sheet.answer(placed(self.pointer, rows))
        return "" if answer is MISSING or answer is None else self.text(answer)

    def said(self, pointer: str, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        """The slots that say what is wrong or new; a screen reader hears the error before the help."""
        errors, warnings = sheet.errors.get(pointer, ()), sheet.warnings.get(pointer, ())
        remark = sheet.remarks.get(pointer, "")
        said: dict[str, Any] = {} if pointer in sheet.fresh else {"seen": HIDDEN}
        if not errors and not warnings and not remark:
            return said | {"described": mark_safe(placed(self.quiet, rows))}  # noqa: S308 - escaped when it was made
        return said | self._loud(placed(self.name, rows), placed(self.notes, rows), errors, warnings, remark)

    @staticmethod
    def _loud(name: str, notes: str, errors: Any, warnings: Any, remark: str) -> dict[str, Any]:
        ids = [f"{name}~error" * bool(errors or warnings), f"{name}~remark" * bool(remark), notes]
        return {
            "error": _paragraphs(name, errors, warnings) if errors or warnings else NONE,
            "remark": format_html('<p class="field__remark" id="{}~remark">{}</p>', name, remark) if remark else NONE,
            "described": format_html(' aria-describedby="{}"', " ".join(filter(None, ids))),
            "invalid": INVALID if errors else NONE,
        }

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        """The slots of the template that hold what was typed."""
        return {"value": sheet.posted.first(placed(self.name, rows))}


def _paragraphs(name: str, errors: Any, warnings: Any) -> SafeString:
    said = [("field__error", f"＊{one}") for one in errors] + [("field__warning", f"△{one}") for one in warnings]
    lines = read_aloud(format_html_join("", '<p class="{}">{}</p>', said))
    return format_html('<div id="{}~error">{}</div>', name, lines)
