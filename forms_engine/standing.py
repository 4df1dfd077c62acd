"""A standing (質問の立ち方): a form for one outcome of its conditions, and all that follows from which questions stand.

It is built once for a version and kept there (see FormSpec.standing).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from forms_engine.edition import Edition, Page
from forms_engine.fields import Control, Question, control_of
from schemas.effective import Layout
from schemas.pointers import parts
from schemas.predicates import predicate

if TYPE_CHECKING:
    from forms_engine.spec import FormSpec

T = TypeVar("T")


@dataclass(frozen=True)
class Checks:
    """Where some of the form's own checks stand in its document, and the names of the facts that they look at."""

    places: frozenset[int]
    facts: frozenset[str]


@dataclass
class Standing:
    """The form for one outcome of its conditions: which fields there are, and the controls that ask for them.

    `layouts` keeps alive the objects whose identity is the key of this standing; `layout` is that of the whole form.
    """

    spec: FormSpec
    edition: Edition
    schema: dict[str, Any]
    layouts: list[Layout]
    layout: Layout
    kept: dict[Any, Any] = field(default_factory=dict)

    def controls(self, page_key: str) -> dict[str, Control]:
        """The controls of a page by top-level field; empty for a page without a field."""
        return self.once(("controls", page_key), lambda: self._controls(page_key))

    def slice(self, page_key: str) -> dict[str, Any]:
        """What the schema asks of the answers of one page."""
        return self.once(("slice", page_key), lambda: self._slice(page_key))

    def is_verified(self, page_key: str) -> bool:
        """Whether what is shown on the page depends on verified facts (see FormSpec.is_verified)."""
        page = next(page for page in self.edition.pages if page.key == page_key)
        return bool(self.once(("verified", page_key), lambda: self.spec.is_verified(page)))

    def checks(self, page_key: str, kind: str) -> Checks:
        """The form's own checks of a kind at fields of the page."""
        return self.once(("checks", page_key, kind), lambda: Checks(*self._checks(self.controls(page_key), kind)))

    def _checks(self, shown: Container[str], kind: str) -> tuple[frozenset[int], frozenset[str]]:
        stated = enumerate(self.spec.document.get("checks", ()))
        here = {
            place: [name.strip("/").split("/")[0] for name in one["when"]]
            for place, one in stated
            if one.get("kind", "error") == kind and one.get("field") and parts(one["field"])[0] in shown
        }
        return frozenset(here), frozenset(chain.from_iterable(here.values()))

    def is_answered(self, page_key: str, answers: Mapping[str, Any]) -> bool:
        """Whether the answers are all that `slice` asks for; answers of other pages do not matter."""
        asked = self.slice(page_key)
        holds = self.once(("verdict", page_key), lambda: predicate(asked))
        return bool(holds({key: answers[key] for key in asked["properties"] if key in answers}))

    def pages(self) -> list[Page]:
        """The pages that ask for something."""
        return self.once("pages", self._pages)

    def _pages(self) -> list[Page]:
        return [page for page in self.edition.pages if any(map(self._is_shown, page.fields))]

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What is worked out for this standing under a key, the first time that it is asked for."""
        found: T = self.kept[key] if key in self.kept else self.kept.setdefault(key, make())
        return found

    def _is_shown(self, key: str) -> bool:
        return key in self.schema["properties"]

    def _controls(self, page_key: str) -> dict[str, Control]:
        page = next(page for page in self.edition.pages if page.key == page_key)
        top = Question("", self.schema, self.edition.asking(self.edition.controlling | self.spec.recalculating(page)))
        properties, required = self.schema["properties"], self.schema.get("required", ())
        shown = [key for key in page.fields if key in properties]
        return {key: control_of(top.member(key, properties[key], key in required)) for key in shown}

    def _slice(self, page_key: str) -> dict[str, Any]:
        page = next(page for page in self.edition.pages if page.key == page_key)
        shown = [key for key in page.fields if self._is_shown(key)]
        properties = {key: {"allOf": list(self.layout.certain.get(key, ()))} for key in shown}
        required = [key for key in self.schema.get("required", ()) if key in properties]
        return {"type": "object", "properties": properties, "required": required}
