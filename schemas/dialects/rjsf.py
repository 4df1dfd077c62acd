"""react-jsonschema-form: a JSON Schema with a uiSchema of the same shape
(https://rjsf-team.github.io/react-jsonschema-form/docs/api-reference/uiSchema)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.dialects.finish import finished, grouped
from schemas.dialects.keywords import labelled, text_of
from schemas.dialects.places import ROWS, Path, Schema, address, kinds_of, opened
from schemas.dialects.rjsf_options import LOOKS, OPTIONS
from schemas.dialects.sketch import Adopted, Sketch
from schemas.pointers import MISSING

ALTERNATIVES = ("oneOf", "anyOf")
IGNORED = ("ui:definitions", "ui:rootFieldId", "ui:globalOptions", "classNames", "style")


def is_ui_schema(value: Any) -> bool:
    """Whether a value is a uiSchema of rjsf: somewhere in it stands a "ui:" word."""
    if isinstance(value, Mapping):
        return any(str(key).startswith("ui:") or is_ui_schema(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(is_ui_schema, value))


def adopt(schema: Any, ui: Any, form_data: Any = None, name: str = "") -> Adopted:
    """The form of a schema with its uiSchema; sample answers become first values."""
    sketch = Sketch.of(schema, name)
    order = read(sketch, ui if isinstance(ui, Mapping) else {}, ())
    if isinstance(form_data, Mapping) and form_data:
        _first_values(sketch, form_data, ())
        sketch.say("import_first_values")
    title, description = texts_of(ui)
    sketch.pages = grouped(sketch, _arranged(sketch.fields(), order), title)
    return finished(sketch, "rjsf", title, description)


def texts_of(ui: Any) -> tuple[str, str]:
    """Title and description that a uiSchema gives to the whole."""
    found = dict(settings_of(ui)) if isinstance(ui, Mapping) else {}
    return text_of(found.get("title")), text_of(found.get("description"))


def read(sketch: Sketch, ui: Mapping[str, Any], path: Path) -> list[str]:
    """Everything that a uiSchema says of the answer at a path; returns the order of its fields, if it gives one."""
    settings = dict(settings_of(ui))
    for option, value in settings.items() if path else ():
        _apply(sketch, path, option, value)
    listed = settings.get("order")
    order: list[Any] = listed if isinstance(listed, list) else []
    for schema in sketch.at(path) if order else ():
        _reorder(opened(sketch.schema, schema), order)
    for key, inner in ui.items():
        if not key.startswith("ui:") and key not in IGNORED:
            _inside(sketch, key, inner, path)
    return [str(one) for one in order]


def settings_of(ui: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every setting by its plain name: "ui:x" and "x" in "ui:options" are the same."""
    options = ui.get("ui:options")
    yield from options.items() if isinstance(options, Mapping) else ()
    yield from ((key[3:], value) for key, value in ui.items() if key.startswith("ui:") and key != "ui:options")


def _apply(sketch: Sketch, path: Path, option: str, value: Any) -> None:
    if option in OPTIONS:
        OPTIONS[option](sketch, path, value)
    elif option in LOOKS or option.endswith(("Template", "Templates", "Field", "ClassNames")):
        sketch.name_in("import_look", f"ui:{option}")
    elif option not in ("order", "enumNames"):
        sketch.name_in("import_option", sketch.label(path), option=f"ui:{option}")
    if option == "enumNames" and isinstance(value, list | dict):
        for schema in sketch.at(path):
            name_values(opened(sketch.schema, schema), value)


def name_values(schema: Schema, names: Any) -> None:
    """Give the values that a schema lists their names."""
    if isinstance(schema.get("items"), dict) and "enum" in schema["items"]:
        schema = schema["items"]
    if isinstance(schema.get("enum"), list) and "oneOf" not in schema:
        schema["oneOf"] = labelled(schema.pop("enum"), names)
    elif isinstance(schema.get("oneOf"), list) and isinstance(names, list):
        for one, title in zip(schema["oneOf"], names, strict=False):
            if isinstance(one, dict) and text_of(title):
                one["title"] = text_of(title)


def _inside(sketch: Sketch, key: str, inner: Any, path: Path) -> None:
    """A property, the rows of a list, or the branches of an alternative."""
    if sketch.has((*path, key)) and isinstance(inner, Mapping):
        read(sketch, inner, (*path, key))
    elif key in ("items", "additionalItems") and sketch.has((*path, ROWS)):
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, Mapping):
                read(sketch, one, (*path, ROWS))
    elif key in ALTERNATIVES and isinstance(inner, list):
        _branches(sketch, key, inner, path)
    elif isinstance(inner, Mapping) and key not in ("additionalProperties", "definitions", "not"):
        sketch.say("import_scope", scope=address((*path, key)))


def _branches(sketch: Sketch, key: str, branches: list[Any], path: Path) -> None:
    for schema in sketch.at(path):
        alternatives = opened(sketch.schema, schema).get(key)
        for branch, ui in zip(alternatives if isinstance(alternatives, list) else [], branches, strict=False):
            title = text_of(ui.get("ui:title")) if isinstance(ui, Mapping) else ""
            if title and isinstance(branch, dict):
                branch["title"] = title
    for ui in branches:
        if isinstance(ui, Mapping):
            rest = {name: inner for name, inner in ui.items() if not name.startswith("ui:")}
            read(sketch, rest, path)


def _reorder(schema: Schema, order: list[Any]) -> None:
    properties = schema.get("properties")
    if isinstance(properties, dict):
        schema["properties"] = {name: properties[name] for name in _arranged(list(properties), order)}


def _arranged(names: list[str], order: list[Any]) -> list[str]:
    """The names in the given order; "*", or the end, stands for all that are not named."""
    rest = [name for name in names if name not in order]
    if "*" not in order:
        order = [*order, "*"] if order else ["*"]
    place = order.index("*")
    before, after = order[:place], order[place + 1 :]
    return list(dict.fromkeys([*(n for n in before if n in names), *rest, *(n for n in after if n in names)]))


def _first_values(sketch: Sketch, answers: Mapping[str, Any], path: Path) -> None:
    """Sample answers as "default" where the schema gives none."""
    for name, value in answers.items():
        inner = (*path, name)
        for schema in sketch.at(inner):
            if isinstance(value, Mapping) and "object" in kinds_of(sketch.schema, schema):
                continue
            if schema.get("default", MISSING) is MISSING and value not in ("", None, [], {}):
                schema["default"] = value
        if isinstance(value, Mapping):
            _first_values(sketch, value, inner)
