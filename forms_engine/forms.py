"""The form of one page: which questions it asks for the answers so far, what was answered, what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from forms_engine import drawn_signatures
from forms_engine.content import Block, Mention
from forms_engine.fields import Control
from forms_engine.fields.calculated import Calculated
from forms_engine.fields.control import Posted, Sheet
from forms_engine.fields.reception import Attach, Reception, described
from forms_engine.fields.table import BUTTONS
from forms_engine.judgement import Judgement, Known
from forms_engine.settlement import Settlement
from forms_engine.spec import FormSpec, Page
from forms_engine.standing import Standing
from schemas.defaults import suggested
from schemas.pointers import MISSING

ROUNDS = 6
PRESSED = (*BUTTONS, "_refresh", "_postal")


def pages_for(
    spec: FormSpec, answers: Mapping[str, Any], language: str = "ja", today: date | None = None
) -> list[Page]:
    """The pages that these answers leave something to ask on, with their titles in the language."""
    return spec.standing(spec.settled(answers, today or localdate()), language).pages()


def nothing(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """No verified facts, for a form that is only tried."""
    return {}


def form_for(
    spec: FormSpec,
    page_key: str,
    answers: Mapping[str, Any],
    *,
    language: str = "ja",
    data: Any = None,
    files: Any = None,
    only: frozenset[str] | None = None,
    attach: Attach = described,
    known: Known = nothing,
    remarks: Mapping[str, str] | None = None,
    file_url: Callable[[str], str] | None = None,
    today: date | None = None,
    settlement: Settlement | None = None,
) -> PageForm:
    """The form of a page for saved answers and what was posted to it.

    `only` are the pointers open for correction (None: all) and `remarks` what was said about them; `known` gives the
    verified facts that the form's checks may look at; `file_url` the address of an attachment by its id; `settlement`
    what the caller has already worked out, and for which day.
    """
    settlement = settlement or Settlement(spec, today or localdate())
    context = Context(spec, page_key, language, only, attach, known, remarks or {}, file_url, settlement)
    return PageForm(context, answers, data, files)


@dataclass(frozen=True)
class Context:
    """What a page's form needs beside answers (see form_for)."""

    spec: FormSpec
    page_key: str
    language: str
    only: frozenset[str] | None
    attach: Attach
    known: Known
    remarks: Mapping[str, str]
    file_url: Callable[[str], str] | None
    settlement: Settlement


