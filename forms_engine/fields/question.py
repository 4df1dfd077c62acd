"""A question: one place of a form's schema that asks for an answer, with all that its control needs to know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from schemas.pointers import escaped

UNNAMEABLE = re.compile(r"[\s%\"]")
ROW = re.compile("\x00row([0-9]+)\x00")
DEPRECATED = {
    "ja": "（この項目はまもなく使われなくなります）",
    "ja-easy": "（ここは もうすぐ つかわなく なります）",
    "en": "(This item will soon no longer be used)",
}
NOTHING: Mapping[str, Any] = {}


def html_name(pointer: str) -> str:
    """A JSON pointer as id and name of a control: HTML ids hold no white space, and browsers rewrite
    quotation marks in the names of uploads; both are percent-encoded."""
    return UNNAMEABLE.sub(lambda char: quote(char[0]), pointer)


@dataclass(frozen=True)
class Asking:
    """What all questions of one form in one language share.

    `presentation` is by pointer, rows of a table written as ``*``; `controlling` are the pointers whose answers decide
    which fields there are; `own` are the top-level fields that ask about the applicant; `my_number_basis` is the
    code of the law that allows to ask for a My Number; `consents` are the texts that people agree to, by key.
    """

    language: str = "ja"
    presentation: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    controlling: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    my_number_basis: str = ""
    consents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """`pointer` is the address of the answer; inside a table the row numbers in it are slots until a row is rendered.

    `vocabulary` is the word of the shared vocabulary that the enclosing object stands for ("person", "address", …);
    `caption` is what an item of a list is called where its schema does not say.
    """

    pointer: str
    schema: Mapping[str, Any]
    asking: Asking = Asking()
    required: bool = True
    vocabulary: str = ""
    depth: int = 0
    caption: str = ""

    @property
    def key(self) -> str:
        return self.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")

    @property
    def pattern(self) -> str:
        """The pointer with ``*`` for every row number: the address in `presentation` and of controlling answers."""
        return ROW.sub("*", self.pointer)

    @property
    def name(self) -> str:
        return html_name(self.pointer)

    @property
    def presentation(self) -> Mapping[str, Any]:
        return self.asking.presentation.get(self.pattern, NOTHING)

    @property
    def title(self) -> str:
        """The title of the schema; the key where the form's author gave none, that of the list for an item of it."""
        title = self.schema.get("title")
        return str(title) if title else self.caption if ROW.fullmatch(self.key) else self.key.replace("_", " ")

    @property
    def help(self) -> str:
        said = str(self.presentation.get("help") or self.schema.get("description") or "")
        if self.schema.get("deprecated") is True:
            said = f"{said} {DEPRECATED.get(self.asking.language, DEPRECATED['ja'])}".strip()
        return said

    @property
    def example(self) -> str:
        return str(self.presentation.get("example", ""))

    @property
    def controls(self) -> bool:
        """Whether the answer decides which other fields there are, or changes a value shown with it.

        What reads a table as a whole reads every answer in it.
        """
        pattern, controlling = self.pattern, self.asking.controlling
        table, is_inside, _ = pattern.partition("/*")
        if pattern in controlling or (is_inside and table in controlling):
            return True
        return any(one.startswith(f"{pattern}/") for one in controlling)

    @property
    def is_own(self) -> bool:
        return self.pointer.split("/")[1] in self.asking.own

    def member(self, key: str, schema: Mapping[str, Any], required: bool) -> Question:
        """The question for one property of this object."""
        address = f"{self.pointer}/{escaped(key)}"
        return replace(self, pointer=address, schema=schema, required=required, vocabulary=self.word)

    def row(self, schema: Mapping[str, Any]) -> Question:
        """The question for any one item of this list."""
        address = f"{self.pointer}/\x00row{self.depth}\x00"
        item = replace(self, pointer=address, schema=schema, required=True, caption=self.title)
        return replace(item, vocabulary=self.word, depth=self.depth + 1)

    @property
    def word(self) -> str:
        return str(self.schema.get("x-vocabulary", ""))
