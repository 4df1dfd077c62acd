"""Options of JSON Forms controls, as presentation (https://jsonforms.io/docs/uischema/controls)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from schemas.dialects.keywords import text_of
from schemas.dialects.places import Path
from schemas.dialects.sketch import Sketch

Apply = Callable[[Sketch, Path, Any], None]
#: Options about looks and the comfort of one renderer, which the house style answers for all forms.
LOOKS = {
    "showUnfocusedDescription", "hideRequiredAsterisk", "trim", "restrict", "slider", "focus", "initCollapsed",
    "showSortButtons", "hideAvatar", "vertical", "variant", "showNavButtons", "labelPosition", "classNames", "style",
    "styles", "collapsed", "collapsible", "columns", "grid", "size", "icon", "view", "views", "ampm", "okLabel",
    "cancelLabel", "clearLabel", "dateFormat", "timeFormat", "dateTimeFormat", "elementLabelProp", "childLabelProp",
    "detail", "autocomplete", "vuetify", "noDataMessage", "hideLabel", "bordered", "submitOnEnter", "tooltip",
    "disableAdd", "disableRemove", "expandable", "hint",
}  # fmt: skip
LABELLING = ("elementLabelProp", "childLabelProp")


def apply_options(sketch: Sketch, path: Path, options: Any) -> None:
    """Everything that a control's options say; what has no effect here is named once for all controls."""
    for option, value in options.items() if isinstance(options, Mapping) else ():
        if option in OPTIONS:
            OPTIONS[option](sketch, path, value)
        elif option in LOOKS:
            _look(sketch, path, option, value)
        else:
            sketch.name_in("import_option", sketch.label(path), option=str(option))


def _look(sketch: Sketch, path: Path, option: str, value: Any) -> None:
    if option in ("tooltip", "hint"):
        sketch.present(path, help=text_of(value))
    elif option == "autocomplete" and isinstance(value, str):
        sketch.present(path, autocomplete=value)
    elif option in LABELLING:
        sketch.present(path, **{f"x-{option}": value})
    elif option != "detail":
        sketch.name_in("import_look", option)


def _when(widget: str) -> Apply:
    """A widget that is chosen by a flag."""

    def apply(sketch: Sketch, path: Path, value: Any) -> None:
        if value is True:
            sketch.present(path, widget=widget)

    return apply


def _format(sketch: Sketch, path: Path, value: Any) -> None:
    widgets = {"radio": "radio", "textarea": "textarea", "multi-line": "textarea", "select": "select"}
    if not isinstance(value, str):
        sketch.name_in("import_widget", sketch.label(path), widget=str(value))
    elif value in widgets:
        sketch.present(path, widget=widgets[value])
    elif value not in ("date", "time", "date-time", "text", "autocomplete", "dynamic-enum", "checkbox", "checkboxes"):
        sketch.name_in("import_widget", sketch.label(path), widget=str(value))


def _readonly(sketch: Sketch, path: Path, value: Any) -> None:
    if value is True:
        sketch.lock(path)


def _suggestions(sketch: Sketch, path: Path, value: Any) -> None:
    texts = [text for one in value if (text := text_of(one))] if isinstance(value, list) else []
    if texts:
        sketch.present(path, suggestions=texts)


def _placeholder(sketch: Sketch, path: Path, value: Any) -> None:
    sketch.present(path, placeholder=text_of(value))


OPTIONS: dict[str, Apply] = {
    "multi": _when("textarea"),
    "toggle": _when("checkbox"),
    "format": _format,
    "readonly": _readonly,
    "readOnly": _readonly,
    "suggestion": _suggestions,
    "suggestions": _suggestions,
    "placeholder": _placeholder,
}
