"""Rule advice (自動承認の点検): what speaks against letting rules approve, said at publication and stopping nothing.

An approval without a person rests on objective criteria, on something the office verified, and on somebody whose
authority covers it; a definition tells whether that was thought of, not whether it is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.alternatives import choices
from schemas.coverage import coverage
from schemas.possible import possible
from schemas.problems import Problem
from schemas.route_parts import walk
from schemas.staff_fields import is_entry

#: Words of a condition that read what somebody wrote.
TEXT_WORDS = {"pattern", "minLength", "maxLength"}


def advice(workflow: Mapping[str, Any], form: Mapping[str, Any] | None = None) -> list[Problem]:
    """What to think of before a checked workflow decides by rule; more can be said with a form that it decides on.

    Pointers are into the workflow.
    """
    tables = [(at, step) for at, step in walk(workflow["steps"], "/steps") if step["kind"] == "rules"]
    fields = possible(form["schema"]).get("properties", {}) if form else {}
    found = [problem for at, step in tables for problem in _of_table(step, at, fields)]
    return found + ([problem for at, step in tables for problem in _with_form(step, at, form, fields)] if form else [])


def _approving(step: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place, row in enumerate(step["table"]):
        if row["outcome"] == "approved":
            yield f"{at}/table/{place}", row


def _of_table(step: Mapping[str, Any], at: str, fields: Mapping[str, Any]) -> Iterator[Problem]:
    for here, row in _approving(step, at):
        for word in ("legal_basis", "owner"):
            if word not in row:
                yield Problem(here, f"advice_{word}", {"key": row["key"]})
        for name, schema in row["when"].items():
            if _is_free_text(schema, fields.get(name)):
                yield Problem(f"{here}/when", "advice_free_text", {"key": row["key"], "name": name})
    if "sample_percent" not in step:
        yield Problem(at, "advice_sample", {"key": step["key"]})
    if step.get("hit") == "unique":
        for overlap in coverage(step["table"], fields).overlaps:
            texts = {language: _overlap(overlap, language) for language in ("ja", "en")}
            yield Problem(f"{at}/table", "advice_overlap", {"texts": texts})


def _overlap(overlap: Any, language: str) -> str:
    where, (first, second) = overlap.region.message(language), overlap.rows
    if language == "ja":
        return f"「{first}」と「{second}」の両方に当てはまる案件は人に回ります（{where}）"
    return f"What both “{first}” and “{second}” cover goes to a person ({where})"


def _is_free_text(schema: Any, field: Any) -> bool:
    if isinstance(schema, dict) and TEXT_WORDS & schema.keys():
        return True
    is_text = isinstance(field, dict) and field.get("type") == "string" and not choices(field)
    return is_text and "format" not in field


def _with_form(
    step: Mapping[str, Any], at: str, form: Mapping[str, Any], fields: Mapping[str, Any]
) -> Iterator[Problem]:
    verified, known = set(form.get("facts", {})), {*fields, *form.get("calculations", {}), *form.get("facts", {})}
    if form["procedure"].get("identity") == "L0":
        yield Problem(at, "advice_identity", {"key": step["key"]})
    for here, row in _approving(step, at):
        if not verified & row["when"].keys() and not any(map(is_entry, row["when"])):
            yield Problem(f"{here}/when", "advice_verified", {"key": row["key"]})
        for name in row["when"]:
            if not name.startswith("/") and name not in known and not is_entry(name):
                yield Problem(f"{here}/when", "advice_unknown", {"key": row["key"], "name": name})
