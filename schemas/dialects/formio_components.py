"""Components of form.io that ask for something, as schemas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from schemas.dialects.keywords import FILE, text_of
from schemas.dialects.places import Path, Schema
from schemas.dialects.sketch import Sketch

Component = Mapping[str, Any]
Make = Callable[[Sketch, Path, Component], Schema]

SKIPPED = {"button", "recaptcha", "captcha", "stripe", "unknown", "custom", "review", "reviewpage"}
CONTENT = {"content", "htmlelement", "html", "alert"}
GROUPS = {"container", "form", "survey_container", "address_container"}
LISTS = {"datagrid", "editgrid", "datamap", "dynamicWizard"}


def schema_of(sketch: Sketch, path: Path, component: Component) -> Schema:
    """The schema of what a component asks for; an unknown one is a line of text."""
    kind = str(component.get("type", ""))
    if kind not in KINDS:
        sketch.name_in("import_widget", text_of(component.get("label")) or path[-1], widget=kind)
    schema = KINDS.get(kind, _text)(sketch, path, component)
    first = component.get("defaultValue")
    if (
        first not in (None, "", [], {}, "null")
        and component.get("multiple") is not True
        and kind not in ("file", "date")
    ):
        schema["default"] = first
    if component.get("multiple") is True and schema.get("type") != "array":
        limits = _validate(component)
        return {"type": "array", "items": schema, **({"minItems": 1} if limits.get("required") is True else {})}
    return schema


def _validate(component: Component) -> Mapping[str, Any]:
    limits = component.get("validate")
    return limits if isinstance(limits, Mapping) else {}


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else number


def _text(sketch: Sketch, path: Path, component: Component) -> Schema:
    limits = _validate(component)
    schema: Schema = {"type": "string"}
    for key in ("minLength", "maxLength"):
        limit = _number(limits.get(key))
        if isinstance(limit, int) and limit >= 0:
            schema[key] = limit
    if limits.get("required") is True:
        schema["minLength"] = max(1, schema.get("minLength", 0))
    if text_of(limits.get("pattern")):
        pattern = text_of(limits.get("pattern"))
        schema["pattern"] = f"^(?:{pattern.removeprefix('^').removesuffix('$')})$"
    return schema


def _area(sketch: Sketch, path: Path, component: Component) -> Schema:
    sketch.present(
        path, widget="textarea", rows=component.get("rows") if isinstance(component.get("rows"), int) else ""
    )
    return _text(sketch, path, component)


def _formatted(name: str) -> Make:
    return lambda sketch, path, component: {**_text(sketch, path, component), "format": name}


def _amount(kind: str) -> Make:
    def make(sketch: Sketch, path: Path, component: Component) -> Schema:
        limits = _validate(component)
        whole = limits.get("integer") is True or component.get("decimalLimit") in (0, "0")
        schema: Schema = {"type": "integer" if whole else kind}
        for ours, theirs in (("minimum", "min"), ("maximum", "max"), ("multipleOf", "step")):
            limit = _number(limits.get(theirs))
            if limit is not None and (theirs != "step" or limit > 0):
                schema[ours] = limit
        return schema

    return make


def _checkbox(sketch: Sketch, path: Path, component: Component) -> Schema:
    sketch.present(path, widget="checkbox")
    return {"type": "boolean", **({"const": True} if _validate(component).get("required") is True else {})}


def choices_of(component: Component) -> list[Schema]:
    """The values to choose from, each once, with their labels."""
    held = component.get("data")
    listed = component.get("values") or (held.get("values") if isinstance(held, Mapping) else None) or ()
    found: dict[str, Schema] = {}
    for one in listed if isinstance(listed, list) else ():
        value = one.get("value") if isinstance(one, Mapping) else one
        label = text_of(one.get("label")) if isinstance(one, Mapping) else text_of(one)
        if value not in (None, ""):
            found.setdefault(str(value), {"const": value, "title": label or str(value)})
    return list(found.values())


def _choice(widget: str) -> Make:
    def make(sketch: Sketch, path: Path, component: Component) -> Schema:
        choices = choices_of(component)
        if not choices:
            return _text(sketch, path, component)
        sketch.present(path, widget=widget)
        listed: Schema = {"oneOf": choices}
        if component.get("multiple") is True:
            more = {"minItems": 1} if _validate(component).get("required") is True else {}
            return {"type": "array", "items": listed, "uniqueItems": True, **more}
        return listed

    return make


def _boxes(sketch: Sketch, path: Path, component: Component) -> Schema:
    """A group of check boxes answers with an object: each value with yes or no."""
    boxes = {str(one["const"]): {"type": "boolean", "title": one["title"]} for one in choices_of(component)}
    for name in boxes:
        sketch.present((*path, name), widget="checkbox")
    return {"type": "object", "properties": boxes}


def _survey(sketch: Sketch, path: Path, component: Component) -> Schema:
    questions = component.get("questions")
    listed = [one for one in questions if isinstance(one, Mapping)] if isinstance(questions, list) else []
    answers = choices_of(component)
    asked = {text_of(one.get("value")): {"title": text_of(one.get("label")), "oneOf": answers} for one in listed}
    required = {"required": list(asked)} if _validate(component).get("required") is True else {}
    return {"type": "object", "properties": {name: one for name, one in asked.items() if name}, **required}


def _day(sketch: Sketch, path: Path, component: Component) -> Schema:
    """form.io writes a day as MM/DD/YYYY; here it is a date of the calendar."""
    sketch.name_in("import_option", text_of(component.get("label")) or path[-1], option="MM/DD/YYYY")
    return {"type": "string", "format": "date"}


def _moment(sketch: Sketch, path: Path, component: Component) -> Schema:
    has_time = component.get("enableTime", True) is not False
    return {"type": "string", "format": "date-time" if has_time else "date"}


def _file(sketch: Sketch, path: Path, component: Component) -> Schema:
    """form.io stores a list of files; here a single file is one answer unless several are allowed."""
    return {"$ref": FILE}


def _signature(sketch: Sketch, path: Path, component: Component) -> Schema:
    sketch.say("import_signature", title=text_of(component.get("label")) or path[-1])
    return {"$ref": FILE}


def _tags(sketch: Sketch, path: Path, component: Component) -> Schema:
    return {"type": "array", "items": {"type": "string"}}


def _hidden(sketch: Sketch, path: Path, component: Component) -> Schema:
    return {}


def _address(sketch: Sketch, path: Path, component: Component) -> Schema:
    return {"$ref": "vocabulary.schema.json#/$defs/address"}


KINDS: dict[str, Make] = {
    "textfield": _text,
    "password": _text,
    "textarea": _area,
    "email": _formatted("email"),
    "url": _formatted("uri"),
    "phoneNumber": _text,
    "number": _amount("number"),
    "currency": _amount("number"),
    "checkbox": _checkbox,
    "radio": _choice("radio"),
    "select": _choice("select"),
    "selectboxes": _boxes,
    "survey": _survey,
    "day": _day,
    "datetime": _moment,
    "date": _moment,
    "time": _text,
    "file": _file,
    "signature": _signature,
    "tags": _tags,
    "hidden": _hidden,
    "address": _address,
    "resource": _text,
    "tree": _text,
}
