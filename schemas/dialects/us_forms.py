"""US Forms System: chapters of pages, each with its own schema and uiSchema
(https://github.com/usds/us-forms-system). Functions cannot stand in JSON; what stands in their place is read."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.dialects import rjsf
from schemas.dialects.finish import finished
from schemas.dialects.keywords import text_of
from schemas.dialects.places import Path, Schema, names_of
from schemas.dialects.sketch import Adopted, Sketch
from schemas.dialects.visibility import Visibility, all_of, answered, any_of, negated
from schemas.pointers import parts

FALSY = {"enum": [False, None, "", 0]}
CONDITIONS = (
    "hideIf",
    "expandUnder",
    "expandUnderCondition",
    "required",
    "validations",
    "updateSchema",
    "replaceSchema",
)


def is_config(value: Any) -> bool:
    """Whether a value is a form config with chapters of pages."""
    chapters = value.get("chapters") if isinstance(value, Mapping) else None
    return isinstance(chapters, Mapping | list) and any(True for _ in _pages(value))


def adopt(config: Mapping[str, Any], name: str = "") -> Adopted:
    """The form of a config; each of its pages is a page."""
    pages = list(_pages(config))
    sketch = Sketch.of(_schema(config, [page for _key, page, _title in pages]), name or text_of(config.get("formId")))
    visibility = Visibility(sketch)
    asked = [name for _key, page, _title in pages for name in names_of({}, page["schema"])]
    shared = {name for name in asked if asked.count(name) > 1}
    for key, page, title in pages:
        _read(sketch, visibility, key, page, title, shared)
    visibility.apply()
    for path in _screen_only(sketch):
        sketch.name_in("import_ui_only", path)
    return finished(sketch, "US Forms System", text_of(config.get("title")), text_of(config.get("subTitle")))


def _pages(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Every page with its key, and its title behind that of its chapter."""
    for _key, chapter in _items(config.get("chapters")):
        inner = chapter.get("pages") if isinstance(chapter, Mapping) else None
        for key, page in _items(inner):
            if isinstance(page, Mapping) and isinstance(page.get("schema"), Mapping):
                titles = [text_of(chapter.get("title")), text_of(page.get("title"))]
                yield key, page, "－".join(dict.fromkeys(filter(None, titles))) or key


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(key), one) for key, one in value.items())
    elif isinstance(value, list):
        for place, one in enumerate(value, 1):
            yield str(one.get("key", one.get("path", f"page_{place}")) if isinstance(one, Mapping) else place), one


def _schema(config: Mapping[str, Any], pages: list[Mapping[str, Any]]) -> Schema:
    """One schema of all pages: properties of the same object on several pages are joined."""
    whole: Schema = {"type": "object", "properties": {}, "definitions": {}}
    _join(whole["definitions"], copy.deepcopy(config.get("defaultDefinitions")))
    for page in pages:
        schema = copy.deepcopy(dict(page["schema"]))
        _join(whole["definitions"], schema.pop("definitions", None))
        _join(whole, schema)
    return {"title": text_of(config.get("title")), **whole}


def _join(one: Schema, other: Any) -> None:
    for key, value in other.items() if isinstance(other, dict) else ():
        if key == "required" and isinstance(one.get(key), list) and isinstance(value, list):
            one[key] = [*one[key], *(name for name in value if name not in one[key])]
        elif key in one and isinstance(one[key], dict) and isinstance(value, dict):
            _join(one[key], value)
        else:
            one.setdefault(key, value)


