"""Files: a certificate, a plan, a photograph. The answer describes the attachment; its content is kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from forms_engine.fields.choices import items_of
from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from schemas.pointers import MISSING, escaped

KIND_WORDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/heic": "HEIC",
    "image/webp": "WebP",
    "image/tiff": "TIFF",
}
#: Endings of the names of what says which files are here, and of the boxes that remove them.
HELD, REMOVE = "~files", "~remove"
#: Files taken at once where the form sets no limit.
ROOMY = 20
#: Under a file's own address its thumbnail is found.
THUMBNAIL = "thumbnail/"
PICTURES = ("image/jpeg", "image/png")
#: What an answer says of a file.
PARTS = frozenset({"id", "name", "media_type", "size", "sha256"})
STEPS = (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024))


def size_words(size: int) -> str:
    """A number of bytes as people say it: 3.2MB."""
    unit, step = next(((unit, step) for unit, step in STEPS if size >= step), ("B", 1))
    return f"{size / step:.1f}".removesuffix(".0") + unit


def is_file(schema: Mapping[str, Any]) -> bool:
    return schema.get("x-vocabulary") == "file"


def is_file_answer(value: Any) -> bool:
    """Whether an answer describes an attached file."""
    return isinstance(value, (dict, Mapping)) and "sha256" in value and value.keys() >= PARTS


def files_in(answers: Any, at: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every attached file in answers, with its pointer."""
    if is_file_answer(answers):
        yield at, answers
    elif isinstance(answers, (dict, Mapping)):
        for name, value in answers.items():
            if not isinstance(value, str):
                yield from files_in(value, f"{at}/{escaped(name)}")
    elif isinstance(answers, list):
        for index, value in enumerate(answers):
            yield from files_in(value, f"{at}/{index}")


class File(Control):
    """A new file takes the place of the old one; where several may be given it is added to them.

    The saved files come from the draft, never from the browser: nobody can claim an attachment that is not theirs.
    In a table the browser says by their ids which of them stand in which row, so that each stays with its row when
    another is removed or rows change places; of a client that does not say it, rows count as standing where they stood.
    """

    kind = "file"
    template = "fields/file.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return is_file(schema) or is_file(items_of(schema))

    @property
    def is_many(self) -> bool:
        return not is_file(self.question.schema)

    @cached_property
    def one(self) -> Mapping[str, Any]:
        """The schema of a single file."""
        return items_of(self.question.schema) if self.is_many else self.question.schema

    @property
    def media_types(self) -> list[str]:
        media_type = self.one.get("properties", {}).get("media_type", {})
        return list(media_type.get("enum", [media_type["const"]] if "const" in media_type else []))

    @property
    def largest(self) -> int | None:
        """The greatest size in bytes, where the form sets one."""
        largest: int | None = self.one.get("properties", {}).get("size", {}).get("maximum")
        return largest

    @property
    def most(self) -> int:
        """How many files may be given at most; 0 where the form sets no limit."""
        return int(self.question.schema.get("maxItems", 0)) if self.is_many else 1

    def saved_files(self, saved: Any) -> list[dict[str, Any]]:
        """The file answers of a saved answer."""
        files = saved if isinstance(saved, list) else [saved]
        return [one for one in files if isinstance(one, dict) and one.get("id")]

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        name = placed(self.name, rows)
        held = {f"{name}{HELD}": [" ".join(one["id"] for one in self.saved_files(answer))]} if rows else {}
        return held | {f"{name}{REMOVE}": []}

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        added = posted.attached.get(placed(self.pointer, rows), [])
        kept = self._kept(posted, rows, saved)
        if not added and kept == self.saved_files(saved):
            return saved if saved is not MISSING else self.blank()
        files = kept + added if self.is_many else (added or kept)[-1:]
        return self._as_answer(files)

    def _kept(self, posted: Posted, rows: Rows, saved: Any) -> list[dict[str, Any]]:
        """The files that were here before and are not being removed."""
        name = placed(self.name, rows)
        removed, told = posted.texts.get(f"{name}{REMOVE}", ()), posted.texts.get(f"{name}{HELD}") if rows else None
        here = self.saved_files(saved)
        if told is not None:
            here = [posted.held[one] for one in dict.fromkeys(" ".join(told).split()) if one in posted.held]
        return [one for one in here if one["id"] not in removed]

    def room(self, posted: Posted, rows: Rows, saved: Any) -> int:
        """How many more files it takes now, those that are being removed not counted; a single one is replaced."""
        if not self.is_many or not self.most:
            return ROOMY if self.is_many else 1
        return max(self.most - len(self._kept(posted, rows, saved)), 0)

    def _as_answer(self, files: list[dict[str, Any]]) -> Any:
        if not files:
            return self.blank()
        return files if self.is_many else files[0]

    def blank(self) -> Any:
        return [] if self.is_many and self.question.required else MISSING

    def is_blank(self, posted: Posted, rows: Rows) -> bool:
        is_sent = posted.uploads.get(placed(self.name, rows)) or posted.attached.get(placed(self.pointer, rows))
        return not is_sent and not self._kept(posted, rows, MISSING)

    def text(self, answer: Any) -> str:
        return "、".join(str(one["name"]) for one in self.saved_files(answer))

    def context(self) -> dict[str, Any]:
        return {
            "accept": ",".join(self.media_types),
            "type_words": "・".join(KIND_WORDS.get(one, one) for one in self.media_types),
            "size_words": size_words(self.largest) if self.largest else "",
            "capture": self.question.presentation.get("capture", ""),
        }

    @cached_property
    def notes(self) -> str:
        return f"{super().notes} {self.name}~limits".strip()

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        files = self.saved_files(sheet.answer(placed(self.pointer, rows)))
        name = placed(self.name, rows)
        listed = self._attached(files, sheet, name) if files else NONE
        return {"attached": self._held(files, name) + listed if rows else listed}

    @staticmethod
    def _held(files: list[dict[str, Any]], name: str) -> SafeString:
        """What the browser sends back to say which files stand in this row."""
        ids = " ".join(one["id"] for one in files)
        return format_html('<input type="hidden" name="{}" value="{}">', f"{name}{HELD}", ids)

    def _attached(self, files: list[dict[str, Any]], sheet: Sheet, name: str) -> SafeString:
        """The list of what is attached already, each to be looked at, with its own box to remove it."""
        with override(self.question.asking.language):
            listed = [_listed(one, sheet) for one in files]
            return render_to_string("fields/file_list.html", {"files": listed, "name": name})


def _listed(one: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    """One file for the list: its pictures are shown small, a PDF where it stands, everything else by name only."""
    url = sheet.file_url(one["id"]) if sheet.file_url else ""
    is_picture = bool(url) and one.get("media_type") in PICTURES
    return {
        **one,
        "words": size_words(int(one.get("size", 0))),
        "url": url,
        "thumbnail": f"{url}{THUMBNAIL}" if is_picture else "",
        "is_pdf": bool(url) and one.get("media_type") == "application/pdf",
    }
