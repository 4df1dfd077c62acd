"""The door for form descriptions of other languages: each becomes a form definition, with remarks in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.dialects import formio, json_forms, json_schema, rjsf, us_forms
from schemas.dialects.sketch import Adopted
from schemas.problems import Problem

__all__ = ["Adopted", "NotRecognised", "adopt", "is_foreign"]

SCHEMA_KEYS = ("schema", "jsonSchema", "dataSchema", "JSONSchema", "json_schema")
JSON_FORMS_KEYS = ("uischema", "uiSchema", "ui_schema", "uischemas", "ui")
RJSF_KEYS = ("uiSchema", "uischema", "ui_schema", "ui")
DATA_KEYS = ("formData", "data", "initialData")


class NotRecognised(ValueError):
    """A document in none of the known languages; `problem` says so in words."""

    def __init__(self) -> None:
        self.problem = Problem("", "import_unknown")
        super().__init__(self.problem.message())


@dataclass(frozen=True)
class Dialect:
    """How a document is recognised by its shape, and read."""

    is_meant: Callable[[Any, Any], bool]
    read: Callable[[Any, Any, str], Adopted]


def is_foreign(document: Any) -> bool:
    """Whether a document is a form description in another language than our own."""
    if not isinstance(document, Mapping) or "workflow" in document or ("form" in document and "procedure" in document):
        return False
    return any(dialect.is_meant(document, None) for dialect in DIALECTS)


def adopt(document: Any, ui: Any = None, name: str = "") -> Adopted:
    """The form definition that a document describes, recognised by its shape; `ui` is its UI schema if it has its own.

    `name` (of the file, say) becomes the key of the form. What cannot be expressed is told in the remarks. Raises
    NotRecognised for a document in no known language.
    """
    for dialect in DIALECTS:
        if dialect.is_meant(document, ui):
            return dialect.read(document, ui, name)
    raise NotRecognised


def _schema_of(document: Any) -> Any:
    if isinstance(document, Mapping):
        for key in SCHEMA_KEYS:
            if isinstance(document.get(key), Mapping):
                return document[key]
    return document


def _beside(document: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(document, Mapping):
        yield from (document[key] for key in keys if key in document)


def _json_forms_ui(document: Any, ui: Any) -> Any:
    candidates = [ui, *_beside(document, JSON_FORMS_KEYS)]
    return next((one for one in candidates if json_forms.is_ui_schema(one)), None)


def _is_pair(document: Any, ui: Any) -> bool:
    """A schema with something beside it that is no schema keyword: rjsf in its usual wrapping."""
    if isinstance(ui, Mapping):
        return True
    return _schema_of(document) is not document and (
        any(True for _ in _beside(document, RJSF_KEYS)) or json_schema.is_schema(_schema_of(document))
    )


def _read_rjsf(document: Any, ui: Any, name: str) -> Adopted:
    given = ui if isinstance(ui, Mapping) else next(_beside(document, RJSF_KEYS), {})
    wrapped = _schema_of(document) is not document
    return rjsf.adopt(_schema_of(document), given, next(_beside(document, DATA_KEYS), None) if wrapped else None, name)


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        lambda document, ui: us_forms.is_config(document),
        lambda document, ui, name: us_forms.adopt(document, name),
    ),
    Dialect(
        lambda document, ui: formio.is_form(document),
        lambda document, ui, name: formio.adopt(document, name),
    ),
    Dialect(
        lambda document, ui: _json_forms_ui(document, ui) is not None,
        lambda document, ui, name: json_forms.adopt(_schema_of(document), _json_forms_ui(document, ui), name),
    ),
    Dialect(_is_pair, _read_rjsf),
    Dialect(
        lambda document, ui: json_schema.is_schema(document),
        lambda document, ui, name: json_schema.adopt(document, name),
    ),
)
