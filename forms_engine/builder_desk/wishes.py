"""What a builder wishes: the fields of a small form read into a command (schemas.editing.COMMANDS)."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import QueryDict

from schemas.editing import COMMANDS, CommandRefused

Reader = Callable[[QueryDict, str], Any]


def command(posted: QueryDict) -> dict[str, Any]:
    """The command that was posted, with the arguments that it takes. Raises CommandRefused for what is no command."""
    name = posted.get("do", "")
    function = COMMANDS.get(name)
    if function is None:
        raise CommandRefused("edit_unknown", {"command": name})
    code = function.__code__
    takes = code.co_varnames[1 : code.co_argcount]
    return {"do": name, **dict(_arguments(posted, takes))}


def _arguments(posted: QueryDict, takes: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in takes:
        if name == "choices" and "choice_title" in posted:
            yield name, _choices(posted)
        elif name == "value" and "value_type" in posted:
            yield name, _typed(posted)
        elif name in posted or name in ALWAYS:
            yield name, READERS.get(name, _text)(posted, name)


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n")


def _whole(posted: QueryDict, name: str) -> int | None:
    text = posted.get(name, "")
    return int(text) if text.lstrip("-").isdigit() and len(text) < 10 else None


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
    place = posted.get("choice_up", "")
    if place.isdigit() and 0 < int(place) < len(rows):
        rows[int(place) - 1 : int(place) + 1] = reversed(rows[int(place) - 1 : int(place) + 1])
    gone = posted.get("choice_gone", "")
    if gone.isdigit() and int(gone) < len(rows):
        del rows[int(gone)]
    return rows


def _typed(posted: QueryDict) -> Any:
    """A limit or an entry of the procedure, as the type that its place asks for; nothing takes it away."""
    text, kind = posted.get("value", "").strip(), posted.get("value_type")
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    if kind == "boolean":
        return text not in ("", "0", "false") or None
    if text == "":
        return None
    return _number(text) if kind in ("integer", "working_days") else text


def _number(text: str) -> int | float:
    """A number as it was typed, full-width digits and separators included."""
    try:
        plain = text.replace(",", "").replace("，", "")
        return float(plain) if "." in plain else int(plain)
    except ValueError as wrong:
        raise CommandRefused("edit_number", {"text": text}) from wrong


ALWAYS = ("required",)
READERS: Mapping[str, Reader] = {
    "at": _whole,
    "to": _whole,
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
