"""A problem: one thing that is wrong with answers or with a definition, where it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.advice_texts import ADVICE_TEXTS
from schemas.answer_texts import ANSWER_TEXTS
from schemas.content_texts import CONTENT_TEXTS
from schemas.definition_texts import DEFINITION_TEXTS, KIND_NAMES
from schemas.editing_texts import EDITING_TEXTS
from schemas.formula_texts import FORMULA_TEXTS
from schemas.identity_texts import IDENTITY_TEXTS
from schemas.import_texts import IMPORT_TEXTS
from schemas.pointers import unescaped
from schemas.workflow_texts import WORKFLOW_TEXTS

LANGUAGES = ("ja", "ja-easy", "en")

TEXTS: Mapping[str, Mapping[str, str]] = {
    **ANSWER_TEXTS,
    **DEFINITION_TEXTS,
    **WORKFLOW_TEXTS,
    **ADVICE_TEXTS,
    **CONTENT_TEXTS,
    **IMPORT_TEXTS,
    **IDENTITY_TEXTS,
    **EDITING_TEXTS,
    **FORMULA_TEXTS,
}

#: How a name ends that is a sentence of its own (同意します、修理しましたか); it is quoted before a particle.
SENTENCE = ("ます", "ません", "ました", "です", "か", "？", "?")


@dataclass(frozen=True)
class Problem:
    """`pointer` is a JSON pointer (RFC 6901) into the answers, or into the document for a definition.

    `code` names the text; `params` are what the text speaks of, JSON values only.
    """

    pointer: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str = "ja", label: str | None = None) -> str:
        """A sentence that says what to do; with `label` (the title of the field) it names the field.

        An unknown language falls back to Japanese, an unknown code to "check this answer".
        """
        own = self.params.get("texts")
        if own:
            return str(own.get(language) or own["ja"])
        label = label if label is not None else self.params.get("label")
        return _sentence(self.code, self.params, language, label)

    @property
    def field(self) -> str:
        """Name of the top-level field the problem is in; empty for the whole document."""
        return unescaped(self.pointer.split("/")[1]) if self.pointer else ""


def _sentence(code: str, params: Mapping[str, Any], language: str, label: str | None) -> str:
    texts = TEXTS.get(code, TEXTS["invalid"])
    text = texts.get(language) or texts["ja"]
    slots = {name: _written(value, language) for name, value in params.items()}
    if code.startswith("calculation_") and isinstance(params.get("expected"), str):
        slots["expected"] = _kinds(params["expected"], language)
    return text.format_map(_Slots({**slots, **_label_slots(label, language)}))


class _Slots(dict[str, Any]):
    """A sentence is shown even when it speaks of something that was not given."""

    def __missing__(self, key: str) -> str:
        return ""


def _label_slots(label: str | None, language: str) -> dict[str, str]:
    """The field's name with the particle its sentence needs; without a name the sentence stands alone."""
    if label is None:
        alone = "this item" if language == "en" else ""
        return {"label": alone, "は": "", "を": "", "に": "", "name": ""}
    name = f"{label}: " if language == "en" else label
    noun = f"「{label}」" if label.endswith(SENTENCE) else label
    return {"label": label, "は": f"{noun}は", "を": f"{noun}を", "に": f"{noun}に", "name": name}


def _kinds(names: str, language: str) -> str:
    """Kinds of value of a calculation by their names, 「数か日付」."""
    known = [KIND_NAMES.get(name, {"ja": name, "en": name}) for name in names.split("/")]
    return (" or " if language == "en" else "か").join(one.get(language, one["ja"]) for one in known)


def _written(value: Any, language: str) -> Any:
    """Values as people write them: numbers with separators, lists joined."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return (", " if language == "en" else "・").join(str(_written(one, language)) for one in value)
    return value
