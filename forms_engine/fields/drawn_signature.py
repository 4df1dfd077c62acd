"""A signature: drawn with a finger or a pen, chosen as a picture, or typed as a name; each works without the others."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from schemas.pointers import MISSING
from schemas.writing import normalise

DRAWN, NAME, REMOVE = "~drawn", "~name", "~remove"
DATA = "data:image/png;base64,"


def is_signature(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("x-vocabulary") == "drawn_signature"


def drawing(text: str) -> io.BytesIO | None:
    """The picture that a browser sends of what was drawn, as an upload; None if there is none."""
    if not text.startswith(DATA):
        return None
    try:
        file = io.BytesIO(base64.b64decode(text.removeprefix(DATA), validate=True))
    except (binascii.Error, ValueError):
        return None
    file.name = "signature.png"
    return file


class DrawnSignature(Control):
    """What is drawn counts before a picture, a picture before a name. Nothing of it is taken from the browser as it is:
    a picture becomes an attachment, and what it signs is for the server to say (forms_engine.drawn_signatures).
    """

    kind = "drawn_signature"
    template = "fields/drawn_signature.html"
    parts = ("", DRAWN, NAME)

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return is_signature(schema)

    @property
    def one(self) -> Mapping[str, Any]:
        """The schema of the picture."""
        image: Mapping[str, Any] = self.question.schema.get("properties", {}).get("image", {})
        return image

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        name, given = placed(self.name, rows), answer if isinstance(answer, Mapping) else {}
        return {f"{name}{NAME}": [str(given.get("name", ""))], f"{name}{DRAWN}": [""], f"{name}{REMOVE}": []}

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        name = placed(self.name, rows)
        if attached := posted.attached.get(placed(self.pointer, rows)):
            return attached[-1]
        before = saved if isinstance(saved, Mapping) else {}
        words = normalise("line", posted.first(f"{name}{NAME}"))
        if words and words != before.get("name"):
            return {"made": "typed", "name": words}
        if posted.first(f"{name}{REMOVE}") or (
            before.get("made") == "typed" and f"{name}{NAME}" in posted.texts and not words
        ):
            return self.blank()
        return saved if saved is not MISSING else self.blank()

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return self.answer(posted, rows, MISSING)

    def blank(self) -> Any:
        return MISSING

    def text(self, answer: Any) -> str:
        """How it was signed, and the name where it was typed."""
        with override(self.question.asking.language):
            return words_of(answer)

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        answer, name = sheet.answer(placed(self.pointer, rows)), placed(self.name, rows)
        given = answer if isinstance(answer, Mapping) else {}
        return {
            "words": sheet.posted.first(f"{name}{NAME}"),
            "given": self._given(given, sheet, name) if given else NONE,
        }

    def _given(self, answer: Mapping[str, Any], sheet: Sheet, name: str) -> SafeString:
        """The signature that is there already, with the box to take it away."""
        image = answer.get("image", {})
        url = sheet.file_url(image["id"]) if sheet.file_url and image.get("id") else ""
        context = {"words": self.text(answer), "url": url, "name": name, "title": self.question.title}
        with override(self.question.asking.language):
            return render_to_string("fields/signature_given.html", context)


def words_of(answer: Any) -> str:
    """A signature in words, in the language that is active; what stands instead of the picture."""
    if not isinstance(answer, Mapping):
        return ""
    if answer.get("made") == "typed":
        return gettext("氏名の入力による署名：%(name)s") % {"name": answer.get("name", "")}
    return gettext("手書きの署名") if answer.get("made") == "drawn" else gettext("署名の画像")
