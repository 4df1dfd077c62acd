"""From when and until when a date may be (日付の範囲), as settings: today, a given day, or another date of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import CHOICE, DAY, NUMBER, Setting
from schemas.editing import bound_commands
from schemas.editing.bound_commands import FROM, UNTIL, Bound
from schemas.editing.homes import homes

Document = dict[str, Any]


def date_bounds(document: Document, field: str) -> Iterator[Setting]:
    """The settings of both ends; the day and the number of days are asked once they mean something."""
    found = bound_commands.bounds(document, field)
    ends = {
        FROM: _("いつから（これより前の日付は受け付けません）"),
        UNTIL: _("いつまで（これより後の日付は受け付けません）"),
    }
    for side, label in ends.items():
        now = found.get(side) or Bound(field, side, "")
        others = list(_others(document, field, side))
        at, stands = bound_commands.place_of(document, now)
        day = now.day or timezone.localdate().isoformat()
        extra = {"field": field, "side": side}
        more = {**extra, "day": day, "days": str(now.days)}
        yield Setting("bound_date", "against", label, now.against, CHOICE, "", at, more, others, stands=stands)
        if now.against == bound_commands.DAY:
            held = {**extra, "against": now.against, "days": str(now.days)}
            yield Setting("bound_date", "day", _("指定する日"), now.day, DAY, "", at, held, stands=stands)
        elif now.against:
            words = _("何日後か（0ならその日から。前の日は -7 のように書きます）")
            held = {**extra, "against": now.against}
            yield Setting("bound_date", "days", words, now.days, NUMBER, "", at, held, stands=stands)


def _others(document: Document, field: str, side: str) -> Iterator[tuple[str, str]]:
    yield "", _("決めない")
    yield bound_commands.TODAY, _("本日以降") if side == FROM else _("本日以前")
    yield bound_commands.DAY, _("指定する日以降") if side == FROM else _("指定する日以前")
    said = _("「%(title)s」以降") if side == FROM else _("「%(title)s」以前")
    for key, title in _dates(document):
        if key != field:
            yield key, said % {"title": title}


def _dates(document: Document) -> Sequence[tuple[str, str]]:
    found = {key: schema for home in homes(document) for key, schema in home.properties.items()}
    dated = {key: one for key, one in found.items() if isinstance(one, dict) and one.get("format") == "date"}
    return [(key, str(one.get("title", key))) for key, one in dated.items()]
