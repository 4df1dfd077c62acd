"""form.io: a tree of components, each a field or a layout (https://help.form.io/userguide/form-building/form-components)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from schemas.dialects.finish import finished
from schemas.dialects.formio_components import CONTENT, GROUPS, LISTS, SKIPPED, schema_of
from schemas.dialects.formio_conditions import condition_of
from schemas.dialects.keywords import published, text_of
from schemas.dialects.places import ROWS, Path, Schema
from schemas.dialects.sketch import Adopted, Sketch
from schemas.dialects.visibility import Visibility, all_of

TAGS = re.compile(r"<[^>]{0,2000}>")


@dataclass(frozen=True)
class Around:
    """Where a component stands: the object it writes to, the list that holds it, and what must hold for it."""

    path: Path = ()
    base: Path = ()
    shown: tuple[Any, ...] = ()
    is_paged: bool = False


def is_form(value: Any) -> bool:
    """Whether a value is a form of form.io."""
    components = value.get("components") if isinstance(value, Mapping) else None
    return isinstance(components, list) and any(isinstance(one, Mapping) and "type" in one for one in components)


def adopt(form: Mapping[str, Any], name: str = "") -> Adopted:
    """The form of a component tree; panels of a wizard, else of the top level, are pages."""
    title = text_of(form.get("title"))
    sketch = Sketch.of({"type": "object", "properties": {}, "title": title}, name or text_of(form.get("name")))
    reader = Reader(sketch, Visibility(sketch))
    reader.components(form["components"], sketch.schema, Around())
    schema, remarks = published(sketch.schema)
    sketch.schema.clear()
    sketch.schema.update(schema)
    sketch.remarks += remarks
    reader.visibility.apply()
    return finished(sketch, "form.io", title)


class Reader:
    """Walks the components in the order of asking."""

    def __init__(self, sketch: Sketch, visibility: Visibility) -> None:
        self.sketch, self.visibility = sketch, visibility
        self.page: dict[str, Any] | None = None
        self.texts: list[str] = []

    def components(self, components: Any, holder: Schema, around: Around) -> None:
        """Read a list of components that write into `holder`."""
        for component in components if isinstance(components, list) else ():
            if isinstance(component, Mapping):
                self.component(component, holder, around)

    def component(self, component: Mapping[str, Any], holder: Schema, around: Around) -> None:
        """Read one component and those in it."""
        kind = str(component.get("type", ""))
        if kind in SKIPPED:
            return
        around = self._conditioned(component, around)
        key = text_of(component.get("key"))
        if kind in CONTENT:
            self._text(component)
        elif kind == "panel" and not around.is_paged and not around.path:
            self._panel(component, holder, around)
        elif kind in GROUPS | LISTS and key:
            self._nested(component, holder, around, kind in LISTS)
        elif inner := list(_inner(component)):
            for components in inner:
                self.components(components, holder, around)
        elif key and component.get("input", True) is not False:
            self._field(component, holder, around)

    def _panel(self, component: Mapping[str, Any], holder: Schema, around: Around) -> None:
        title = text_of(component.get("title") or component.get("label") or component.get("legend"))
        self.page = self.sketch.open_page(title or "入力", text_of(component.get("key")))
        self.components(component.get("components"), holder, replace(around, is_paged=True))
        if self.texts:
            self.page["description"] = "\n".join(self.texts)
        self.page, self.texts = None, []

    def _nested(self, component: Mapping[str, Any], holder: Schema, around: Around, is_list: bool) -> None:
        """A container is an object, a grid a list of objects, under the key of the component."""
        schema: Schema = {"type": "object", "properties": {}}
        names = _names(component)
        full = (*around.path, *names)
        self._declare(component, holder, {"type": "array", "items": schema} if is_list else schema)
        self._settle(component, full, around)
        if is_list:
            self._limits(component, holder, names)
            inner = replace(around, path=(*full, ROWS), base=(*full, ROWS), shown=())
        else:
            inner = replace(around, path=full, shown=())
        for components in _inner(component):
            self.components(components, schema, inner)

    def _limits(self, component: Mapping[str, Any], holder: Schema, names: Path) -> None:
        limits = component.get("validate")
        schema = _holder(holder, names[:-1])["properties"][names[-1]]
        for ours, theirs in (("minItems", "minLength"), ("maxItems", "maxLength")):
            value = limits.get(theirs) if isinstance(limits, Mapping) else None
            if str(value).isdigit():
                schema[ours] = int(str(value))

    def _field(self, component: Mapping[str, Any], holder: Schema, around: Around) -> None:
        full = (*around.path, *_names(component))
        schema = schema_of(self.sketch, full, component)
        self._declare(component, holder, schema)
        self._settle(component, full, around)

    def _declare(self, component: Mapping[str, Any], holder: Schema, schema: Schema) -> None:
        names = _names(component)
        title = text_of(component.get("label") or component.get("title") or component.get("legend"))
        target = _holder(holder, names[:-1])
        target["properties"].setdefault(names[-1], {**({"title": title} if title else {}), **schema})
        limits = component.get("validate")
        if isinstance(limits, Mapping) and limits.get("required") is True:
            target.setdefault("required", [])
            target["required"] += [names[-1]] if names[-1] not in target["required"] else []

    def _settle(self, component: Mapping[str, Any], full: Path, around: Around) -> None:
        """Place a field on its page, with what is said about it."""
        if self.page is None and not around.base:
            self.page = self.sketch.open_page(text_of(self.sketch.schema.get("title")) or "入力")
        if self.page is not None:
            self.sketch.place(full[0], self.page)
        self.sketch.explain(full, "\n".join(self.texts))
        self.texts = []
        for key, ours in (("description", "help"), ("tooltip", "help"), ("placeholder", "placeholder")):
            self.sketch.present(full, **{ours: plain(component.get(key))})
        unit = plain(component.get("suffix"))
        self.sketch.present(full, unit=unit)
        if component.get("hidden") is True or component.get("type") == "hidden":
            self.sketch.hide(full)
        elif component.get("disabled") is True:
            self.sketch.lock(full)
        self.visibility.show(around.base, full[len(around.base) :], all_of(list(around.shown)))
        self._scripts(component, full)

    def _scripts(self, component: Mapping[str, Any], full: Path) -> None:
        limits = component.get("validate")
        limits = limits if isinstance(limits, Mapping) else {}
        programs = {key: component.get(key) for key in ("calculateValue", "customDefaultValue", "logic")}
        programs |= {f"validate.{key}": limits.get(key) for key in ("custom", "json")}
        for option, value in programs.items():
            if value:
                self.sketch.name_in("import_script", self.sketch.label(full), option=option)
        message = text_of(limits.get("customMessage"))
        if message:
            self.sketch.annotate(full, **{"x-message": message})

    def _text(self, component: Mapping[str, Any]) -> None:
        text = plain(component.get("html") or component.get("content"))
        if text:
            self.texts.append(text)

    def _conditioned(self, component: Mapping[str, Any], around: Around) -> Around:
        condition = condition_of(component, around.base)
        if condition is None:
            name = text_of(component.get("label")) or text_of(component.get("key"))
            self.sketch.say("import_condition", field=name)
            return around
        return around if condition is True else replace(around, shown=(*around.shown, condition))


def plain(value: Any) -> str:
    """Text without the tags that it was marked up with."""
    return re.sub(r"[ \t]*\n\s*", "\n", TAGS.sub(" ", text_of(value)).replace("&nbsp;", " ")).strip()


def _names(component: Mapping[str, Any]) -> Path:
    """A key with dots writes into objects."""
    return tuple(part for part in text_of(component.get("key")).split(".") if part) or ("field",)


def _holder(holder: Schema, names: Path) -> Schema:
    for name in names:
        holder = holder["properties"].setdefault(name, {"type": "object", "properties": {}, "title": name})
        holder.setdefault("properties", {})
    return holder


def _inner(component: Mapping[str, Any]) -> Iterator[Any]:
    """The lists of components in a layout: of a panel, of columns, of the cells of a table, of tabs."""
    if isinstance(component.get("components"), list):
        inner = component["components"]
        is_tabs = component.get("type") == "tabs"
        yield from ([one.get("components") for one in inner if isinstance(one, Mapping)] if is_tabs else [inner])
    for column in component.get("columns", ()) if isinstance(component.get("columns"), list) else ():
        if isinstance(column, Mapping):
            yield column.get("components")
    for row in component.get("rows", ()) if isinstance(component.get("rows"), list) else ():
        for cell in row if isinstance(row, list) else ():
            if isinstance(cell, Mapping):
                yield cell.get("components")
