"""Commands on fields (項目): adding, naming, limiting, copying and deleting them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.editing.bound_commands import drop_bounds, tell_anew, told
from schemas.editing.consent_commands import drop_unread, text_key
from schemas.editing.draft import Draft
from schemas.editing.homes import Home, homes, homes_of, require, tidy
from schemas.editing.members import free, put, put_after, words
from schemas.editing.palette import PALETTE
from schemas.editing.refusal import CommandRefused
from schemas.editing.usage import Use, uses
from schemas.pointers import escaped

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
LIMITS = {
    "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minItems", "maxItems", "uniqueItems", "default", "const", "examples",
}  # fmt: skip
ASPECTS = {"help", "easy", "widget", "placeholder", "autocomplete", "unit"}


def add_field(
    draft: Draft,
    part: str,
    page: str,
    title: str = "",
    at: int | None = None,
    key: str = "",
    required: bool | None = None,
) -> None:
    """A new field made of a part of the palette, on a page; where it is not said, only a shared word is required.

    It is asked of everybody. A key is made from the part unless one is given.
    """
    made = PALETTE.get(part)
    if made is None:
        raise CommandRefused("edit_no_part", {"part": part})
    target, schema = draft.page(page), draft.document["schema"]
    name = key or _free_key(draft, made.key)
    _refuse_taken(draft, name)
    schema.setdefault("properties", {})[name] = made.begun(title.strip() or made.title())
    if made.key == "calculated":
        draft.document.setdefault("calculations", {})[name] = 0
    elif made.is_shared if required is None else required:
        require(Home("/schema", schema), name, True)
    if made.presentation:
        draft.document.setdefault("presentation", {})[name] = dict(made.presentation)
    target["fields"].insert(len(target["fields"]) if at is None else max(0, at), name)


def retitle_field(draft: Draft, field: str, title: str) -> None:
    """Give a field another title, everywhere it is declared; its key stays, so nothing that uses it breaks."""
    before = told(draft.document)
    for home, name in draft.declared(field):
        home.properties[name]["title"] = words(title)
    tell_anew(draft, before)


def describe_field(draft: Draft, field: str, description: str) -> None:
    """Set what the field means, said under its title; an empty text takes it away."""
    for home, name in draft.declared(field):
        put(home.properties[name], "description", description.strip())


def require_field(draft: Draft, field: str, required: bool) -> None:
    """Whether an answer must be given where the field is asked."""
    for home, name in draft.declared(field):
        if home.properties[name].get("readOnly"):
            raise CommandRefused("edit_calculated_required")
        require(home, name, required)


def limit_field(draft: Draft, field: str, word: str, value: Any = None) -> None:
    """Set one limit of what may be answered, in the words of JSON Schema ("maxLength": 40); None takes it away."""
    if word not in LIMITS:
        raise CommandRefused("edit_unknown_limit", {"field": word})
    for home, name in draft.declared(field):
        put(home.properties[name], word, value)


def present_field(draft: Draft, field: str, aspect: str, value: str = "") -> None:
    """Set how a field is shown: help, help in easy Japanese, widget, placeholder, unit; empty takes it away."""
    if aspect not in ASPECTS:
        raise CommandRefused("edit_unknown_limit", {"field": aspect})
    draft.declared(field)
    presentation = draft.document.setdefault("presentation", {})
    put(presentation.setdefault(field, {}), aspect, value.strip())
    put(presentation, field, presentation[field] or None)
    put(draft.document, "presentation", presentation or None)


def set_choices(draft: Draft, field: str, choices: Sequence[Mapping[str, str]]) -> None:
    """The choices of a field, each `{"value", "title"}`; a choice without a value gets one, which then stays."""
    for home, name in draft.declared(field):
        schema = home.properties[name]
        holder = schema.get("items") if schema.get("type") == "array" else schema
        if not isinstance(holder, dict) or not ("oneOf" in holder or "enum" in holder):
            raise CommandRefused("edit_no_choices")
        offered = chosen(choices, holder)
        holder.pop("enum", None)
        holder["oneOf"] = offered


def chosen(choices: Sequence[Mapping[str, str]], holder: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Wished choices as a schema offers them in place of those that it offers now. Raises CommandRefused."""
    if len(choices) < 1 or any(not str(one.get("title", "")).strip() for one in choices):
        raise CommandRefused("edit_choices_empty")
    taken = [str(one["value"]) for one in choices if one.get("value")]
    if len(set(taken)) != len(taken):
        raise CommandRefused("edit_choices_twice")
    old = {str(one.get("const")): one for one in holder.get("oneOf", ()) if isinstance(one, dict)}
    return list(_chosen(choices, old, set(taken)))


