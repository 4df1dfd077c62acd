"""Facts (事実): the answers, what is calculated from them, and what the office can verify about them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from forms_engine import registers, reservations
from forms_engine.spec import FormSpec
from schemas.effective import prune

#: A calculated answer may make fields appear on which others are calculated; deeper chains do not occur in practice.
ROUNDS = 4


def settled(spec: FormSpec, answers: Mapping[str, Any], today: date, application_id: UUID) -> dict[str, Any]:
    """The answers as they count: none of a field that does not exist, and calculated ones from the server alone.

    Whatever a browser sent for a calculated field is dropped first.
    """
    if not spec.is_calculated_with_facts:
        return spec.settled(answers, today)
    given = {key: value for key, value in answers.items() if key not in spec.calculations}
    result: dict[str, Any] = prune(spec.schema, given)
    for _round in range(ROUNDS):
        before, result = result, _completed(spec, given, result, today, application_id)
        if result == before:
            break
    return result


def _completed(
    spec: FormSpec, given: Mapping[str, Any], answers: Mapping[str, Any], today: date, application_id: UUID
) -> dict[str, Any]:
    fields = spec.plan.layout(answers).properties
    known = calculated(spec, answers, today, verified(spec, answers, today, application_id))
    return prune(spec.schema, {**given, **{key: value for key, value in known.items() if key in fields}})


def calculated(
    spec: FormSpec, answers: Mapping[str, Any], today: date, known: Mapping[str, bool] | None = None
) -> dict[str, Any]:
    """What the form calculates from these answers and verified facts on this day, whether a field or only a fact.

    A value that cannot be calculated yet is left out, so no condition on it holds.
    """
    values = spec.calculated({**answers, **(known or {})}, today)
    return {name: value for name, value in values.items() if value is not None}


def facts(spec: FormSpec, answers: Mapping[str, Any], today: date, application_id: UUID) -> dict[str, Any]:
    """What conditions may look at."""
    known = verified(spec, answers, today, application_id)
    return {**answers, **calculated(spec, answers, today, known), **known}


def verified(spec: FormSpec, answers: Mapping[str, Any], today: date, application_id: UUID) -> dict[str, bool]:
    """What the office's own registers and reservations say; true or false, never unknown."""
    return {name: _verify(provider, answers, today, application_id) for name, provider in spec.facts.items()}


def _verify(provider: Mapping[str, Any], answers: Mapping[str, Any], today: date, application_id: UUID) -> bool:
    if provider["kind"] == "reservation":
        return reservations.fact(provider, answers, application_id)
    return registers.fact(provider, answers, today)
