"""The spec of a form: its document as the engine reads it, and the form as it stands for given answers.

Everything here is built once for a version and kept; a request asks `FormSpec.standing` what the answers make of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from forms_engine.edition import Edition
from forms_engine.edition import Page as Page
from forms_engine.languages import interface
from forms_engine.standing import Standing
from schemas import Problem
from schemas.adoption import adopted
from schemas.calculations import Program, program
from schemas.consents import versions_of
from schemas.effective import Layout, Plan, plan_of, prune
from schemas.fragments import Fragment
from schemas.possible import possible
from schemas.predicates import Predicate
from schemas.translations import text_of
from schemas.validation import problems, whole_verdict
from schemas.variables import variables

# Outcomes of all conditions of a form that are kept ready in one language.
STANDINGS = 128
ROUNDS = 4
SPANNING = frozenset({"not", "oneOf", "anyOf", "minProperties", "maxProperties", "propertyNames", "const", "enum"})


@dataclass(frozen=True, eq=False)
class FormSpec:
    """A form version's document. `document` and all that is read from it is shared: do not change it."""

    document: Mapping[str, Any]
    editions: dict[str, Edition] = field(default_factory=dict, repr=False)
    standings: OrderedDict[Any, Standing] = field(default_factory=OrderedDict, repr=False)

    @classmethod
    def load(cls, document: Mapping[str, Any]) -> FormSpec:
        """The spec of a form document; any JSON Schema document is one too (see schemas.adoption)."""
        return cls(document if "schema" in document else adopted(document))

    @property
    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = self.document["schema"]
        return schema

    @property
    def title(self) -> str:
        return str(self.document.get("title", ""))

    @property
    def calculations(self) -> Mapping[str, Any]:
        return self.document.get("calculations", {})

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.document.get("facts", {})

    @property
    def is_internal(self) -> bool:
        """Whether staff draft it (起案), so that residents never see it."""
        return "internal" in (self.procedure.get("kind"), self.procedure.get("mode"))

    @property
    def procedure(self) -> Mapping[str, Any]:
        return self.document.get("procedure", {})

    @cached_property
    def consents(self) -> dict[str, tuple[str, str]]:
        """Version and digest of each text that people agree to."""
        return versions_of(self.document)

    @property
    def presentation(self) -> Mapping[str, Any]:
        return self.document.get("presentation", {})

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages, in Japanese, with those fields that no page names on the last one."""
        return self.edition("ja").pages

    def text(self, pointer: str, language: str = "ja") -> str:
        """The text at a pointer into the document; where there is no translation, as the interface would say it."""
        return text_of(self.document, pointer, language, interface(language))

    def edition(self, language: str) -> Edition:
        """The form in one language; one that it does not have is that of the interface."""
        known = language if language in self.document.get("translations", ()) else interface(language)
        found = self.editions.get(known)
        if found is None:
            found = self.editions[known] = Edition.of(self.document, known)
        return found

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.schema)

    def standing(self, answers: Mapping[str, Any], language: str = "ja") -> Standing:
        """The form as it stands for answers, in a language."""
        edition = self.edition(language)
        layouts = list(_layouts(edition.plan, answers))
        key = (id(edition), *map(id, layouts))
        found = self.standings.get(key)
        if found is None:
            resolved, layout = edition.plan.resolved(answers), edition.plan.layout(answers)
            found = self.standings[key] = Standing(self, edition, resolved, layouts, layout)
            if len(self.standings) > STANDINGS:
                self.standings.popitem(last=False)
        return found

    def calculated(
        self, answers: Mapping[str, Any], today: date, wanted: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """What the form calculates from these answers on this day, fields and mere facts; all, or what is wanted."""
        asked = self.program if wanted is None else self.program.only(wanted)
        return asked.run(answers, today) if asked.steps else {}

    @cached_property
    def program(self) -> Program:
        return program(self.calculations)

    @cached_property
    def is_calculated_with_facts(self) -> bool:
        """Whether a calculation may look at something verified; where none does, nothing need be looked up for it."""
        read = {pointer.split("/")[1] for pointer in variables(list(self.calculations.values()), {}) if "/" in pointer}
        return not read.isdisjoint(self.facts)

    @cached_property
    def verdict(self) -> Predicate:
        """Whether the answers as a whole are what the schema asks for."""
        return whole_verdict(self.schema)

    def problems(self, answers: Mapping[str, Any]) -> list[Problem]:
        """Everything that the schema finds wrong with the answers as a whole."""
        return [] if self.verdict(answers) else problems(self.schema, answers)

    def settled(self, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
        """The answers as they count: none of a field that does not exist, and calculated ones from the server alone."""
        given = {key: answer for key, answer in answers.items() if key not in self.calculations}
        result = self._pruned(given)
        for _ in range(self._rounds):
            before, result = result, self._completed(given, result, today)
            if result == before:
                break
        return result

    @cached_property
    def _rounds(self) -> int:
        """How often a calculated answer may bring up a field on which others are calculated."""
        looked_at = {pointer.split("/")[1] for pointer in self.edition("ja").controlling}
        return 0 if not self.calculations else 1 if looked_at.isdisjoint(self.calculations) else ROUNDS

    def _completed(self, given: Mapping[str, Any], answers: Mapping[str, Any], today: date) -> dict[str, Any]:
        fields = self.plan.layout(answers).properties
        values = self._field_program.run(answers, today).items()
        found = {key: value for key, value in values if key in fields and value is not None}
        # Where no condition looks at a calculated answer, none of the others comes or goes with it.
        return {**answers, **found} if self._rounds == 1 else self._pruned({**given, **found})

    @cached_property
    def _field_program(self) -> Program:
        """What calculates fields; facts that only rules and checks see are left for those who ask for them."""
        return self.program.only(frozenset(self.calculations).intersection(self.fields))

    def _pruned(self, answers: dict[str, Any]) -> dict[str, Any]:
        """schemas.effective.prune; most answers have nothing to lose, which the compiled schema tells at once."""
        return answers if self.plan.is_whole(answers) else prune(self.schema, answers)

    @cached_property
    def is_alternative(self) -> bool:
        """Whether something beyond single fields is asked of the whole, which a page alone cannot be judged by."""
        return _spans_fields(self.plan.fragment)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """Every top-level field that any answers can bring into existence, with what is always true of it."""
        found: dict[str, Any] = possible(self.schema).get("properties", {})
        return found

    def takes_files(self, page_key: str) -> bool:
        """Whether a field of the page can take files, for any answers."""
        return page_key in self._pages_with_files

    @cached_property
    def _pages_with_files(self) -> frozenset[str]:
        taking = {key for key, schema in self.fields.items() if _takes_files(schema)}
        return frozenset(page.key for page in self.pages if not taking.isdisjoint(page.fields))

    def is_verified(self, page: Page) -> bool:
        """Whether a calculated value or a check on the page looks at what only the office's own records say."""
        checks = [one["when"] for one in self.document.get("checks", ()) if one.get("field", "")[1:] in page.fields]
        used = {pointer.strip("/") for pointer in self.recalculating(page)} | {name for when in checks for name in when}
        named = {inner for name in used for inner in (name, *self._behind(name))}
        return not named.isdisjoint(self.facts)

    def _behind(self, name: str) -> Iterator[str]:
        """The names that a calculation reads."""
        return (pointer.strip("/") for pointer in variables(self.calculations.get(name, []), self.calculations))

    def recalculating(self, page: Page) -> frozenset[str]:
        """The answers that change a calculated value shown on the page, or which content stands there."""
        shown = [self.calculations[key] for key in page.fields if key in self.calculations]
        shown += [{"var": name} for block in self.edition("ja").blocks(page) for name in block.looks_at]
        return frozenset(variables(shown, self.calculations))


def _takes_files(schema: Any) -> bool:
    if isinstance(schema, Mapping):
        return schema.get("x-vocabulary") == "file" or any(_takes_files(inner) for inner in schema.values())
    return isinstance(schema, list) and any(_takes_files(inner) for inner in schema)


def _spans_fields(whole: Fragment) -> bool:
    """Whether a schema says of an object what cannot be said of its properties one by one."""
    return not SPANNING.isdisjoint(whole.keywords) or any(
        _spans_fields(branch) for switch in whole.switches for branch in switch.branches
    )


def _layouts(plan: Plan, answers: Any) -> Iterator[Layout]:
    """The layouts that answers choose, at every depth where they can choose."""
    if plan.is_static:
        return
    layout = plan.layout(answers)
    yield layout
    given = answers if isinstance(answers, Mapping) else {}
    for name, inner in layout.moving:
        yield from _layouts(inner, given.get(name, {}))
