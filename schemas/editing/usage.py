"""Usage (使われている場所): every place in a form, and in the rules about it, that names a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.editing.homes import Document, homes
from schemas.pointers import MISSING, lookup, parts, pointer
from schemas.schema_checks import subschemas

#: What a use is called, by its kind.
KINDS: Mapping[str, Mapping[str, str]] = {
    "condition": {"ja": "「{title}」を出す条件", "en": "the condition that shows “{title}”"},
    "dependency": {"ja": "一緒に必要になる項目の決まり", "en": "a rule on what is needed together"},
    "calculation": {"ja": "計算「{title}」", "en": "the calculation “{title}”"},
    "check": {"ja": "確認「{title}」", "en": "the check “{title}”"},
    "fact": {"ja": "台帳などとの照合「{title}」", "en": "the verification “{title}”"},
    "content": {"ja": "説明文を出す条件", "en": "the condition that shows an explanation"},
    "fee": {"ja": "手数料の計算", "en": "the fee of the procedure"},
    "notice": {"ja": "お知らせの文「{title}」", "en": "the notice “{title}”"},
    "rule": {"ja": "決裁経路の規則「{title}」", "en": "the rule “{title}” of the route"},
}


@dataclass(frozen=True)
class Use:
    """One place that names a field; `pointer` is into the form, or into the workflow where kind is "rule"."""

    kind: str
    pointer: str
    title: str = ""

    def message(self, language: str = "ja") -> str:
        texts = KINDS[self.kind]
        return texts.get(language, texts["ja"]).format(title=self.title)


def uses(document: Document, key: str, workflow: Mapping[str, Any] | None = None) -> list[Use]:
    """Where else than on its own page the field is named; what a builder is shown before it is deleted."""
    found = [*_conditions(document, key), *_dependencies(document, key), *_calculations(document, key)]
    found += [*_checks(document, key), *_facts(document, key), *_contents(document, key), *_notices(document, key)]
    found += _fee(document, key)
    return found + list(_rules(workflow, key) if workflow else ())


def named_in(condition: Any, key: str) -> bool:
    """Whether a condition in a schema (an `if`) looks at the answer of that key."""
    if not isinstance(condition, dict):
        return False
    if key in (condition.get("properties") or {}) or key in (condition.get("required") or ()):
        return True
    inner = [one for word in ("allOf", "anyOf", "oneOf") for one in condition.get(word) or ()]
    return any(named_in(one, key) for one in (*inner, condition.get("not")))


def uses_of_column(document: Document, address: str) -> list[Use]:
    """Where a column of a table or a part of a group is named: in what uses the whole, by its own name too."""
    first, name = first_of(address), parts(address)[-1]
    found = [use for use in uses(document, first) if use.kind in ("calculation", "check", "fact", "notice")]
    own = pointer([name])
    return [use for use in found if any(own in text for text in _texts_in(lookup(document, use.pointer)))]


def _texts_in(node: Any) -> Iterator[str]:
    """Every text in a part of a document, names of members included."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            yield name
            yield from _texts_in(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _texts_in(inner)


def _conditions(document: Document, key: str) -> Iterator[Use]:
    for home in homes(document):
        if named_in(home.schema.get("if"), key):
            shown = [*_declared(home.schema.get("then")), *_declared(home.schema.get("else"))]
            yield Use("condition", f"{home.at}/if", "・".join(shown))


def _declared(branch: Any) -> Iterator[str]:
    properties = branch.get("properties") or {} if isinstance(branch, dict) else {}
    for name, schema in properties.items():
        yield schema.get("title", name) if isinstance(schema, dict) else name


def _dependencies(document: Document, key: str) -> Iterator[Use]:
    for home in homes(document):
        for name, needed in (home.schema.get("dependentRequired") or {}).items():
            if key == name or key in needed:
                yield Use("dependency", home.at + pointer(["dependentRequired", name]))
        if key in (home.schema.get("dependentSchemas") or {}):
            yield Use("dependency", home.at + pointer(["dependentSchemas", key]))


def _calculations(document: Document, key: str) -> Iterator[Use]:
    for name, source in (document.get("calculations") or {}).items():
        if name != key and key in read_by(source):
            yield Use("calculation", pointer(["calculations", name]), title_of(document, name))


def read_by(source: Any) -> set[str]:
    """The names of the facts that a calculation (JsonLogic) reads."""
    if isinstance(source, list):
        return {name for one in source for name in read_by(one)}
    if not isinstance(source, dict):
        return set()
    named = source.get("var")
    first = named[0] if isinstance(named, list) and named else named
    own = {parts(first)[0]} if isinstance(first, str) and first.startswith("/") and len(first) > 1 else set()
    return own | read_by(list(source.values()))


def title_of(document: Document, key: str) -> str:
    """The title of a field as its form declares it, else the name of the fact."""
    for home in homes(document):
        schema = home.properties.get(key)
        if isinstance(schema, dict) and schema.get("title"):
            return str(schema["title"])
    return str((document.get("x-titles") or {}).get(key, key))


def _checks(document: Document, key: str) -> Iterator[Use]:
    for place, one in enumerate(document.get("checks") or ()):
        if _is_about(one.get("when"), key) or first_of(one.get("field", "")) == key:
            yield Use("check", f"/checks/{place}", one.get("message", ""))


def _is_about(condition: Any, key: str) -> bool:
    """Whether a condition over facts names the field, by name or by a pointer into it."""
    return any(name == key or first_of(name) == key for name in condition or {})


def first_of(address: str) -> str:
    """The field that an address leads into; empty for a name."""
    return parts(address)[0] if address.startswith("/") and len(address) > 1 else ""


def _facts(document: Document, key: str) -> Iterator[Use]:
    for name, provider in (document.get("facts") or {}).items():
        looked_at = [provider.get(word, "") for word in ("date", "from", "to", "value")]
        if key in {first_of(one) for one in (*looked_at, *provider.get("resources", ()))}:
            yield Use("fact", pointer(["facts", name]), title_of(document, name))


def _contents(document: Document, key: str) -> Iterator[Use]:
    for name, content in (document.get("content") or {}).items():
        if _is_about(content.get("when"), key):
            yield Use("content", pointer(["content", name]))


def _notices(document: Document, key: str) -> Iterator[Use]:
    for kind, notice in (document.get("notices") or {}).items():
        for name, text in notice.items() if isinstance(notice, dict) else ():
            if isinstance(text, str) and (f"{{{key}}}" in text or f"{{/{key}" in text):
                yield Use("notice", pointer(["notices", kind, name]), kind)


def _fee(document: Document, key: str) -> list[Use]:
    named = (document.get("procedure") or {}).get("fee_calculation")
    return [Use("fee", "/procedure/fee_calculation")] if named == key else []


def _rules(workflow: Mapping[str, Any], key: str) -> Iterator[Use]:
    """Conditions over facts anywhere in the workflow: rules, choices, authority."""
    for at, holder in _holders(workflow, ""):
        if _is_about(holder.get("when"), key):
            yield Use("rule", at, str(holder.get("title", "")))


def _holders(node: Any, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, Mapping):
        if isinstance(node.get("when"), Mapping):
            yield at, node
        for name, inner in node.items():
            yield from _holders(inner, at + pointer([name]))
    elif isinstance(node, list):
        for place, inner in enumerate(node):
            yield from _holders(inner, f"{at}/{place}")


def dangling(document: Document) -> list[str]:
    """Pointers of translations whose text is gone, of presentations whose field is, and of content that stands on no
    page or is there no more; empty after every command.
    """
    lost = [
        pointer(["translations", language, address])
        for language, texts in (document.get("translations") or {}).items()
        for address in texts
        if lookup(document, address) is MISSING
    ]
    fields = {name for _, one in subschemas(document["schema"], "") for name in one.get("properties") or ()}
    named = [(name, first_of(name) or name) for name in document.get("presentation") or ()]
    lost += [pointer(["presentation", name]) for name, first in named if first not in fields]
    placed = {one["content"] for page in document.get("pages", ()) for one in page["fields"] if isinstance(one, dict)}
    return lost + [pointer(["content", name]) for name in placed.symmetric_difference(document.get("content") or {})]
