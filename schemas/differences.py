"""Differences (変更点) between two documents of one definition, in the words of somebody who has never read JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.difference_texts import DIFFERENCE_TEXTS, WORD_NAMES
from schemas.possible import possible
from schemas.wording import value_in_words

Document = Mapping[str, Any]
Named = Mapping[str, Any]

#: What of a field is said one by one; anything else of it that changed is said as "other".
FIELD_WORDS = (
    "title", "description", "format", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "default", "$ref",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One thing that differs: `code` names the sentence, `params` what it speaks of, `pointer` its place in `after`."""

    code: str
    pointer: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str = "ja") -> str:
        texts = DIFFERENCE_TEXTS[self.code]
        slots = {name: _written(name, value, language) for name, value in self.params.items()}
        return texts.get(language, texts["ja"]).format_map(slots)


def _written(name: str, value: Any, language: str) -> str:
    if value is None:
        return {"ja": "なし", "en": "nothing"}.get(language, "なし")
    if name == "word":
        return WORD_NAMES.get(value, {}).get(language, str(value))
    if isinstance(value, list):
        return ("、" if language != "en" else ", ").join(value_in_words(one, language) for one in value)
    return value_in_words(value, language) if isinstance(value, str | int | float | bool) else str(value)


def differences(before: Document, after: Document) -> list[Difference]:
    """What changes for residents and staff when `after` takes the place of `before`, forms or workflows alike."""
    found = _of_workflow if "workflow" in after else _of_form
    return list(found(before, after))


def _of_form(before: Document, after: Document) -> Iterator[Difference]:
    yield from _texts(before, after, ("title", "description"), "")
    yield from _pages(before, after)
    yield from _fields(before, after)
    yield from _members(before, after, "calculations", "calculation")
    yield from _members(before, after, "facts", "fact")
    yield from _listed(before, after, "checks", "check", "message")
    yield from _procedure(before.get("procedure", {}), after.get("procedure", {}))
    yield from _translations(before, after)


def _texts(before: Named, after: Named, names: tuple[str, ...], at: str) -> Iterator[Difference]:
    for name in names:
        if before.get(name) != after.get(name):
            params = {"word": name, "before": before.get(name), "after": after.get(name)}
            yield Difference("word", f"{at}/{name}", params)


def _pages(before: Document, after: Document) -> Iterator[Difference]:
    old, new = ({page["key"]: page for page in one.get("pages", ())} for one in (before, after))
    for place, (key, page) in enumerate(new.items()):
        at = f"/pages/{place}"
        if key not in old:
            yield Difference("page_added", at, {"page": page["title"]})
        elif old[key]["title"] != page["title"]:
            yield Difference("page_renamed", at, {"before": old[key]["title"], "after": page["title"]})
    for key, page in old.items():
        if key not in new:
            yield Difference("page_removed", "/pages", {"page": page["title"]})
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Difference("pages_moved", "/pages", {"pages": [page["title"] for page in new.values()]})


def _fields(before: Document, after: Document) -> Iterator[Difference]:
    old, new = _known(before), _known(after)
    for key, schema in new.items():
        at, title = f"/schema/properties/{key}", schema.get("title", key)
        if key not in old:
            yield Difference("field_added", at, {"title": title})
        else:
            yield from _field(old[key], schema, title, at)
    for key, schema in old.items():
        if key not in new:
            yield Difference("field_removed", "/schema", {"title": schema.get("title", key)})
    yield from _moved(before, after, new)
    yield from _required(before, after, new)


def _known(document: Document) -> Mapping[str, Any]:
    found: Mapping[str, Any] = possible(dict(document["schema"])).get("properties", {})
    return found


def _field(old: Named, new: Named, title: str, at: str) -> Iterator[Difference]:
    for word in FIELD_WORDS:
        if old.get(word) != new.get(word):
            params = {"title": title, "word": word, "before": old.get(word), "after": new.get(word)}
            yield Difference("field_word", at, params)
    before, after = _choices(old), _choices(new)
    added = [label for value, label in after.items() if value not in before]
    removed = [label for value, label in before.items() if value not in after]
    if added:
        yield Difference("choices_added", at, {"title": title, "choices": added})
    if removed:
        yield Difference("choices_removed", at, {"title": title, "choices": removed})
    rest = [word for word in {**old, **new} if word not in (*FIELD_WORDS, "oneOf", "enum")]
    if any(old.get(word) != new.get(word) for word in rest):
        yield Difference("field_inside", at, {"title": title})


def _choices(schema: Named) -> dict[str, str]:
    holder = schema.get("items", schema) if schema.get("type") == "array" else schema
    listed = holder.get("oneOf", ()) if isinstance(holder, Mapping) else ()
    named = {str(one["const"]): str(one.get("title", one["const"])) for one in listed if "const" in one}
    return named or {str(one): str(one) for one in schema.get("enum", ())}


def _moved(before: Document, after: Document, fields: Named) -> Iterator[Difference]:
    old, new = (
        {key: page["title"] for page in one.get("pages", ()) for key in page["fields"] if isinstance(key, str)}
        for one in (before, after)
    )
    titles = {page["title"] for page in before.get("pages", ())} & {page["title"] for page in after.get("pages", ())}
    for key, page in new.items():
        if key in old and old[key] != page and {page, old[key]} <= titles:
            title = fields.get(key, {}).get("title", key)
            yield Difference("field_moved", f"/schema/properties/{key}", {"title": title, "page": page})


