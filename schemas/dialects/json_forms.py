"""JSON Forms: a JSON Schema with a UI schema of layouts, controls and rules (https://jsonforms.io/docs/uischema).

Categories become pages, groups become headings or pages, rules become conditions of the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from schemas.dialects.finish import finished, hide_rest, is_group
from schemas.dialects.json_forms_options import apply_options
from schemas.dialects.json_forms_rules import Rules, condition_of
from schemas.dialects.keywords import text_of
from schemas.dialects.places import ROWS, Path
from schemas.dialects.sketch import Adopted, Sketch
from schemas.dialects.visibility import Visibility, all_of, negated
from schemas.pointers import unescaped

LAYOUTS = ("VerticalLayout", "HorizontalLayout", "Group", "Category", "Categorization", "ListWithDetail")
CATEGORIES = ("Category", "Categorization")
STEPS = ("allOf", "anyOf", "oneOf", "prefixItems")


def is_ui_schema(value: Any) -> bool:
    """Whether a value is a UI schema of JSON Forms."""
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        return False
    kind = value["type"]
    return kind in (*LAYOUTS, "Label") or (kind == "Control" and "scope" in value) or "elements" in value


def adopt(schema: Any, ui: Any, name: str = "") -> Adopted:
    """The form of a schema with its UI schema."""
    sketch = Sketch.of(schema, name)
    reader = Reader(sketch, Visibility(sketch))
    reader.read(ui, Around())
    reader.close()
    return finished(sketch, "JSON Forms", text_of(ui.get("label")) if isinstance(ui.get("label"), str) else "")


@dataclass(frozen=True)
class Around:
    """What stands around an element: its list, the conditions of the layouts it is in, its headings and page."""

    base: Path = ()
    shown: tuple[Any, ...] = ()
    locked: tuple[Any, ...] = ()
    titles: tuple[str, ...] = ()
    is_paged: bool = False


@dataclass
class Reader:
    """Walks a UI schema once, in the order of asking."""

    sketch: Sketch
    visibility: Visibility
    page: dict[str, Any] | None = None
    heading: str = ""
    texts: list[str] = field(default_factory=list)
    mentioned: set[Path] = field(default_factory=set)
    bare: set[Path] = field(default_factory=set)

    # Elements

    def read(self, element: Any, around: Around) -> None:
        """Read one element and everything in it."""
        if not isinstance(element, Mapping):
            return
        kind = str(element.get("type", ""))
        around = self._ruled(element, around)
        if kind in CATEGORIES:
            self._categories(element, around)
        elif kind == "Group":
            self._group(element, around)
        elif kind == "Label":
            self._label(element, around)
        elif "scope" in element:
            self._control(element, around)
        else:
            if kind not in LAYOUTS:
                self.sketch.say("import_element", kind=kind)
            self._elements(element, around)

    def _elements(self, element: Mapping[str, Any], around: Around) -> None:
        elements = element.get("elements")
        for one in elements if isinstance(elements, list) else ():
            self.read(one, around)

    def _categories(self, element: Mapping[str, Any], around: Around) -> None:
        """Every category that holds more than categories is a page; nested ones carry the titles around them."""
        label = label_of(element)
        titles = (*around.titles, label) if label else around.titles
        inner = replace(around, titles=titles, is_paged=True)
        for one in element.get("elements", ()) if isinstance(element.get("elements"), list) else ():
            is_inner = isinstance(one, Mapping) and one.get("type") in CATEGORIES
            if element.get("type") == "Category" and not is_inner and self.page is None:
                self._open("－".join(titles), element)
            if is_inner:
                self._close_page()
            self.read(one, inner)
        self._close_page()

    def _group(self, element: Mapping[str, Any], around: Around) -> None:
        """A group outside of categories is a page; inside of one it is a heading."""
        label = label_of(element)
        if around.base or around.is_paged:
            self.heading = label or self.heading
            self._elements(element, around)
            return
        self._close_page()
        self._open(label, element)
        self._elements(element, replace(around, is_paged=True))
        self._close_page()

    def _label(self, element: Mapping[str, Any], around: Around) -> None:
        text = text_of(element.get("text", element.get("label")))
        if text:
            self.texts.append(text)

    def _open(self, title: str, element: Mapping[str, Any]) -> None:
        own = text_of(self.sketch.schema.get("title")) or "入力"
        self.page = self.sketch.open_page(title or own)
        if text_of(element.get("i18n")):
            self.page["x-i18n"] = text_of(element["i18n"])

    def _close_page(self) -> None:
        """Texts that no field followed explain the page as a whole."""
        if self.page is not None and self.texts:
            self.page["description"] = "\n".join(filter(None, [self.page.get("description", ""), *self.texts]))
        self.page, self.texts, self.heading = None, [], ""

    # Controls

    def _control(self, element: Mapping[str, Any], around: Around) -> None:
        path = path_of(element.get("scope"))
        if path is None or not self.sketch.has((*around.base, *path)):
            self.sketch.say("import_scope", scope=str(element.get("scope")))
            return
        if not path:
            self._whole(around)
            return
        full = (*around.base, *path)
        self.mentioned.add(full)
        self._place(full, around)
        self._label_control(element, full)
        apply_options(self.sketch, full, element.get("options"))
        self.visibility.show(around.base, path, all_of(list(around.shown)))
        for condition in around.locked:
            self.visibility.lock(around.base, path, condition)
        self._detail(element, full)

    def _whole(self, around: Around) -> None:
        """A control for everything: the fields one after the other."""
        for name in self.sketch.fields() if not around.base else ():
            self.mentioned.add((name,))
            self._place((name,), around)

    def _place(self, full: Path, around: Around) -> None:
        if not around.base:
            if self.page is None:
                self._open("", {})
            assert self.page is not None  # noqa: S101 - just opened
            self.sketch.place(full[0], self.page)
        self.sketch.explain(full, self.heading, is_heading=True)
        self.sketch.explain(full, "\n".join(self.texts))
        self.heading, self.texts = "", []

    def _label_control(self, element: Mapping[str, Any], full: Path) -> None:
        self.sketch.title(full, label_of(element))
        if text_of(element.get("i18n")):
            self.sketch.present(full, **{"x-i18n": text_of(element["i18n"])})

    def _detail(self, element: Mapping[str, Any], full: Path) -> None:
        options = element.get("options")
        detail = options.get("detail") if isinstance(options, Mapping) else None
        if not isinstance(detail, Mapping):
            self.bare.add(full)
            return
        is_list = any("items" in schema for schema in self.sketch.at(full))
        base = (*full, ROWS) if is_list else full
        saved = self.heading, self.texts
        self.heading, self.texts = "", []
        self.read(detail, Around(base=base))
        self.heading, self.texts = saved

    # Rules

    def _ruled(self, element: Mapping[str, Any], around: Around) -> Around:
        rule = element.get("rule")
        if not isinstance(rule, Mapping):
            return around
        condition = condition_of(rule.get("condition"), around.base)
        effect = str(rule.get("effect", "")).upper()
        if condition is None or effect not in Rules.__members__:
            self.sketch.say("import_condition", field=label_of(element) or str(element.get("scope", "")))
            return around
        holds = condition if effect in ("SHOW", "DISABLE") else negated(condition)
        if effect in ("SHOW", "HIDE"):
            return replace(around, shown=(*around.shown, holds))
        return replace(around, locked=(*around.locked, holds))

    def close(self) -> None:
        """What the UI schema does not place is not shown; then the rules are written."""
        self._close_page()
        for path in sorted(self.mentioned):
            parent = path[:-1]
            is_whole = any(parent[: len(one)] == one for one in self.bare)
            if parent and parent[-1] != ROWS and not is_whole and is_group(self.sketch, parent):
                hide_rest(self.sketch, parent, self.mentioned)
        self.visibility.apply()


def label_of(element: Mapping[str, Any]) -> str:
    """The label of an element as text; empty where it has none or shows none."""
    label = element.get("label")
    if isinstance(label, Mapping):
        return text_of(label.get("text")) if label.get("show") is not False else ""
    return text_of(label)


def path_of(scope: Any) -> Path | None:
    """The path that a scope points to ("#/properties/a/properties/b"); None for what is no scope."""
    if not isinstance(scope, str):
        return None
    tokens = [unescaped(token) for token in scope.lstrip("#").strip("/").split("/") if token]
    found: list[str] = []
    while tokens:
        step = tokens.pop(0)
        if step == "properties" and tokens:
            found.append(tokens.pop(0))
        elif step == "items":
            found.append(ROWS)
            if tokens and tokens[0].isdigit():
                tokens.pop(0)
        elif step in STEPS and tokens:
            tokens.pop(0)
        elif step not in ("then", "else"):
            return None
    return tuple(found)
