"""What a builder wishes: the fields of a small form read into a command (schemas.editing.COMMANDS)."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import QueryDict

from forms_engine.builder_desk.comparisons import compared, number
from schemas.editing import CommandRefused
from schemas.editing.commands import commands_for
from schemas.formulas import Names, read_formula

Reader = Callable[[QueryDict, str], Any]
Document = Mapping[str, Any]


def command(posted: QueryDict, document: Document) -> dict[str, Any]:
    """The command that was posted, with the arguments that it takes. Raises CommandRefused, FormulaRefused."""
    name = posted.get("do", "")
    function = commands_for(dict(document)).get(name)
    if function is None:
        raise CommandRefused("edit_unknown", {"command": name})
    code = function.__code__
    takes = code.co_varnames[1 : code.co_argcount]
    return {"do": name, **dict(_arguments(posted, takes, document))}


def _arguments(posted: QueryDict, takes: tuple[str, ...], document: Document) -> Iterator[tuple[str, Any]]:
    for name in takes:
        if name == "choices" and "choice_title" in posted:
            yield name, _choices(posted)
        elif name == "expression" and "formula" in posted:
            yield name, read_formula(posted.get("formula", ""), Names(document))
        elif name == "when" and "comparison" in posted:
            fact = posted.get("by") or posted.get("fact", "")
            yield name, compared(document, fact, posted.get("comparison", ""), posted.get("compared", ""))
        elif name == "value" and "value_type" in posted:
            yield name, typed(posted)
        elif name in posted or f"{name}_offered" in posted:  # a tick that is taken away is not sent
            yield name, READERS.get(name, _text)(posted, name)


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n")


def whole(posted: QueryDict, name: str) -> int | None:
    """A posted whole number; None for anything else."""
    text = posted.get(name, "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else None


def _truth(posted: QueryDict, name: str) -> bool:
    return posted.get(name, "") not in ("", "0", "false")


def _list(posted: QueryDict, name: str) -> list[str]:
    return posted.getlist(name)


def _json(posted: QueryDict, name: str) -> Any:
    try:
        return json.loads(posted.get(name, ""))
    except ValueError as wrong:
        raise CommandRefused("edit_arguments", {"command": posted.get("do", "")}) from wrong


def _choices(posted: QueryDict) -> list[dict[str, str]]:
    """Rows of the editor of choices in their order; a row whose title is empty is taken away."""
    values, titles = posted.getlist("choice_value"), posted.getlist("choice_title")
    rows = [{"value": value, "title": title} for value, title in zip(values, titles, strict=False) if title.strip()]
    up, down = whole(posted, "choice_up"), whole(posted, "choice_down")
    upper = up - 1 if up is not None else down
    if upper is not None and 0 <= upper < len(rows) - 1:
        rows[upper : upper + 2] = reversed(rows[upper : upper + 2])
    gone = whole(posted, "choice_gone")
    if gone is not None and 0 <= gone < len(rows):
        del rows[gone]
    return _pasted(rows, lines) if (lines := posted.get("choice_lines", "")).strip() else rows


def _pasted(rows: list[dict[str, str]], text: str) -> list[dict[str, str]]:
    """One choice a line, in place of what is there; a choice that stays keeps its value."""
    values = {row["title"]: row["value"] for row in rows}
    lines = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    return [{"value": values.get(line, ""), "title": line} for line in lines]


def typed(posted: QueryDict) -> Any:
    """A limit or an entry of the procedure, as the type that its place asks for; nothing takes it away."""
    text, kind = posted.get("value", "").strip().replace("\r\n", "\n"), posted.get("value_type")
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    if kind == "boolean":
        return text not in ("", "0", "false") or None
    if text == "":
        return None
    if kind == "fee":
        return number(text) if text.replace(",", "").isdecimal() else text
    if kind == "working_days":
        return {"working_days": number(text)}
    return number(text) if kind == "integer" else text


READERS: Mapping[str, Reader] = {
    "at": whole,
    "to": whole,
    "days": whole,
    "branch": whole,
    "required": _truth,
    "fields": _list,
    "when": _json,
    "expression": _json,
}


def seen(posted: QueryDict) -> dict[str, Any]:
    """What the builder saw in the places that the command replaces: `seen` names a pointer, `was` is its JSON value."""
    pairs = zip(posted.getlist("seen"), posted.getlist("was"), strict=False)
    return {pointer: json.loads(value) for pointer, value in pairs if pointer.startswith("/") and _is_json(value)}


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
