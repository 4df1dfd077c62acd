"""Trying a formula (ためし): its result for sample answers, as it is typed; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_engine.builder_desk.comparisons import answers_of, number, schema_of
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from schemas.calculation_words import with_names
from schemas.calculations import check, evaluate
from schemas.editing import CommandRefused
from schemas.editing.usage import read_by, title_of
from schemas.formulas import FormulaRefused, Names, read_formula
from schemas.possible import possible
from schemas.wording import value_in_words

Document = Mapping[str, Any]
NAME = "trial__"


@dataclass(frozen=True)
class Sample:
    """One answer that a formula reads: with which value it is tried, and between which values one may choose."""

    key: str
    title: str
    value: Any
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return NAME + self.key

    @property
    def text(self) -> str:
        return str(self.value)


@require_POST
@for_builders
def trial(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """The result of the posted formula, or in words what is wrong with it, and where."""
    document = manuscript_or_404(request.user, draft_id).document
    field, text = request.POST.get("field", ""), request.POST.get("formula", "")
    try:
        expression = read_formula(text, Names(document))
    except FormulaRefused as refused:
        context = {"trouble": refused.problem.message(_language()), "at": text[refused.start : refused.end]}
        return render(request, "builder_desk/_trial.html", context)
    return render(request, "builder_desk/_trial.html", _tried(document, field, expression, request.POST))


def _tried(document: Document, field: str, expression: Any, posted: QueryDict) -> dict[str, Any]:
    schema = possible(document["schema"])
    calculations = {**document.get("calculations", {}), field or "result": expression}
    own = [one for one in check(calculations, schema, {}) if one.pointer.split("/")[1:2] == [field or "result"]]
    if own:
        named = with_names(own[0], {**document, "calculations": calculations})
        return {"trouble": named.message(_language())}
    samples = list(_samples(document, expression, posted))
    answers = {one.key: one.value for one in samples if one.value is not None}
    result = evaluate(calculations, answers, schema, localdate()).get(field or "result")
    words = _("この答えでは計算できません") if result is None else value_in_words(result, _language())
    return {"samples": [one for one in samples if _is_plain(one.value)], "result": words}


def _samples(document: Document, expression: Any, posted: QueryDict) -> Iterator[Sample]:
    """An answer for everything that the formula reads, through other calculations too."""
    for key in sorted(_read(document, expression, set())):
        schema = schema_of(document, key)
        if not schema:
            continue
        offered = answers_of(schema)
        choices = tuple((str(value), label) for value, label in offered)
        usual = offered[0][0] if offered else _usual(schema)
        if schema.get("type") == "array":
            usual = [usual] if offered else []
        yield Sample(key, title_of(dict(document), key), _given(posted, key, schema, usual), choices)


def _read(document: Document, expression: Any, seen: set[str]) -> set[str]:
    calculations = document.get("calculations", {})
    names = read_by(expression)
    deeper = [name for name in names if name in calculations and name not in seen]
    seen |= names
    return names.union(*(_read(document, calculations[name], seen) for name in deeper)) - {*deeper}


def _usual(schema: Mapping[str, Any]) -> Any:
    if schema.get("type") in ("integer", "number"):
        return max(1, schema.get("minimum", 1))
    if schema.get("format") == "date":
        return localdate().isoformat()
    return {"string": "09:00" if schema.get("format") == "time" else "例", "boolean": True}.get(schema.get("type", ""))


def _given(posted: QueryDict, key: str, schema: Mapping[str, Any], usual: Any) -> Any:
    text = posted.get(NAME + key)
    if text is None or not _is_plain(usual):
        return usual
    if answers_of(schema):
        return next((value for value, _label in answers_of(schema) if str(value) == text), usual)
    try:
        return number(text) if schema.get("type") in ("integer", "number") else text
    except CommandRefused:
        return None


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _language() -> str:
    return get_language() or "ja"