def _required(before: Document, after: Document, fields: Named) -> Iterator[Difference]:
    """Whether a field must be answered wherever it is asked, and under which conditions it is."""
    old, new = _asked(before["schema"]), _asked(after["schema"])
    for key in new:
        if key not in old:
            continue
        title, at = fields.get(key, {}).get("title", key), f"/schema/properties/{key}"
        if old[key][0] != new[key][0]:
            yield Difference("now_required" if new[key][0] else "now_optional", at, {"title": title})
        if old[key][1] != new[key][1]:
            yield Difference("condition_changed" if new[key][1] else "always_asked", at, {"title": title})


def _asked(schema: Any, conditions: tuple[Any, ...] = ()) -> dict[str, tuple[bool, tuple[Any, ...]]]:
    """By field: whether it is required where it is first declared, and under which conditions that is."""
    if not isinstance(schema, Mapping):
        return {}
    needed = schema.get("required", ())
    found = {key: (key in needed, conditions) for key in schema.get("properties", {})}
    inner = [(schema.get("then"), (schema.get("if"), True)), (schema.get("else"), (schema.get("if"), False))]
    for branch, condition in inner:
        found = {**_asked(branch, (*conditions, condition)), **found}
    for one in schema.get("allOf", ()):
        found = {**_asked(one, conditions), **found}
    return found


def _members(before: Document, after: Document, name: str, code: str) -> Iterator[Difference]:
    old, new = before.get(name, {}), after.get(name, {})
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            kind = "added" if key not in old else "removed" if key not in new else "changed"
            titles = {**before.get("x-titles", {}), **after.get("x-titles", {})}
            title = _known(after).get(key, {}).get("title") or titles.get(key, key)
            yield Difference(f"{code}_{kind}", f"/{name}/{key}", {"title": title})


def _listed(before: Document, after: Document, name: str, code: str, said: str) -> Iterator[Difference]:
    old, new = ({one["key"]: one for one in document.get(name, ())} for document in (before, after))
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            kind = "added" if key not in old else "removed" if key not in new else "changed"
            yield Difference(f"{code}_{kind}", f"/{name}", {"title": (new.get(key) or old[key]).get(said, key)})


def _procedure(before: Named, after: Named) -> Iterator[Difference]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            old, new = (_plain(one.get(name)) for one in (before, after))
            yield Difference("procedure", f"/procedure/{name}", {"word": name, "before": old, "after": new})


def _plain(value: Any) -> Any:
    """A period as its number of days; what has no words of its own, as nothing more than that it is there."""
    if isinstance(value, Mapping):
        return next(iter(value.values()), None) if len(value) == 1 else "…"
    return value


def _translations(before: Document, after: Document) -> Iterator[Difference]:
    old, new = before.get("translations", {}), after.get("translations", {})
    for language in {**old, **new}:
        changed = {at for at in {**old.get(language, {}), **new.get(language, {})}
                   if old.get(language, {}).get(at) != new.get(language, {}).get(at)}  # fmt: skip
        if changed:
            yield Difference("translations", "/translations", {"language": language, "count": len(changed)})


def _of_workflow(before: Document, after: Document) -> Iterator[Difference]:
    yield from _texts(before, after, ("title", "description"), "")
    old, new = dict(_steps(before.get("steps", ()), "/steps")), dict(_steps(after.get("steps", ()), "/steps"))
    for key, (at, step) in new.items():
        if key not in old:
            yield Difference("step_added", at, {"title": step.get("title", key)})
        else:
            yield from _step(old[key][1], step, at)
    for key, (_, step) in old.items():
        if key not in new:
            yield Difference("step_removed", "/steps", {"title": step.get("title", key)})
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Difference("steps_moved", "/steps", {"steps": [step.get("title", key) for key, (_, step) in new.items()]})
    yield from _translations(before, after)


def _steps(steps: Any, at: str) -> Iterator[tuple[str, tuple[str, Named]]]:
    """Every step by key, those inside branches too."""
    for place, step in enumerate(steps):
        here = f"{at}/{place}"
        yield step["key"], (here, step)
        for word in ("cases", "branches"):
            for number, branch in enumerate(step.get(word, ())):
                yield from _steps(branch.get("steps", ()), f"{here}/{word}/{number}/steps")


def _step(old: Named, new: Named, at: str) -> Iterator[Difference]:
    title = new.get("title", new["key"])
    for word in {**old, **new}:
        if word == "table":
            yield from _rows(old.get(word, ()), new.get(word, ()), title, at)
        elif _without_steps(old.get(word)) != _without_steps(new.get(word)):
            yield Difference("step_word", f"{at}/{word}", {"title": title, "word": word})


def _rows(old: Any, new: Any, title: str, at: str) -> Iterator[Difference]:
    before, after = ({row["key"]: row for row in rows} for rows in (old, new))
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            kind = "added" if key not in before else "removed" if key not in after else "changed"
            row = (after.get(key) or before[key]).get("title", key)
            yield Difference(f"rule_{kind}", f"{at}/table", {"title": title, "rule": row})


def _without_steps(value: Any) -> Any:
    """Branches without the steps in them, which are compared one by one."""
    if not isinstance(value, list):
        return value
    return [{name: one[name] for name in one if name != "steps"} if isinstance(one, Mapping) else one for one in value]
