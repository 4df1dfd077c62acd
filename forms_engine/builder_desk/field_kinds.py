"""The kind of a field (項目の種類) as the properties offer it, and what a change of it took away, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import CHOICE, Setting
from schemas.editing.field_kinds import TITLES, kind_of, kinds_for
from schemas.editing.kind_commands import lost

Document = dict[str, Any]


def kind_settings(document: Mapping[str, Any], schema: Mapping[str, Any], address: str, at: str) -> list[Setting]:
    """One select with the kinds that the field may be; none for a field that stays what it is."""
    kind = kind_of(schema, document.get("presentation", {}).get(address, {}))
    offered = kinds_for(kind, address.startswith("/"))
    if len(offered) < 2:
        return []
    language = get_language() or "ja"
    choices = [(key, TITLES[key].get(language, TITLES[key]["ja"])) for key in offered]
    help = _(
        "名前・説明・翻訳・条件は残ります。新しい種類に合わない決まり（文字数など）は外れ、何が外れたかをお知らせします。"
    )
    extra = {"field": address}
    label = _("項目の種類")
    return [Setting("change_field", "part", label, kind, CHOICE, help, at, extra, choices, stands=schema)]


def told(command: Mapping[str, Any], before: Document, after: Document) -> str:
    """What a change of kind took away; nothing of other commands."""
    if command["do"] != "change_field" or before == after:
        return ""
    language = get_language() or "ja"
    gone = (", " if language == "en" else "、").join(lost(before, after, command["field"], language))
    if not gone:
        return _("項目の種類を変えました。外れた決まりはありません。")
    return _("項目の種類を変えました。新しい種類に合わないため、外れたもの：%(gone)s") % {"gone": gone}
