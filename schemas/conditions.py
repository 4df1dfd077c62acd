"""Conditions (条件): a JSON Schema over facts, `{"copies": {"maximum": 3}}`. It holds when every named fact is present
and valid. The same shape serves a branch of a workflow, a row of a rule table and a check of a form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from schemas.pointers import MISSING, lookup
from schemas.predicates import Predicate
from schemas.references import closed
from schemas.validation import whole_verdict
from schemas.wording import in_words, reason

Condition = Mapping[str, Any]
Facts = Mapping[str, Any]

SENTENCES = {
    "held": {"ja": "{title}: {wanted}", "ja-easy": "{title}は {wanted}。 あって います", "en": "{title}: {wanted}"},
    "missing": {
        "ja": "{title}: 分からないため確かめられません(条件: {wanted})",
        "ja-easy": "{title}が わかりません(ひつよう: {wanted})",
        "en": "{title}: not known, so it could not be checked (asked for: {wanted})",
    },
    "failed": {
        "ja": "{title}: 条件を満たしていません(条件: {wanted})",
        "ja-easy": "{title}が あって いません(ひつよう: {wanted})",
        "en": "{title}: does not meet the condition (asked for: {wanted})",
    },
}


@dataclass(frozen=True)
class Finding:
    """What was found about one fact that a condition names.

    `code` is "held", "missing" or why not ("too_large", "choice" …). `params` are JSON values: the fact's title and the
    part of the condition about it ("when"). The fact's own value is never in a finding: who may read why a rule did not
    apply need not be allowed to read the answer.
    """

    fact: str
    held: bool
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str = "ja", titles: Mapping[str, str] | None = None) -> str:
        """One line for the person who asks why; `titles` in that language replace those the finding was made with."""
        known = {**self.params.get("titles", {}), **(titles or {})}
        kind = self.code if self.code in ("held", "missing") else "failed"
        texts = SENTENCES[kind]
        wanted = in_words(self.params.get("when", {}), language, self.fact, known)
        return texts.get(language, texts["ja"]).format(title=known.get(self.fact, self.fact), wanted=wanted)

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON object, to be kept with a decision; Finding(**object) is the way back."""
        return {"fact": self.fact, "held": self.held, "code": self.code, "params": dict(self.params)}


@dataclass(frozen=True)
class Clause:
    """What a condition asks of one fact: ``wanted`` with all that it refers to, ``is_met`` the verdict on a fact."""

    wanted: Any
    is_met: Predicate


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether every fact that the condition names is present and valid; the empty condition always holds."""
    for name, schema in condition.items():
        fact = fact_of(facts, name)
        if fact is MISSING or not _clause(json.dumps(schema)).is_met(fact):
            return False
    return True


def explain(condition: Condition, facts: Facts, titles: Mapping[str, str] | None = None) -> list[Finding]:
    """One finding for every fact that the condition names, in its order; all are held exactly when it holds.

    `titles` gives the title of a fact by its name, and of a choice by "name=value" ("purpose=loan": "ローン").
    """
    return [_finding(name, schema, facts, titles or {}) for name, schema in condition.items()]


def fact_of(facts: Facts, name: str) -> Any:
    """The fact of a name or, for a name that begins with a slash, at that pointer; MISSING when unknown or null."""
    found = lookup(dict(facts), name) if name.startswith("/") else facts.get(name, MISSING)
    return MISSING if found is None else found


def _finding(name: str, schema: Any, facts: Facts, titles: Mapping[str, str]) -> Finding:
    fact, clause = fact_of(facts, name), _clause(json.dumps(schema))
    params = {"titles": dict(_about(name, titles)), "when": clause.wanted}
    if fact is MISSING:
        return Finding(name, False, "missing", params)
    held = clause.is_met(fact)
    return Finding(name, held, "held" if held else reason(schema, fact), params)


@lru_cache(maxsize=512)
def _clause(text: str) -> Clause:
    """From a cache keyed by the JSON text: a changed condition is another one."""
    schema = json.loads(text)
    return Clause(closed(schema), whole_verdict(schema))


def _about(name: str, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((key, title) for key, title in titles.items() if key == name or key.startswith(f"{name}="))
