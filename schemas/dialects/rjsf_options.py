"""Settings of a uiSchema ("ui:…"), as presentation or as annotations of the schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schemas.dialects.keywords import text_of
from schemas.dialects.places import Path, kinds_of
from schemas.dialects.sketch import Sketch
from schemas.vocabulary import NAME

Apply = Callable[[Sketch, Path, Any], None]
#: Settings about looks and the comfort of one renderer, which the house style answers for all forms.
LOOKS = {
    "inline", "label", "autofocus", "classNames", "style", "submitButtonOptions", "rootFieldId", "hideError",
    "filePreview", "enableMarkdownInDescription", "enableMarkdownInHelp", "norender", "semantic", "chakra", "props",
    "duplicateKeySuffixSeparator", "yearsRange", "hideNowButton", "hideClearButton", "fieldReplacesAnyOrOneOf",
    "optionsSchemaSelector", "expandable", "collapsed", "col", "lg", "md", "sm", "xs", "enumOrder", "layoutGrid",
    "widgetClassNames", "showFieldLabel", "hideLabel", "reviewWidget", "reviewField", "displayLabel", "copyable",
    "keepInPageOnReview", "hideEmptyValueInReview", "hideOnReview", "classnames", "size", "widgetProps", "stepper",
    "enableMarkdown", "titleClassName", "customTitle", "useDlWrap", "nestedContent", "itemAriaLabel", "itemName",
}  # fmt: skip
#: Widgets whose control is the usual one for the kind of field anyway.
USUAL = {
    "text", "checkboxes", "updown", "number", "integer", "email", "EmailWidget", "uri", "url", "URLWidget", "date",
    "alt-date", "datetime", "date-time", "alt-datetime", "DateWidget", "DateTimeWidget", "TextWidget", "array",
    "CheckboxesWidget", "range", "time", "TimeWidget", "tel", "phone", "monthYear", "memorableDate", "currency",
    "FileWidget", "file", "files", "UpDownWidget", "RangeWidget", "search", "autosuggest", "string", "object",
    "month", "week", "year", "CheckboxGroupWidget", "ssn",
}  # fmt: skip
WIDGETS = {
    "textarea": "textarea", "TextareaWidget": "textarea", "radio": "radio", "RadioWidget": "radio",
    "select": "select", "SelectWidget": "select", "checkbox": "checkbox", "CheckboxWidget": "checkbox",
    "yesNo": "yes_no", "multiline": "textarea",
}  # fmt: skip


def _text(key: str) -> Apply:
    def apply(sketch: Sketch, path: Path, value: Any) -> None:
        if text_of(value):
            sketch.present(path, **{key: text_of(value)})

    return apply


def _title(sketch: Sketch, path: Path, value: Any) -> None:
    sketch.title(path, value)


def _widget(sketch: Sketch, path: Path, value: Any) -> None:
    widget = str(value)
    kinds = {kind for schema in sketch.at(path) for kind in kinds_of(sketch.schema, schema)} - {"null"}
    if widget in ("hidden", "HiddenWidget"):
        sketch.hide(path)
    elif widget in ("file", "files", "FileWidget") and kinds == {"string"}:
        _file(sketch, path)
    elif kinds == {"boolean"} and widget in ("radio", "select"):
        sketch.present(path, widget="yes_no")
    elif widget in WIDGETS:
        sketch.present(path, widget=WIDGETS[widget])
    elif widget not in USUAL:
        sketch.name_in("import_widget", sketch.label(path), widget=widget)


def _file(sketch: Sketch, path: Path) -> None:
    """A text that a person would have to choose a file for is an attachment."""
    for schema in sketch.at(path):
        kept = {key: value for key, value in schema.items() if key in ("title", "description")}
        schema.clear()
        schema.update({"$ref": f"{NAME}#/$defs/file", **kept})
    sketch.say("import_file")


def _locked(sketch: Sketch, path: Path, value: Any) -> None:
    if value is True:
        sketch.lock(path)


def _rows(sketch: Sketch, path: Path, value: Any) -> None:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        sketch.present(path, rows=value)


def _list(sketch: Sketch, path: Path, value: Any) -> None:
    texts = [text for one in value if (text := text_of(one))] if isinstance(value, list) else []
    if texts:
        sketch.present(path, suggestions=texts)


def _flag(option: str) -> Apply:
    """What a table does not do otherwise (forbid rows to be added, say) is told once."""

    def apply(sketch: Sketch, path: Path, value: Any) -> None:
        if value is False:
            sketch.name_in("import_option", sketch.label(path), option=f"ui:{option}")

    return apply


def _input_type(sketch: Sketch, path: Path, value: Any) -> None:
    if value in ("hidden", "file"):
        _widget(sketch, path, value)


def _labels(sketch: Sketch, path: Path, value: Any) -> None:
    """US Forms System: names of values by value; "Y" and "N" name a yes and a no."""
    if not isinstance(value, dict):
        return
    if {"Y", "N"} <= value.keys():
        sketch.present(path, labels=[text_of(value["Y"]), text_of(value["N"])])
    else:
        for schema in sketch.at(path):
            _name_values(schema, value)


def _name_values(schema: dict[str, Any], names: dict[str, Any]) -> None:
    values = schema.get("enum")
    if isinstance(values, list) and "oneOf" not in schema:
        schema["oneOf"] = [{"const": one, "title": text_of(names.get(str(one))) or str(one)} for one in values]
        del schema["enum"]


def _ignored(sketch: Sketch, path: Path, value: Any) -> None:
    """Nothing is lost by leaving it: a blank control is no answer here, and errors have words of their own."""


def _errors(sketch: Sketch, path: Path, value: Any) -> None:
    messages = value if isinstance(value, dict) else {}
    text = text_of(messages.get("pattern") or messages.get("format"))
    if text:
        sketch.annotate(path, **{"x-message": text})


OPTIONS: dict[str, Apply] = {
    "title": _title,
    "description": _text("help"),
    "help": _text("help"),
    "hint": _text("help"),
    "placeholder": _text("placeholder"),
    "autocomplete": _text("autocomplete"),
    "widget": _widget,
    "readonly": _locked,
    "disabled": _locked,
    "rows": _rows,
    "inputType": _input_type,
    "suggestions": _list,
    "examples": _list,
    "addable": _flag("addable"),
    "removable": _flag("removable"),
    "orderable": _flag("orderable"),
    "emptyValue": _ignored,
    "enumDisabled": _flag("enumDisabled"),
    "labels": _labels,
    "errorMessages": _errors,
}
