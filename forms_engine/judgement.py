"""What is said about the answers of one page: problems of the schema and of the form's own checks, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms_engine.fields import Control
from forms_engine.fields.calculated import Calculated
from forms_engine.fields.control import Rows, placed
from forms_engine.fields.group import Group
from forms_engine.fields.question import html_name
from forms_engine.fields.reception import Reception
from forms_engine.settlement import Settlement
from forms_engine.standing import Standing
from schemas import Problem, checks_of
from schemas.pointers import MISSING, escaped, lookup
from schemas.validation import problems

# Verified facts about settled answers.
Known = Callable[[Mapping[str, Any]], Mapping[str, Any]]

ROW_WORDS = {"ja": "{title}（{number}件目）", "ja-easy": "{title}（{number}）", "en": "{title} ({number})"}


@dataclass(frozen=True, eq=False)
class Judgement:
    """The verdict is the schema's, restricted to the page: what other pages still lack is not this page's fault.

    `settled` are all answers as they count, `known` gives what the office can verify about them.
    """

    standing: Standing
    page_key: str
    settled: Mapping[str, Any]
    reception: Reception
    known: Known
    settlement: Settlement

    @property
    def language(self) -> str:
        return self.standing.edition.language

    @cached_property
    def controls(self) -> Mapping[str, Control]:
        return self.standing.controls(self.page_key)

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers of this page."""
        return {key: self.settled[key] for key in self.controls if key in self.settled}

    @cached_property
    def index(self) -> dict[str, tuple[Control, Rows]]:
        """Every control of the page by pointer."""
        found = {}
        for key, control in self.controls.items():
            for inner, rows in control.walk(self.answers.get(key, MISSING)):
                found[placed(inner.pointer, rows)] = (inner, rows)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Where entries are typed that people name themselves: the pointer of the row, by that of the answer."""
        groups = [(inner, rows) for inner, rows in self.index.values() if isinstance(inner, Group) and inner.entries]
        found: dict[str, str] = {}
        for group, rows in groups:
            answer = lookup(self.answers, placed(group.pointer, rows))
            found |= dict(group.entries.places(answer, rows)) if group.entries else {}
        return found

    def _typed_at(self, pointer: str) -> str:
        """The pointer under which an answer is asked for."""
        above, below = pointer, ""
        while above and above not in self.places:
            above, _, last = above.rpartition("/")
            below = f"/{last}{below}"
        return self.places[above] + below if above else pointer

    @cached_property
    def problems(self) -> list[Problem]:
        """The schema's problems with the page, and those of files that were refused."""
        refused = [*self.reception.refused, *self.reception.posted.refused.values()]
        if self.standing.is_answered(self.page_key, self.answers):
            return [*self._of_the_whole(), *refused]
        places = {problem.pointer for problem in refused}
        found = problems(self.standing.slice(self.page_key), self.answers)
        return [*(problem for problem in found if problem.pointer not in places), *refused]

    def _of_the_whole(self) -> list[Problem]:
        """Where alternatives span several fields, the verdict on all answers, as far as it is about this page."""
        if not self.standing.spec.is_alternative:
            return []
        whole = problems(self.standing.spec.schema, self.settled)
        return [problem for problem in whole if problem.field in self.answers and problem.code != "unknown"]

    @cached_property
    def fresh(self) -> frozenset[str]:
        """Questions that an answer on this page brought up and that the resident has not seen.

        A browser says which it has shown; a client that does not is asked again only for what is required.
        """
        is_told = self.reception.is_told
        wanting = {problem.pointer for problem in self.problems}
        return frozenset(
            unit.pointer
            for control in self.controls.values()
            for unit in control.units()
            if unit.pointer in self.reception.unseen
            and not isinstance(unit, Calculated)
            and (is_told or any(one == unit.pointer or one.startswith(f"{unit.pointer}/") for one in wanting))
            and lookup(self.settled, unit.pointer) is MISSING
        )

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """The messages by the pointer of the control they are shown at; "" for the page as a whole."""
        errors: dict[str, list[str]] = {}
        for pointer, message in (*self._schema_messages(), *self._check_messages("error")):
            said = errors.setdefault(pointer, [])
            if message not in said:
                said.append(message)
        return errors

    @cached_property
    def warnings(self) -> dict[str, list[str]]:
        """The form's own warnings by pointer."""
        return {pointer: [message] for pointer, message in self._check_messages("warning")}

    def _schema_messages(self) -> Iterator[tuple[str, str]]:
        for problem in self.problems:
            pointer = self._home(problem.pointer)
            if not any(pointer == one or pointer.startswith(f"{one}/") for one in self.fresh):
                yield pointer, self._message(problem, pointer)

    def _home(self, pointer: str) -> str:
        """The pointer of the control that a problem is shown at: its own, or that of what it is in."""
        pointer = self._typed_at(pointer) if self.places else pointer
        while pointer and pointer not in self.index:
            pointer = pointer.rpartition("/")[0]
        return pointer

    def _message(self, problem: Problem, pointer: str) -> str:
        if pointer not in self.index:
            return problem.message(self.language)
        control, rows = self.index[pointer]
        label = self.label(control, rows)
        if problem.code.startswith(("format", "type")):
            answer = lookup(self.settled, pointer)
            own = control.complaint(self.reception.posted, rows, answer)
            if own:
                return own.get(self.language, own["ja"]).format(label=label)
        return problem.message(self.language, label)

    def label(self, control: Control, rows: Rows) -> str:
        """The title of the field, with the number of its row."""
        title = control.question.title
        if not rows:
            return title
        return ROW_WORDS.get(self.language, ROW_WORDS["ja"]).format(title=title, number=rows[-1] + 1)

    def _check_messages(self, kind: str) -> Iterator[tuple[str, str]]:
        """The form's own checks at fields of this page; errors only once the answers are well formed."""
        checks = self.standing.checks(self.page_key, kind)
        if not checks.places or (kind == "error" and self.problems):
            return
        for problem in checks_of(self.standing.spec.document, self._facts(checks.facts), kind, checks.places):
            yield self._home(problem.pointer), problem.message(self.language)

    @property
    def is_verified(self) -> bool:
        return self.standing.is_verified(self.page_key)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """Answers, calculated values and what the office can verify."""
        return self._facts(None)

    def _facts(self, wanted: frozenset[str] | None) -> Mapping[str, Any]:
        """The same, with no other calculated values than those that are wanted."""
        return {**self.settled, **self.settlement.calculated(self.settled, self._verified, wanted), **self._verified}

    @cached_property
    def _verified(self) -> Mapping[str, Any]:
        return self.known(self.settled) if self.is_verified else {}

    def summary(self, errors: Mapping[str, list[str]]) -> list[tuple[str, str]]:
        """The id of the control and each message, in the order of the page."""
        order = {pointer: place for place, pointer in enumerate(self.index)}
        found = sorted(errors.items(), key=lambda one: order.get(one[0], -1))
        return [(html_name(pointer), message) for pointer, messages in found for message in messages]

    def accepted(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers without the leaves that the schema refuses; lists and groups stay, whatever is said of them.

        So do files that stood there before one more was refused.
        """
        refused = self.reception.refused
        wrong = [self._home(problem.pointer) for problem in self.problems if problem not in refused]
        leaves = {pointer for pointer in wrong if pointer in self.index and self.index[pointer][0].is_leaf}
        return {
            key: kept
            for key, answer in answers.items()
            if (kept := _without(answer, f"/{escaped(key)}", leaves)) is not MISSING
        }


def _without(answer: Any, pointer: str, refused: set[str]) -> Any:
    """An answer without its refused leaves; MISSING when it is one."""
    if pointer in refused:
        return MISSING
    if isinstance(answer, dict):
        found = {key: _without(one, f"{pointer}/{escaped(key)}", refused) for key, one in answer.items()}
        return {key: one for key, one in found.items() if one is not MISSING}
    if isinstance(answer, list):
        rows = [_without(one, f"{pointer}/{number}", refused) for number, one in enumerate(answer)]
        return [one for one in rows if one is not MISSING]
    return answer
