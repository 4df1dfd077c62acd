"""What is agreed to at a consent (同意・誓約): its text, heading and version as the properties show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import LINE, TEXT, Setting
from schemas.consents import SHARED
from schemas.editing.consent_commands import consent_of, is_consent, text_key
from schemas.pointers import pointer
from schemas.vocabulary import vocabulary


def consent_settings(document: Mapping[str, Any], schema: Mapping[str, Any], field: str) -> Iterator[Setting]:
    """The text of a consent, then its heading and version once there is a text; nothing of other fields."""
    if not is_consent(schema):
        return
    key, said = text_key(schema), consent_of(document, schema)
    own = document.get("consents", {}).get(key, {})
    for part, (label, kind, help) in _parts(key).items():
        if part == "text" or said:
            extra, seen = {"field": field, "part": part}, pointer(["consents", key or field, part])
            now, stands = said.get(part, ""), own.get(part)
            yield Setting("set_consent", "value", label, now, kind, help, seen, extra, stands=stands)


def _parts(key: str) -> Mapping[str, tuple[str, str, str]]:
    emptied = (
        _(
            "同意する人は、この文章を読んでから印を付けます。書き換えると翻訳は外れます。空にすると、共通の文章に戻ります。"
        )
        if key in vocabulary()[SHARED]
        else _(
            "同意する人は、この文章を読んでから印を付けます。書き換えると翻訳は外れます。空にすると、項目の名前だけになります。"
        )
    )
    version = _("文章か見出しを変えて公開するときは、新しい版の名前（例：2026-04-01）にします。40文字まで。")
    return {
        "text": (_("同意・誓約の文章"), TEXT, emptied),
        "title": (_("文章の見出し"), LINE, ""),
        "version": (_("文章の版"), LINE, version),
    }
