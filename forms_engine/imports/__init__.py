"""Imports (取込み): form descriptions in files of other programs, read as drafts of our own.

JSON of any known idiom, lists of fields as CSV or Excel, and fillable PDFs; which of them a file is, its first bytes
tell. Only what needs a library stands here, the idioms themselves are read by schemas.dialects.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from forms_engine.imports import fillable, spreadsheet
from schemas.definitions import DocumentRefused, load
from schemas.dialects import Adopted, NotRecognised, adopt, field_list, is_foreign

__all__ = ["Adopted", "is_foreign_file", "read", "read_json_document"]

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
TABLES = (".csv", ".tsv", ".txt")
#: The UI schema that stands beside a schema of this name.
BESIDE = (
    ("schema.json", ("uischema.json", "uiSchema.json", "ui-schema.json", "ui_schema.json", "ui.json")),
    (".json", (".ui.json", ".uischema.json", ".uiSchema.json", "-uischema.json", "_uischema.json")),
)


def read(path: Path, ui: Path | None = None) -> Adopted:
    """The form that a file describes. Raises DocumentRefused, in one line, where it describes none."""
    try:
        first = _first_bytes(path)
        if first.startswith(PDF):
            return fillable.read(path)
        if first.startswith(ZIP):
            return field_list.adopt(spreadsheet.rows(path), path.stem)
        if path.suffix.lower() in TABLES:
            return field_list.adopt(_table(path), path.stem)
        return adopt(*read_json_document(path, ui), name=_name(path))
    except NotRecognised as unknown:
        raise DocumentRefused(f"{path}: {unknown}") from unknown
    except RecursionError as error:
        raise DocumentRefused(f"{path}: 入れ子が深すぎます") from error
    except OSError as error:
        raise DocumentRefused(f"{path}: ファイルを読めません({error.strerror})") from error


def _table(path: Path) -> list[list[str]]:
    try:
        return field_list.table(path.read_bytes())
    except csv.Error as error:
        raise DocumentRefused(f"{path}: 表として読めません") from error


def read_json_document(path: Path, ui: Path | None = None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """A JSON document with its UI schema: the one that is named, else the one that stands beside it."""
    document = load(path)
    beside = ui or (None if is_complete(document) else _beside(path))
    return document, load(beside) if beside else None


def is_complete(document: dict[str, Any]) -> bool:
    """Whether a document brings its own UI schema or needs none."""
    return any(key in document for key in ("form", "workflow", "uischema", "uiSchema", "chapters", "components"))


def is_foreign_file(path: Path) -> bool:
    """Whether a file is to be read here: anything but a definition of our own."""
    first = _first_bytes(path)
    if first.startswith((PDF, ZIP)) or path.suffix.lower() in TABLES:
        return True
    return is_foreign(load(path))


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError:
        return b""


def _beside(path: Path) -> Path | None:
    for ending, others in BESIDE:
        if path.name.endswith(ending):
            names = (path.name[: -len(ending)] + other for other in others)
            found = next((path.with_name(name) for name in names if path.with_name(name).is_file()), None)
            if found is not None and found != path:
                return found
    return None


def _name(path: Path) -> str:
    """What the form is called after the file; "schema.json" is called after its folder."""
    name = path.name.removesuffix(".json").removesuffix(".schema").removesuffix("-schema")
    return path.resolve().parent.name if name in ("schema", "form", "index") else name
