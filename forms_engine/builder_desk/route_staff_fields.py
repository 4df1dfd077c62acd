"""The staff fields (職員記入欄) of the step that is selected, each with what can be set of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import CHOICE, NUMBER, TEXT, TICK, Setting
from schemas.editing.staff_palette import STAFF_PARTS, part_of

NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class StaffField:
    """One field of a step. ``pointer`` is where it stands in the document."""

    step: str
    key: str
    schema: Mapping[str, Any]
    is_required: bool
    place: int
    is_last: bool
    pointer: str

    @property
    def title(self) -> str:
        return str(self.schema["title"])

    @property
    def kind(self) -> str:
        return part_of(self.schema).title(get_language() or "ja")

    @property
    def address(self) -> str:
        """What commands call it by, within its step."""
        return self.key

    @property
    def before(self) -> int:
        return self.place - 1

    @property
    def after(self) -> int:
        return self.place + 1

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(one["const"], one["title"]) for one in self.schema.get("oneOf", ())]

    @property
    def choices_at(self) -> str:
        """Where in the document they stand."""
        return f"{self.pointer}/oneOf"

    @property
    def choices_now(self) -> Any:
        """What stands there."""
        return self.schema["oneOf"]

    @property
    def settings(self) -> list[Setting]:
        return list(self._settings())

    def _settings(self) -> Iterator[Setting]:
        own, at, now = {"step": self.step, "field": self.key}, self.pointer, self.schema
        yield Setting("retitle_staff_field", "title", _("項目名"), self.title, seen=f"{at}/title", extra=own)
        yield Setting(
            "change_staff_field", "part", _("種類"), part_of(now).key, CHOICE, "", at, own, offered_parts(), stands=now
        )
        yield Setting(
            "require_staff_field", "required", _("承認・決裁するときは必ず記入する"), self.is_required, TICK, extra=own
        )
        yield self._setting("description", _("記入のしかた"), TEXT, "text")
        if now["type"] in NUMBERS:
            yield self._setting("minimum", _("最小の数"), NUMBER, "integer")
            yield self._setting("maximum", _("最大の数"), NUMBER, "integer")

    def _setting(self, name: str, label: str, kind: str, type_: str) -> Setting:
        extra = {"step": self.step, "field": self.key, "name": name, "value_type": type_}
        return Setting(
            "set_staff_field", "value", label, self.schema.get(name), kind, seen=f"{self.pointer}/{name}", extra=extra
        )


def staff_fields_of(step: Mapping[str, Any], pointer: str) -> list[StaffField]:
    """The fields of a step in their order."""
    fields = step.get("staff_fields", {})
    listed, required = list(fields.get("properties", {}).items()), fields.get("required", ())
    return [
        StaffField(
            step["key"], key, schema, key in required, place, place == len(listed) - 1,
            f"{pointer}/staff_fields/properties/{key}",
        )
        for place, (key, schema) in enumerate(listed)
    ]  # fmt: skip


def offered_parts() -> list[tuple[str, str]]:
    """The kinds of fields, as they are chosen from."""
    language = get_language() or "ja"
    return [(part.key, part.title(language)) for part in reversed(STAFF_PARTS)]
