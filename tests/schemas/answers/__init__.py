"""Complete answers to every starter, by the name of what is different about them.

``answers/<form>.py`` holds them for one form in ``variants(today)``: dates are relative to the day on which somebody
applies.  A form without such a module is answered from its schema alone.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import schemas
from tests.schemas.answers.made_up import made_up

Answers = dict[str, Any]


def variants(name: str, today: date) -> dict[str, Answers]:
    """Answers to the form that can be submitted on this day, by variant."""
    module = f"{__name__}.{name}"
    if find_spec(module) is None:
        return {"made_up": made_up(schemas.starter("forms", name)["schema"], today)}
    written: dict[str, Answers] = import_module(module).variants(today)
    return written
