"""The reception of what was posted for a page: brought into the shape of the questions there are, before it is read."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

from forms_engine.attachment_texts import problem
from forms_engine.fields.address import BUTTON
from forms_engine.fields.control import Control, Posted, Rows, Sheet, placed
from forms_engine.fields.drawn_signature import DRAWN, DrawnSignature, drawing
from forms_engine.fields.file import File, files_in
from forms_engine.fields.my_number import TYPED, MyNumber
from forms_engine.fields.question import html_name
from forms_engine.fields.table import BUTTONS, Table
from schemas import Problem
from schemas.check_digits import is_my_number
from schemas.writing import normalise

# Keeps an upload, or the text of a My Number, and gives the answer that refers to it, or says why it is refused:
# (pointer, upload or text, schema of the field).
Attach = Callable[[str, Any, Mapping[str, Any]], Any]


K = TypeVar("K", bound=Control)


@dataclass
class Reception:
    """`saved` are the answers of the draft, `before` the names of the questions that follow from them, `only` the
    pointers open for correction. `unseen` collects the pointers of questions that the browser did not show.
    """

    posted: Posted
    saved: Mapping[str, Any]
    before: frozenset[str]
    only: frozenset[str] | None
    attach: Attach
    unseen: frozenset[str] = frozenset()
    refused: list[Problem] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether the browser said which questions it showed."""
        return "_seen" in self.posted.texts

    @cached_property
    def _files(self) -> dict[str, dict[str, Any]]:
        """The files of the draft by their ids."""
        return {str(file["id"]): dict(file) for _pointer, file in files_in(self.saved)}

    def arrange(self, controls: Mapping[str, Control]) -> None:
        """Answers of questions that were not shown stay, locked ones too; rows close up; uploads are attached."""
        self.posted.held = self._files
        units = [unit for control in controls.values() for unit in control.units()]
        self._keep_unseen(units)
        if self.only is not None:
            self._lock(units)
        for control in controls.values():
            control.settle(self.posted)
        if self.posted.uploads:
            self._attach(controls)
        if self.posted.uploads or any(name.endswith(DRAWN) for name in self.posted.texts):
            self._attach_signatures(controls)
        if any(name.endswith(TYPED) for name in self.posted.texts):
            self._keep_numbers(controls)

    def _keep_unseen(self, units: list[Control]) -> None:
        seen = set(self.posted.first("_seen").split()) if self.is_told else self.before
        unseen = [unit for unit in units if unit.name not in seen and not self._is_posted(unit)]
        for unit in unseen:
            self.posted.texts.update(unit.typed(self._saved(unit.pointer)))
        self.unseen |= {unit.pointer for unit in unseen}

    def _is_posted(self, unit: Control) -> bool:
        """Whether anything was sent for it before we filled in what was saved."""
        if unit.pointer in self.unseen:
            return False
        starts = (f"{unit.name}/", f"{unit.name}~")
        names = (*self.posted.texts, *self.posted.uploads)
        return any(name == unit.name or name.startswith(starts) for name in names)

    def _saved(self, pointer: str) -> Any:
        return Sheet(self.posted, self.saved).answer(pointer)

    # Corrections

    def _lock(self, units: list[Control]) -> None:
        """Put the saved answers in the place of whatever was posted for fields that may not be changed."""
        sheet = Sheet(self.posted, self.saved, open=(self.only or frozenset()) | self.unseen)
        self._keep_places(sheet.open or frozenset())
        for unit in units:
            for control, rows in unit.walk(self._saved(unit.pointer)):
                self._restore(control, rows, sheet)

    def _restore(self, control: Control, rows: Rows, sheet: Sheet) -> None:
        pointer, name = placed(control.pointer, rows), placed(control.name, rows)
        texts = control.typed(self._saved(pointer), rows)
        if not sheet.is_open(pointer):
            self.posted.texts.update(texts)
            self.posted.uploads.pop(name, None)
        if isinstance(control, Table) and not sheet.is_whole(pointer):
            self._keep_rows(name, texts)

    def _keep_rows(self, name: str, texts: Mapping[str, list[str]]) -> None:
        """Single answers of a table's rows may be open; the rows themselves neither come nor go."""
        self.posted.texts[f"{name}~rows"] = texts[f"{name}~rows"]
        for button in BUTTONS:
            if f"{self.posted.first(button)}/".startswith(f"{name}/"):
                self.posted.texts[button] = [""]

    def _keep_places(self, opened: frozenset[str]) -> None:
        """A postal code fills in an address only where all of it is open."""
        address = self.posted.first(BUTTON).partition("~")[0]
        if not any(f"{address}/".startswith(f"{html_name(one)}/") for one in opened):
            self.posted.texts.pop(BUTTON, None)

    # What is kept apart from the answers

    def _attach(self, controls: Mapping[str, Control]) -> None:
        """Hand over the uploads of the page's file fields, each once, and none beyond what its field holds."""
        for control, rows in self._of_kind(File, controls):
            pointer, name = placed(control.pointer, rows), placed(control.name, rows)
            uploads = self.posted.uploads.pop(name, [])
            room = control.room(self.posted, rows, self._saved(pointer))
            for upload in uploads[:room]:
                self._attach_one(pointer, upload, control.one)
            if len(uploads) > room:
                self.refused.append(problem(pointer, "attachment_too_many", count=control.most))

    def _attach_signatures(self, controls: Mapping[str, Control]) -> None:
        """Hand over what was drawn or chosen as a signature; the last of several counts, what was drawn before all."""
        for control, rows in self._of_kind(DrawnSignature, controls):
            pointer, name = placed(control.pointer, rows), placed(control.name, rows)
            drawn = drawing(self.posted.texts.pop(f"{name}{DRAWN}", [""])[0])
            uploads = self.posted.uploads.pop(name, [])
            for made, upload in [("drawn", drawn)] if drawn else [("uploaded", one) for one in uploads[-1:]]:
                self._attach_one(pointer, upload, control.one, partial(_signed, made))

    def _keep_numbers(self, controls: Mapping[str, Control]) -> None:
        """Hand over the My Numbers that were typed; from here on they stand nowhere in what was posted."""
        for control, rows in self._of_kind(MyNumber, controls):
            pointer, name = placed(control.pointer, rows), placed(control.name, rows)
            text = self.posted.texts.pop(f"{name}{TYPED}", [""])[0].strip()
            if text:
                self._attach_one(pointer, text, control.question.schema)

    def _attach_one(
        self, pointer: str, upload: Any, schema: Mapping[str, Any], about: Callable[[Any], Any] = lambda kept: kept
    ) -> None:
        """Have it kept; ``about`` makes the answer of what refers to it."""
        found = self.attach(pointer, upload, schema)
        if isinstance(found, Problem):
            self.refused.append(found)
        else:
            self.posted.attached.setdefault(pointer, []).append(about(found))

    def _of_kind(self, kind: type[K], controls: Mapping[str, Control]) -> Iterator[tuple[K, Rows]]:
        for control in controls.values():
            for inner, rows in control.walk(control.read(self.posted)):
                if isinstance(inner, kind):
                    yield inner, rows


def _signed(made: str, image: Any) -> dict[str, Any]:
    return {"made": made, "image": image}


def described(pointer: str, upload: Any, schema: Mapping[str, Any]) -> Any:
    """The answer of an upload, or of a My Number, that nobody keeps, for a form that is only tried."""
    if isinstance(upload, str):
        return _numbered(pointer, upload)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    media_type = upload.content_type or "application/octet-stream"
    about = {"name": upload.name, "media_type": media_type, "size": len(content), "sha256": digest}
    return {"id": str(uuid.uuid4()), **about}


def _numbered(pointer: str, text: str) -> Any:
    is_right = is_my_number(normalise("my-number", text))
    return f"my-number:{uuid.uuid4()}" if is_right else Problem(pointer, "format_my-number")
