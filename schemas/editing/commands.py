"""Commands (操作): what a builder does to a form or a route, one step at a time. A command is an object, `{"do": …}`.

`edited(document, command)` gives the document after it. It raises CommandRefused, with words for the builder, where a
command does not fit; the document then stays as it was.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from schemas.editing import (
    bound_commands,
    branch_commands,
    calculation_commands,
    check_commands,
    column_commands,
    consent_commands,
    content_commands,
    field_commands,
    kind_commands,
    page_commands,
    rule_commands,
    staff_field_commands,
    step_commands,
    text_commands,
)
from schemas.editing.draft import Draft
from schemas.editing.homes import Document
from schemas.editing.refusal import CommandRefused

__all__ = ["COMMANDS", "ROUTE_COMMANDS", "CommandRefused", "commands_for", "edited"]

Command = Mapping[str, Any]

Verb = Callable[..., None]
FORM_ROOMS = (
    page_commands, field_commands, kind_commands, column_commands, bound_commands, consent_commands, content_commands,
    branch_commands, calculation_commands, check_commands, text_commands,
)  # fmt: skip
ROUTE_ROOMS = (step_commands, rule_commands, staff_field_commands)


def _verbs(rooms: tuple[ModuleType, ...]) -> Mapping[str, Verb]:
    """The commands of some modules: their public functions whose first argument is a draft."""
    return {
        name: function
        for room in rooms
        for name, function in vars(room).items()
        if inspect.isfunction(function) and function.__module__ == room.__name__ and _is_verb(function, name)
    }


def _is_verb(function: Verb, name: str) -> bool:
    return not name.startswith("_") and inspect.get_annotations(function).get("return") == "None"


#: Each command on a form by its name, and each on a route, with the function that carries it out on a draft.
COMMANDS = _verbs(FORM_ROOMS)
ROUTE_COMMANDS = {**_verbs(ROUTE_ROOMS), "translate": text_commands.translate}


def commands_for(document: Document) -> Mapping[str, Verb]:
    """The commands that a document of its kind takes."""
    return ROUTE_COMMANDS if "workflow" in document else COMMANDS


def edited(document: Document, command: Command) -> Document:
    """The document after the command. Raises CommandRefused."""
    given = dict(command)
    function = commands_for(document).get(str(given.pop("do", "")))
    if function is None:
        raise CommandRefused("edit_unknown", {"command": command.get("do", "")})
    draft = Draft(document)
    try:
        inspect.signature(function).bind(draft, **given)
    except TypeError as wrong:
        raise CommandRefused("edit_arguments", {"command": command["do"]}) from wrong
    function(draft, **given)
    return draft.finished()
