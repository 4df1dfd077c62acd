"""Conflicts (食い違い): what stands there now, what was typed, and the two ways on: keep the one or the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from forms_engine.manuscripts import EditConflict
from schemas.pointers import MISSING
from schemas.wording import value_in_words

#: What a builder typed stands under one of these names.
TYPED = ("formula", "title", "value", "text", "description", "message", "choice_lines")
#: What the new attempt brings itself.
OWN = {"csrfmiddlewaretoken", "seen", "was"}


@dataclass(frozen=True)
class Conflict:
    """An edit that would have replaced what somebody else has just changed; ``inputs`` make it once more."""

    who: str
    now: str
    typed: str
    inputs: Sequence[tuple[str, str]]


def of(conflict: EditConflict, posted: QueryDict) -> Conflict:
    """The conflict as the editor shows it. Taking over what was typed names what has now been seen."""
    typed = next((text for name in TYPED if (text := posted.get(name, ""))), "")
    again = [(name, value) for name, values in posted.lists() if name not in OWN for value in values]
    now = None if conflict.value is MISSING else conflict.value
    again += [("seen", conflict.pointer), ("was", json.dumps(now, ensure_ascii=False))]
    return Conflict(str(conflict.by or _("ほかの人")), _in_words(now), typed or _("（空）"), again)


def _in_words(value: Any) -> str:
    if value in (None, "", []):
        return _("（空）")
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value)):
        return _("（ほかの設定に変わっています）")
    return "\n".join(map(str, value)) if isinstance(value, list) else value_in_words(value, "ja")
