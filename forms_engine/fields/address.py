"""An address (住所): a group whose postal code can fill the prefecture, the city and the town.

Without a script the button `_postal` names the group and draws the page again; with one, seven digits are enough
(static/fields/address.js).  Nothing that was typed is replaced unless the person says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from forms_engine.fields.control import Posted, Rows, Sheet, placed
from forms_engine.fields.group import Group
from forms_engine.fields.stencil import Stencil
from forms_engine.postal_codes import Place, places
from schemas.writing import normalise

BUTTON = "_postal"
CODE, FILLED = "postal_code", ("prefecture", "city", "town", "block")


class Address(Group):
    """`_postal` holds the name of the group, or that and `~` with the number of the place that was chosen."""

    kind = "address"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        is_group = super().matches(schema, presentation)
        return is_group and schema.get("x-vocabulary") == "address" and CODE in schema["properties"]

    # What goes in

    def settle(self, posted: Posted, rows: Rows = ()) -> None:
        """Fill in what the pressed button stands for, before the answers are read."""
        super().settle(posted, rows)
        name, pressed = placed(self.name, rows), posted.first(BUTTON)
        if pressed != name and not pressed.startswith(f"{name}~"):
            return
        offered = self.offered(posted, rows)
        number = pressed[len(name) + 1 :]
        if number:
            self._fill(posted, name, offered[int(number)] if _is_one_of(number, offered) else None, is_chosen=True)
        elif len(offered) == 1 and self._agrees(posted, name, offered[0]):
            self._fill(posted, name, offered[0])

    def offered(self, posted: Posted, rows: Rows) -> tuple[Place, ...]:
        """The places of the code that was typed."""
        return places(normalise("postal-code", posted.first(f"{placed(self.name, rows)}/{CODE}")))

    def _agrees(self, posted: Posted, name: str, place: Place) -> bool:
        """Whether filling in the place would change nothing that was typed."""
        typed = {key: normalise("line", posted.first(f"{name}/{key}")) for key in FILLED[:3]}
        return all(not text or text.startswith(getattr(place, key)) for key, text in typed.items())

    def _fill(self, posted: Posted, name: str, place: Place | None, is_chosen: bool = False) -> None:
        for key, text in (place.parts() if place else {}).items():
            is_free = not posted.first(f"{name}/{key}") or (is_chosen and key != "block")
            if key in self.members and is_free:
                posted.texts[f"{name}/{key}"] = [text]

    # HTML

    def _line(self, keys: tuple[str, ...], sheet: Sheet, rows: Rows) -> str:
        html = super()._line(keys, sheet, rows)
        is_open = sheet.is_whole(placed(self.pointer, rows))
        return html + self._completion(sheet, rows) if CODE in keys and is_open else html

    def _completion(self, sheet: Sheet, rows: Rows) -> SafeString:
        name, pressed = placed(self.name, rows), sheet.posted.first(BUTTON)
        numbers = {f"row{depth}": str(number) for depth, number in enumerate(rows)}
        if pressed.startswith(f"{name}~"):
            return self.completions["filled"].fill(numbers)
        if pressed != name:
            return self.completions["quiet"].fill(numbers)
        return self._offer(sheet.posted, rows, numbers)

    def _offer(self, posted: Posted, rows: Rows, numbers: Mapping[str, str]) -> SafeString:
        name, offered = placed(self.name, rows), self.offered(posted, rows)
        if not offered:
            return self.completions["nothing"].fill(numbers)
        if len(offered) == 1 and self._agrees(posted, name, offered[0]):
            return self.completions["filled"].fill(numbers)
        context = {"name": name, "offered": offered, "said": "several" if len(offered) > 1 else "other"}
        return Stencil("fields/address.html", context, self.question.asking.language).fill({})

    @cached_property
    def completions(self) -> dict[str, Stencil]:
        """The button, and what is said beside it, for what was found."""
        language, name = self.question.asking.language, self.question.name
        return {
            said: Stencil("fields/address.html", {"name": name, "said": said}, language)
            for said in ("quiet", "filled", "nothing")
        }


def _is_one_of(number: str, offered: tuple[Place, ...]) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 4 and int(number) < len(offered)