def _read(
    sketch: Sketch, visibility: Visibility, key: str, page: Mapping[str, Any], title: str, shared: set[str]
) -> None:
    ui = page.get("uiSchema")
    ui = ui if isinstance(ui, Mapping) else {}
    own = [name for name in names_of(sketch.schema, page["schema"]) if sketch.has((name,))]
    order = rjsf.read(sketch, _plain(ui), ())
    target = sketch.open_page(title, key, rjsf.texts_of(ui)[1])
    for name in [*(n for n in order if n in own), *(n for n in own if n not in order)]:
        sketch.place(name, target)
    depends = _depends(page.get("depends"))
    if "depends" in page and depends is None:
        sketch.name_in("import_script", title, option="depends")
    before = {path: len(found) for (_base, path), found in visibility.shown.items()}
    for path in _conditions(sketch, visibility, ui, (), depends):
        sketch.say("import_condition", field=sketch.label(path))
    for path in _paths(page["schema"], shared):
        if len(visibility.shown.get(((), path), [])) == before.get(path, 0):
            visibility.show((), path, True if depends is None else depends)


def _paths(schema: Any, shared: set[str]) -> Iterator[Path]:
    """The fields of a page; of an object that other pages ask for too, also the fields in it."""
    properties = schema.get("properties")
    for name, inner in properties.items() if isinstance(properties, Mapping) else ():
        yield (name,)
        yield from ((name, one) for one in names_of({}, inner) if name in shared)


def _plain(ui: Any) -> Any:
    """A uiSchema without what is read here."""
    if not isinstance(ui, Mapping):
        return ui
    return {key: _plain(value) for key, value in ui.items() if key[3:] not in CONDITIONS and key not in CONDITIONS}


def _depends(depends: Any) -> Any:
    """When a page is shown: fields with their values, or a list of which one is enough; None for a function."""
    if isinstance(depends, Mapping):
        return all_of([answered(_path(name), {"const": value}) for name, value in depends.items()])
    if isinstance(depends, list) and all(isinstance(one, Mapping) for one in depends):
        return any_of([_depends(one) for one in depends]) if depends else True
    return True if depends is None else None


def _path(name: str) -> Path:
    return tuple(parts(name)) if name.startswith("/") else tuple(name.split("."))


def _conditions(
    sketch: Sketch, visibility: Visibility, ui: Mapping[str, Any], path: Path, depends: Any
) -> Iterator[Path]:
    """ "hideIf" and "expandUnder" of every field; yields the fields whose condition is a program."""
    for name, inner in ui.items():
        if name.startswith("ui:") or not isinstance(inner, Mapping) or not sketch.has((*path, name)):
            continue
        here = (*path, name)
        settings = dict(rjsf.settings_of(inner))
        for option in ("required", "validations", "updateSchema", "replaceSchema"):
            if settings.get(option) not in (None, False, [], True):
                sketch.name_in("import_script", sketch.label(here), option=f"ui:{option}")
        condition = _condition(settings, path)
        if condition is None:
            yield here
        elif condition is not True:
            visibility.show((), here, all_of([condition, depends if depends is not None else True]))
        yield from _conditions(sketch, visibility, inner, here, depends)


def _condition(settings: Mapping[str, Any], path: Path) -> Any:
    """The condition of one field; None where it cannot be read."""
    hide = settings.get("hideIf")
    hidden = _depends(hide) if isinstance(hide, Mapping | list) else None if hide else False
    if hidden is None:
        return None
    under = settings.get("expandUnder")
    if not isinstance(under, str):
        return True if hidden is False else negated(hidden)
    value = settings.get("expandUnderCondition")
    wanted: Any = {"not": FALSY} if value is None or value is True else {"const": value}
    if isinstance(value, list):
        wanted = {"enum": value}
    shown = answered((*path, *under.split(".")), wanted)
    return all_of([shown, True if hidden is False else negated(hidden)])


def _screen_only(sketch: Sketch) -> list[str]:
    """Names that the original would not send ("view:…"), at any depth."""
    found: list[str] = []
    queue: list[Any] = [sketch.schema]
    while queue:
        schema = queue.pop()
        if isinstance(schema, Mapping):
            properties = schema.get("properties")
            names = properties if isinstance(properties, Mapping) else {}
            found += [name for name in names if name.startswith("view:") and name not in found]
            queue.extend(schema.values())
        elif isinstance(schema, list):
            queue.extend(schema)
    return sorted(found)