class PageForm:
    """Behaves as a Django form where formtools and templates look at it."""

    base_fields: Mapping[str, Any] = {}
    prefix = None

    def __init__(self, context: Context, answers: Mapping[str, Any], data: Any, files: Any) -> None:
        self.context, self.saved = context, answers
        self.data, self.files, self.is_bound = data, files, data is not None
        self.settled = context.settlement.settle(answers)
        self.standing = self._standing()
        self._suggest()
        before = frozenset(unit.name for unit in self.units())
        self.posted = Posted.of(data, files) if self.is_bound else self._typed()
        self.pressed = [name for name in PRESSED if name in self.posted.texts]
        self.reception = Reception(self.posted, answers, before, context.only, context.attach)
        self.patch: dict[str, Any] = {}
        if self.is_bound:
            self._read()

    # Reading

    def _standing(self) -> Standing:
        return self.context.settlement.standing(self.settled, self.context.language)

    def _suggest(self) -> None:
        """Show what the form proposes, on a page that nobody has answered yet; what was cleared stays empty."""
        if self.is_bound or any(key in self.saved for key in self.controls):
            return
        found = {key: suggested(control.question.schema) for key, control in self.controls.items()}
        proposed = {key: answer for key, answer in found.items() if answer is not MISSING}
        if proposed:
            self.settled = self.context.settlement.settle({**self.saved, **proposed})
            self.standing = self._standing()

    @property
    def controls(self) -> dict[str, Control]:
        """The controls of the page by top-level field."""
        return self.standing.controls(self.context.page_key)

    def units(self) -> Iterator[Control]:
        """What is shown or hidden as one: single questions, and tables as a whole."""
        for control in self.controls.values():
            yield from control.units()

    def _typed(self) -> Posted:
        texts: dict[str, list[str]] = {}
        for key, control in self.controls.items():
            texts.update(control.typed(self.settled.get(key, MISSING)))
        return Posted(texts)

    def _read(self) -> None:
        """Read what was posted, again while it brings up or hides questions of this page."""
        for _ in range(ROUNDS):
            self.reception.arrange(self.controls)
            self.posted.refused.clear()
            self.patch = {key: one.answer(self.posted, (), self._saved(key)) for key, one in self.controls.items()}
            kept = {key: answer for key, answer in self.saved.items() if key not in self.patch}
            given = {key: answer for key, answer in self.patch.items() if answer is not MISSING}
            self.settled = self.context.settlement.settle({**kept, **given})
            standing, self.standing = self.standing, self._standing()
            if standing is self.standing:
                break

    def _saved(self, key: str) -> Any:
        return self.saved.get(key, MISSING)

    # The verdict

    @cached_property
    def judgement(self) -> Judgement:
        context, known = self.context, self.context.known
        return Judgement(self.standing, context.page_key, self.settled, self.reception, known, context.settlement)

    def is_valid(self) -> bool:
        """Whether the page is answered: the schema's verdict on its fields, its files, checks, and no new question."""
        return self.is_bound and not self.is_refresh and not self.judgement.errors and not self.judgement.fresh

    @property
    def is_refresh(self) -> bool:
        """Whether a button or a script asked for the page to be drawn again, not to be judged."""
        return bool(self.pressed)

    @property
    def errors(self) -> Mapping[str, list[str]]:
        """What is wrong, by pointer; empty while the page is only drawn again."""
        return self.judgement.errors if self.is_bound and not self.is_refresh else {}

    def answers(self) -> dict[str, Any]:
        """The answers of this page by top-level field; a field that was left blank is not among them."""
        if not self.is_bound:
            return {key: self.settled[key] for key in self.controls if key in self.settled}
        return {key: answer for key, answer in self.patch.items() if answer is not MISSING and key in self.controls}

    @property
    def cleaned_data(self) -> dict[str, Any]:
        return self.answers()

    def to_save(self) -> dict[str, Any]:
        """What goes into the draft: the answers without those that cannot be accepted; None for a field without one.

        Calculated fields are left out: the server computes them each time.
        """
        asked = {key: one for key, one in self.controls.items() if not isinstance(one, Calculated)}
        accepted = self.judgement.accepted(self.answers())
        if self.is_valid():
            accepted = drawn_signatures.bound(self.context.spec, accepted, self.settled)
        return {key: accepted.get(key) for key in asked}

    # Rendering

    @cached_property
    def sheet(self) -> Sheet:
        """What stands in the controls and is said about them."""
        context, only = self.context, self.context.only
        return Sheet(
            self.posted,
            self._shown_answers(),
            errors=self.errors,
            warnings=self.judgement.warnings,
            remarks=context.remarks,
            fresh=self._announced() if self.is_bound else frozenset(),
            open=None if only is None else only | self.reception.unseen,
            file_url=context.file_url,
        )

    def _announced(self) -> frozenset[str]:
        return frozenset().union(*(one.announced(self.judgement.fresh) for one in self.controls.values()))

    def _shown_answers(self) -> Mapping[str, Any]:
        """The answers, and where a calculated value is shown also what the office can verify for it."""
        is_verified = any(isinstance(one, Calculated) for one in self.controls.values())
        return self.judgement.facts if is_verified and self.judgement.is_verified else self.settled

    @property
    def groups(self) -> list[SafeString]:
        """The HTML of each top-level field and of the content between them, in the order of the page."""
        return list(self._drawn())

    def _drawn(self) -> Iterator[SafeString]:
        edition, controls = self.standing.edition, self.controls
        page = next(page for page in edition.pages if page.key == self.context.page_key)
        for entry in page.entries:
            if isinstance(entry, Mention):
                yield from self._content(edition.content[entry.content])
            elif entry in controls:
                yield controls[entry].html(self.sheet)

    def _content(self, block: Block) -> Iterator[SafeString]:
        if not block.looks_at or block.stands(self._facts):
            yield block.html()

    @cached_property
    def _facts(self) -> Mapping[str, Any]:
        """What conditions of content may look at: the answers and what is calculated from them."""
        return {**self.settled, **self.context.settlement.calculated(self.settled)}

    @property
    def html(self) -> SafeString:
        """The HTML of all fields of the page."""
        return mark_safe("".join(self.groups))  # noqa: S308 - each group was escaped where it was made

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What the error summary lists: the id of the control and the message."""
        return self.judgement.summary(self.errors)

    @property
    def cautions(self) -> list[tuple[str, str]]:
        """The warnings as the summary lists them: the id of the control and the message."""
        return self.judgement.summary(self.judgement.warnings)

    @cached_property
    def warned(self) -> str:
        """Stands for the warnings of this page and the answers they are about; empty where there are none."""
        if not self.judgement.warnings:
            return ""
        about = json.dumps([self.judgement.warnings, self.settled], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(about.encode()).hexdigest()[:16]

    @property
    def is_warning(self) -> bool:
        """Whether a browser is about to go on past a warning that it has not shown; others meet it when checking."""
        return (
            self.is_bound and "_warned" in self.posted.texts and self.warned not in ("", *self.posted.texts["_warned"])
        )

    @property
    def is_new(self) -> bool:
        """Whether an answer on this page brought up questions that were not asked before."""
        return bool(self.sheet.fresh)

    @property
    def shown(self) -> str:
        """The names of the questions on this page, which the browser sends back as those that were seen."""
        return " ".join(unit.name for unit in self.units())

    def is_multipart(self) -> bool:
        """Whether a field that takes files stands here, or may come up while the page is filled in."""
        return self.context.spec.takes_files(self.context.page_key)

    def typed(self) -> dict[str, list[str]]:
        """What a browser sends for the page as it is shown, by name."""
        return self._typed().texts if not self.is_bound else self.posted.texts
