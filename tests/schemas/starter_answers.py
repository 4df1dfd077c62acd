"""What tests of the starters share: people with hard names, and what a form says to their answers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator

import schemas
from schemas.calculations import evaluate
from schemas.conditions import holds
from schemas.effective import effective
from schemas.formats import FORMAT_CHECKER
from schemas.validation import problems
from schemas.vocabulary import REGISTRY

Answers = dict[str, Any]

TODAY = date(2026, 11, 24)
PERSON = {
    "family_name": "髙﨑",
    "given_name": "葛\U000e0100𠮷",
    "family_name_kana": "タカサキ",
    "given_name_kana": "カツヨシ",
    "date_of_birth": "1980-12-31",
}
ADDRESS = {"postal_code": "1000001", "prefecture": "東京都", "city": "千代田区", "town": "千代田", "block": "1-1"}
CERTIFICATE = {
    "id": "3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",
    "name": "注射済証（葛\U000e0100）.jpg",
    "media_type": "image/jpeg",
    "size": 2_500_000,
    "sha256": "0123456789abcdef" * 4,
}


def form(name: str) -> Answers:
    return schemas.starter("forms", name)


def answered(base: Answers, changes: Answers) -> Answers:
    """The base answers with changes; None takes an answer away."""
    return {key: value for key, value in (base | changes).items() if value is not None}


def wrong(name: str, answers: Answers) -> list[str]:
    """The pointers of what is wrong, after making sure that any validator of JSON Schema says the same."""
    schema = form(name)["schema"]
    plain = Draft202012Validator(schema, registry=REGISTRY, format_checker=FORMAT_CHECKER)
    found = sorted({problem.pointer for problem in problems(schema, answers)})
    assert plain.is_valid(answers) == (not found)
    return found


def wrong_fields(name: str, answers: Answers) -> list[str]:
    """The top-level fields in which something is wrong."""
    return sorted({pointer.split("/")[1] for pointer in wrong(name, answers)})


def facts(name: str, answers: Answers, verified: Answers | None = None, today: date = TODAY) -> Answers:
    """Answers, what is calculated from them, and what a register or the reservations are taken to say."""
    document = form(name)
    calculated = evaluate(document["calculations"], answers | (verified or {}), document["schema"], today)
    return answers | calculated | (verified or {})


def settled(name: str, answers: Answers) -> Answers:
    """The answers with the calculated fields that they bring up."""
    known = facts(name, answers)
    return {key: known[key] for key in effective(form(name)["schema"], known)["properties"] if key in known}


def told(name: str, known: Answers) -> Answers:
    """The keys of the form's own checks that speak up, with their kinds."""
    return {problem.params["key"]: problem.params["kind"] for problem in schemas.checks_of(form(name), known)}


def is_approved_by_rule(name: str, known: Answers) -> bool:
    return any(holds(row["when"], known) for row in schemas.starter("workflows", name)["steps"][0]["table"])


def asked(name: str, known: Answers) -> list[str]:
    """Whom the route of the form asks, in order, where no rule decides: "department/role", "fact/role" or "role"."""
    workflow = schemas.starter("workflows", form(name)["procedure"]["workflow"])
    return [_named(by) for by in _people(workflow["steps"], known)]


def _people(steps: list[Answers], known: Answers) -> Iterator[Answers]:
    for step in steps:
        if step["kind"] == "choice":
            yield from _people(_chosen(step["cases"], known)["steps"], known)
        elif "authority" in step:
            yield _chosen(step["authority"], known)["by"]
        else:
            yield from [one["by"] for one in step.get("members", [])] + [
                step[key] for key in ("by", "to") if key in step
            ]


def _chosen(rows: list[Answers], known: Answers) -> Answers:
    return next(row for row in rows if holds(row.get("when", {}), known))


def _named(by: Answers) -> str:
    return "/".join(by[key] for key in ("department", "fact", "role") if key in by).removeprefix("/")