def _chosen(choices: Sequence[Mapping[str, str]], old: Mapping[str, Any], taken: set[str]) -> Iterator[dict[str, Any]]:
    """Choices that were there before keep their object, and with it their translations."""
    for one in choices:
        value = one.get("value") or free({*taken, "choice"}, "choice")
        taken.add(str(value))
        kept = old.get(str(value), {"const": value})
        kept["title"] = str(one["title"]).strip()
        yield kept


def duplicate_field(draft: Draft, field: str) -> None:
    """A copy of a field right below it, with its limits, presentation and translations; nothing refers to it yet."""
    home, page = draft.homes_of(field)[0], _page_of(draft, field)
    name = _free_key(draft, re.sub(r"_[0-9]+\Z", "", field))
    copied = draft.copied(home.properties[field])
    put_after(home.properties, field, name, copied)
    if home.is_required(field):
        require(home, name, True)
    if field in draft.document.get("presentation", {}):
        draft.document["presentation"][name] = draft.copied(draft.document["presentation"][field])
    if field in draft.document.get("calculations", {}):
        draft.document["calculations"][name] = draft.copied(draft.document["calculations"][field])
    page["fields"].insert(page["fields"].index(field) + 1, name)


def delete_field(draft: Draft, field: str) -> None:
    """Take a field away, with its title, limits, presentation, translations and a text that is agreed to there only.

    Refused while something uses it: CommandRefused lists where, each to be changed first.
    """
    drop_bounds(draft, field)
    found = tuple(use for use in uses(draft.document, field) if not _is_own(use, field))
    if found:
        where = [use.message() for use in found]
        raise CommandRefused("edit_in_use", {"where": where}, found)
    agreed = {text_key(home.properties[field]) for home in draft.homes_of(field)}
    for home in draft.homes_of(field):
        del home.properties[field]
        require(home, field, False)
    draft.document.get("calculations", {}).pop(field, None)
    for name in [name for name in draft.document.get("presentation", {}) if _names(name, field)]:
        del draft.document["presentation"][name]
    for page in draft.pages:
        page["fields"] = [one for one in page["fields"] if one != field]
    drop_unread(draft, agreed)
    tidy(draft.document)


def _is_own(use: Use, field: str) -> bool:
    return use.kind == "calculation" and use.pointer == f"/calculations/{escaped(field)}"


def _names(name: str, field: str) -> bool:
    return name == field or name == f"/{escaped(field)}" or name.startswith(f"/{escaped(field)}/")


def _page_of(draft: Draft, field: str) -> dict[str, Any]:
    found = next((page for page in draft.pages if field in page["fields"]), None)
    if found is None:
        raise CommandRefused("edit_no_field", {"field": field})
    return found


def _refuse_taken(draft: Draft, key: str) -> None:
    if not KEY.match(key):
        raise CommandRefused("edit_key", {"field": key})
    if homes_of(draft.document, key) or key in draft.document.get("facts", {}):
        raise CommandRefused("edit_key_taken", {"field": key})


def _free_key(draft: Draft, stem: str) -> str:
    taken = {name for home in homes(draft.document) for name in home.properties}
    taken |= {*draft.document.get("facts", {}), *draft.document.get("calculations", {})}
    return free(taken, stem)
