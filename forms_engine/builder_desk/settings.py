"""Settings (設定): one small form each, with the command that it gives and what stands there now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: How a setting is typed: on one line, on several, as a number, one entry a line, chosen, ticked, as a day.
LINE, TEXT, NUMBER, LINES, CHOICE, TICK, DAY = "line", "text", "number", "lines", "choice", "tick", "day"


#: A value that stands in the document as it is shown.
SHOWN = object()


@dataclass(frozen=True)
class Setting:
    """One small form: the command that it gives, its argument's name and type, and what stands there now.

    ``seen`` is the pointer of the value, and ``was`` its JSON, so that nobody overwrites what they have not seen;
    ``stands`` is what the document holds there where something else is shown, such as what a value left out means.
    """

    do: str
    name: str
    label: str
    value: Any
    kind: str = LINE
    help: str = ""
    seen: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[tuple[str, str]] = ()
    suggestions: str = ""
    source: str = ""
    stands: Any = SHOWN

    @property
    def was(self) -> str:
        return json.dumps(self.value if self.stands is SHOWN else self.stands, ensure_ascii=False)

    @property
    def labels(self) -> str:
        """What its choices are called, as JSON; a conflict over it says them in place of their keys."""
        return json.dumps(dict(self.choices), ensure_ascii=False)

    @property
    def shown(self) -> str:
        """The value as it stands in the control."""
        if self.value is None:
            return ""
        return "\n".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value)

    @property
    def rows(self) -> int:
        return min(12, max(2, self.shown.count("\n") + 1, len(self.shown) // 30 + 1))

    @property
    def id(self) -> str:
        """An id of its own on the page."""
        joined = "-".join(["set", self.do, self.name, *self.extra.values()])
        return "".join(one if one.isalnum() or one in "-_" else "-" for one in joined)


def argument_of(setting_id: str) -> str:
    """The argument that the setting of this id gives to its command; empty for an id of none."""
    parts = setting_id.split("-")
    return parts[2] if len(parts) > 2 else ""
