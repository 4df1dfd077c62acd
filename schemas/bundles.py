"""Bundles (一式): a form with its routes in one file, for another department or municipality; proven by checksums.

```
{"kakanai_bundle": 1, "origin": "かかない市", "names": {"departments": {"environment": "環境課"}, "roles": {…}},
 "form": {"document": {…}, "sha256": "…", "text_sha256": "…"}, "workflows": [{…}], "sha256": "…"}
```

``sha256`` of a part is that of its RFC 8785 form, as versions have it; ``text_sha256`` that of its text, because the
order of members is that in which a form asks. The last one covers all the rest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.canonical import digest
from schemas.metaschemas import shape_problems

FORMAT = 1
MARK = "kakanai_bundle"
#: What one municipality calls otherwise than another, and how a definition names it.
KINDS = ("departments", "roles", "logins", "workflows", "forms")
WORDS = {"department": "departments", "role": "roles", "login": "logins", "workflow": "workflows", "form": "forms"}
Document = dict[str, Any]
Names = Mapping[str, Mapping[str, str]]

REFUSED: Mapping[str, Mapping[str, str]] = {
    "no_bundle": {
        "ja": "様式一式のファイルではありません。「書き出す」で作ったファイルを選んでください。",
        "en": "This file is not a bundle. Choose one that was made with “Export”.",
    },
    "newer": {
        "ja": "新しい版のかかないで作られたファイルです（形式{format}）。こちらを更新してから取り込んでください。",
        "en": "This file was made by a newer Kakanai (format {format}). Update this one before importing it.",
    },
    "altered": {
        "ja": "「{part}」が書き出した後に書き換えられているか、壊れています。書き出し直してもらってください。",
        "en": "“{part}” was altered or damaged after it was exported. Ask for the file again.",
    },
    "shape": {
        "ja": "「{part}」は定義として読めません：{why}",
        "en": "“{part}” cannot be read as a definition: {why}",
    },
}


class BundleRefused(ValueError):
    """The file is no bundle that can be taken in; ``message`` says why."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(self.message())

    def message(self, language: str = "ja") -> str:
        texts = REFUSED[self.code]
        return texts.get(language, texts["ja"]).format_map(self.params)


@dataclass(frozen=True)
class Bundle:
    """One bundle as it was read: whose it is, its documents, and what departments and roles are called there."""

    origin: str
    form: Document
    workflows: Sequence[Document] = ()
    titles: Names = field(default_factory=dict)

    @property
    def documents(self) -> list[Document]:
        """Routes before the form that names them."""
        return [*self.workflows, self.form]

    def named(self) -> dict[str, list[str]]:
        """Every name of another municipality in it, by kind, in the order in which it comes."""
        found: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
        for document in self.documents:
            for word, name in _names(document):
                found[WORDS[word]][name] = None
        return {kind: list(names) for kind, names in found.items()}

    def renamed(self, names: Names) -> Bundle:
        """The same with our names in place of theirs; a name that is not mapped stays."""

        def change(word: str, name: str) -> str:
            return names.get(WORDS[word], {}).get(name) or name

        workflows = [_renamed(one, change) for one in self.workflows]
        return Bundle(self.origin, _renamed(self.form, change), workflows, self.titles)


def written(bundle: Bundle) -> str:
    """The file of a bundle; the same text for the same bundle."""
    whole: Document = {
        MARK: FORMAT,
        "origin": bundle.origin,
        "names": {kind: dict(names) for kind, names in bundle.titles.items()},
        "form": _part(bundle.form),
        "workflows": [_part(one) for one in bundle.workflows],
    }
    return json.dumps({**whole, "sha256": digest(whole)}, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Bundle:
    """The bundle in a file. Raises BundleRefused for what is none, is of a newer format, or was altered."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise BundleRefused("no_bundle") from wrong
    number = whole.get(MARK) if isinstance(whole, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BundleRefused("no_bundle")
    if number > FORMAT:
        raise BundleRefused("newer", format=number)
    parts, names = [*_listed(whole.get("workflows")), whole.get("form")], whole.get("names")
    documents = [_proven(part) for part in parts]
    rest = {key: value for key, value in whole.items() if key != "sha256"}
    if whole.get("sha256") != _digest(rest) or "form" not in documents[-1]:
        raise BundleRefused("altered", part=whole.get("origin", ""))
    titles = names if isinstance(names, dict) and all(isinstance(one, dict) for one in names.values()) else {}
    return Bundle(str(whole.get("origin", "")), documents[-1], documents[:-1], titles)


def is_bundle(text: str) -> bool:
    """Whether a file says of itself that it is one, of whatever format."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(whole, dict) and MARK in whole


def _part(document: Mapping[str, Any]) -> Document:
    return {"document": dict(document), "sha256": digest(dict(document)), "text_sha256": _text_digest(document)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _proven(part: Any) -> Document:
    """The document of a part, which must be what its checksums say, and a definition."""
    document = part.get("document") if isinstance(part, dict) else None
    if not isinstance(document, dict):
        raise BundleRefused("no_bundle")
    title = str(document.get("title", ""))
    if part.get("sha256") != _digest(document) or part.get("text_sha256") != _text_digest(document):
        raise BundleRefused("altered", part=title)
    problems = shape_problems("workflow" if "workflow" in document else "form", document)
    if problems:
        raise BundleRefused("shape", part=title, why=problems[0].message())
    return document


def _digest(value: Any) -> str:
    try:
        return digest(value)
    except ValueError as wrong:
        raise BundleRefused("no_bundle") from wrong


def _text_digest(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _names(node: Any) -> Iterator[tuple[str, str]]:
    """What a definition names of the organisation around it. Conditions and schemas name nothing: there the words are
    those of answers."""
    if isinstance(node, list):
        for one in node:
            yield from _names(one)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key in WORDS and isinstance(value, str):
                yield key, value
            elif key not in UNNAMED:
                yield from _names(value)


#: Members that hold what the form itself asks or says.
UNNAMED = frozenset(
    {
        "schema", "when", "translations", "presentation", "calculations", "content", "consents", "x-titles", "checks",
        "pages", "facts", "notices",
    }
)  # fmt: skip


def _renamed(node: Any, change: Callable[[str, str], str]) -> Any:
    if isinstance(node, list):
        return [_renamed(one, change) for one in node]
    if not isinstance(node, Mapping):
        return node
    return {
        key: change(key, value)
        if key in WORDS and isinstance(value, str)
        else value
        if key in UNNAMED
        else _renamed(value, change)
        for key, value in node.items()
    }
