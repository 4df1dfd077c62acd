"""Commands (操作): what a builder does to a form, one small step at a time. A command is a JSON object, `{"do": …}`.

`edited(document, command)` gives the document after it. It raises CommandRefused, with words for the builder, where a
command does not fit; the document then stays as it was.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from schemas.editing import (
    branch_commands,
    check_commands,
    column_commands,
    content_commands,
    field_commands,
    page_commands,
    text_commands,
)
from schemas.editing.draft import Draft
from schemas.editing.homes import Document
from schemas.editing.refusal import CommandRefused

__all__ = ["COMMANDS", "CommandRefused", "edited"]

Command = Mapping[str, Any]

ROOMS = (
    page_commands, field_commands, column_commands, content_commands, branch_commands, check_commands, text_commands
)  # fmt: skip
#: Each command by its name, with the function that carries it out on a draft.
COMMANDS: Mapping[str, Callable[..., None]] = {
    name: function
    for room in ROOMS
    for name, function in vars(room).items()
    if inspect.isfunction(function) and function.__module__ == room.__name__ and not name.startswith("_")
}


def edited(document: Document, command: Command) -> Document:
    """The document after the command. Raises CommandRefused."""
    given = dict(command)
    function = COMMANDS.get(str(given.pop("do", "")))
    if function is None:
        raise CommandRefused("edit_unknown", {"command": command.get("do", "")})
    draft = Draft(document)
    try:
        inspect.signature(function).bind(draft, **given)
    except TypeError as wrong:
        raise CommandRefused("edit_arguments", {"command": command["do"]}) from wrong
    function(draft, **given)
    return draft.finished()
