"""Row checks: rows of which the first whose condition holds is taken; the last says what holds otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.metaschemas import condition_problems
from schemas.problems import Problem


def alternatives(rows: list[dict[str, Any]], at: str, missing: str) -> Iterator[Problem]:
    """Problems of the rows at a pointer; `missing` is the code for want of a row that always holds."""
    for place, row in enumerate(rows):
        here, is_last = f"{at}/{place}", place == len(rows) - 1
        if ("when" in row) == ("otherwise" in row):
            yield Problem(here, "workflow_case", {})
        elif ("otherwise" in row) != is_last:
            yield Problem(here, missing if is_last else "workflow_otherwise_last", {})
        yield from condition_problems(row.get("when", {}), f"{here}/when")
