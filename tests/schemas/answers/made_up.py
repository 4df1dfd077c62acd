"""Answers made up from a schema: the first choice, the shortest list, only what is required."""

from __future__ import annotations

from datetime import date
from typing import Any

from schemas.effective import effective, prune

#: What a text of a format may say; another text says ``WORDS``.
TEXTS = {
    "name": "髙﨑",
    "kana": "タカサキ",
    "postal-code": "1000001",
    "phone": "03-1234-5678",
    "email": "taro@example.jp",
    "time": "10:00",
    "bank-code": "0001",
    "branch-code": "001",
    "account-number": "1234567",
    "bank-kana": "ﾀｶｻｷ",
}
WORDS = "回答"
FILE = {
    "id": "3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",
    "name": "書類.pdf",
    "media_type": "application/pdf",
    "size": 120_000,
    "sha256": "0123456789abcdef" * 4,
}


def made_up(schema: dict[str, Any], today: date) -> dict[str, Any]:
    """Answers to what is asked, and to what these answers bring up in turn, in groups and rows too."""
    before, answers = None, dict[str, Any]()
    while answers != before:
        before, answers = answers, prune(schema, _completed(effective(schema, answers), answers, today))
    return answers


def _completed(standing: dict[str, Any], answers: dict[str, Any], today: date) -> dict[str, Any]:
    """The answers with what is still asked for."""
    completed = dict(answers)
    for key, field in standing["properties"].items():
        if key in answers and "properties" in field and field.get("x-vocabulary") != "file":
            completed[key] = _completed(field, answers[key], today)
        elif key not in answers and key in standing.get("required", ()):
            completed[key] = _answer(field, today)
    return completed


def _answer(schema: dict[str, Any], today: date) -> Any:
    if "const" in schema:
        return schema["const"]
    if "enum" in schema or "oneOf" in schema:
        return schema["enum"][0] if "enum" in schema else schema["oneOf"][0]["const"]
    return MADE[schema.get("type", "string")](schema, today)


def _object(schema: dict[str, Any], today: date) -> dict[str, Any]:
    return FILE if schema.get("x-vocabulary") == "file" else _completed(schema, {}, today)


def _list(schema: dict[str, Any], today: date) -> list[Any]:
    row = made_up({"type": "object", "properties": {"row": schema["items"]}, "required": ["row"]}, today)["row"]
    return [row for _ in range(schema.get("minItems", 0))]


def _text(schema: dict[str, Any], today: date) -> str:
    if schema.get("format") == "date":
        return today.replace(year=today.year - 40, day=1).isoformat()
    return TEXTS.get(schema.get("format", ""), WORDS)


def _number(schema: dict[str, Any], today: date) -> Any:
    return schema.get("minimum", 1)


MADE = {
    "object": _object,
    "array": _list,
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda schema, today: False,
}
