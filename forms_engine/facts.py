"""Facts (事実): the answers, what is calculated from them, and what the office can verify about them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from forms_engine import registers, reservations
from forms_engine.settlement import Settlement
from forms_engine.spec import FormSpec
from schemas.effective import prune

#: A calculated answer may make fields appear on which others are calculated; deeper chains do not occur in practice.
ROUNDS = 4


def settled(settlement: Settlement, answers: Mapping[str, Any], application_id: UUID) -> dict[str, Any]:
    """The answers as they count: none of a field that does not exist, and calculated ones from the server alone.

    Whatever a browser sent for a calculated field is dropped first.
    """
    spec = settlement.spec
    if not spec.is_calculated_with_facts:
        return settlement.settle(answers)
    given = {key: value for key, value in answers.items() if key not in spec.calculations}
    result: dict[str, Any] = prune(spec.schema, given)
    for _round in range(ROUNDS):
        before, result = result, _completed(settlement, given, result, application_id)
        if result == before:
            break
    return result


def _completed(
    settlement: Settlement, given: Mapping[str, Any], answers: Mapping[str, Any], application_id: UUID
) -> dict[str, Any]:
    spec = settlement.spec
    fields = spec.plan.layout(answers).properties
    known = calculated(settlement, answers, verified(spec, answers, settlement.today, application_id))
    return prune(spec.schema, {**given, **{key: value for key, value in known.items() if key in fields}})


def calculated(settlement: Settlement, answers: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What the form calculates from these answers and verified facts on this day, whether a field or only a fact.

    A value that cannot be calculated yet is left out, so no condition on it holds.
    """
    values = settlement.calculated(answers, known)
    return {name: value for name, value in values.items() if value is not None}


def facts(settlement: Settlement, answers: Mapping[str, Any], application_id: UUID) -> dict[str, Any]:
    """What conditions may look at."""
    known = verified(settlement.spec, answers, settlement.today, application_id)
    return {**answers, **calculated(settlement, answers, known), **known}


def verified(spec: FormSpec, answers: Mapping[str, Any], today: date, application_id: UUID) -> dict[str, bool]:
    """What the office's own registers and reservations say; true or false, never unknown."""
    return {name: _verify(provider, answers, today, application_id) for name, provider in spec.facts.items()}


def _verify(provider: Mapping[str, Any], answers: Mapping[str, Any], today: date, application_id: UUID) -> bool:
    if provider["kind"] == "reservation":
        return reservations.fact(provider, answers, application_id)
    return registers.fact(provider, answers, today)
