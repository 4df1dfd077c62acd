"""Why a command does not fit the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.problems import Problem


class CommandRefused(Exception):
    """The command does not fit; `problem` says why, to a builder. `uses` are the places that stand in the way."""

    def __init__(self, code: str, params: Mapping[str, Any] | None = None, uses: tuple[Any, ...] = ()) -> None:
        self.problem, self.uses = Problem("", code, params or {}), uses
        super().__init__(self.problem.message("en"))
