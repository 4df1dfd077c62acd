"""Conflicts (食い違い): what stands there now, what was typed, and the two ways on: keep the one or the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk import route_wishes
from forms_engine.builder_desk.route_people import Organisation
from forms_engine.builder_desk.settings import argument_of
from forms_engine.manuscripts import EditConflict
from schemas.editing.field_kinds import kind_of
from schemas.editing.staff_palette import part_of
from schemas.pointers import MISSING
from schemas.wording import in_words, value_in_words

#: What a builder typed stands under one of these names.
TYPED = ("formula", "title", "value", "text", "description", "message", "choice_lines")
#: By these a value names somebody.
PEOPLE = {"role", "department", "superior_of", "department_of", "fact"}
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
    names = (argument_of(posted.get("setting", "")), *TYPED)
    typed = next((text for name in names if (text := posted.get(name, ""))), "") or _chosen(posted)
    labels = _labels(posted)
    again = [(name, value) for name, values in posted.lists() if name not in OWN for value in values]
    now = None if conflict.value is MISSING else conflict.value
    again += [("seen", conflict.pointer), ("was", json.dumps(now, ensure_ascii=False))]
    stands = labels.get(_mark(now, posted)) or _in_words(now)
    return Conflict(str(conflict.by or _("ほかの人")), stands, labels.get(typed) or typed or _("（空）"), again)


def _labels(posted: QueryDict) -> Mapping[str, str]:
    """What the choices of a select are called."""
    try:
        found = json.loads(posted.get("labels", ""))
    except ValueError:
        return {}
    return {str(key): str(label) for key, label in found.items()} if isinstance(found, dict) else {}


def _mark(now: Any, posted: QueryDict) -> str:
    """The key under which a select offers what stands there: of a field, its kind."""
    if isinstance(now, dict) and posted.get("do") == "change_field":
        return kind_of(now, {})
    if isinstance(now, dict) and posted.get("do") == "change_staff_field":
        return part_of(now).key
    return "" if isinstance(now, list | dict) or now is None else str(now)


def _chosen(posted: QueryDict) -> str:
    """What was chosen rather than typed: rows of choices, people, a comparison."""
    rows = [title for title in posted.getlist("choice_title") if title.strip()]
    who = [by for by in route_wishes.who_rows(posted) or ()] if "who_where" in posted else []
    asked = [posted.get("compared", ""), *posted.getlist("choice")]
    return "\n".join(rows or [_in_words(by) for by in who] or [one for one in asked if one])


def _in_words(value: Any) -> str:
    """A value as the screens say it: rows by their titles, people by department and role, conditions in words."""
    if value in (None, "", [], {}):
        return _("（空）")
    if isinstance(value, list):
        return "\n".join(_in_words(one) for one in value)
    if not isinstance(value, Mapping):
        return value_in_words(value, "ja")
    named = value.get("title", value.get("message"))
    if isinstance(named, str):
        return named
    return _entry_in_words(value)


def _entry_in_words(value: Mapping[str, Any]) -> str:
    """One row without a title: whom it names, and when it holds."""
    language, people = get_language() or "ja", Organisation.read({})
    by = value.get("by") if "by" in value else value if PEOPLE & set(value) else None
    when = value.get("when") if "when" in value else None if by else value
    said = [in_words(schema, language, name) for name, schema in when.items()] if isinstance(when, Mapping) else []
    return "：".join([*said, *([people.words(by)] if by else [])])
