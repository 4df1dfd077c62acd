"""Comparisons of facts (条件の書き方): what a condition asks of one fact, chosen by its kind, and told in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.comparisons import LIMITS, number
from forms_engine.builder_desk.route_facts import CHOICE, LIST, NUMBER, TEXT, TRUTH, Fact, Facts, titles_of
from schemas.editing import CommandRefused
from schemas.wording import in_words

#: A comparison that the editor cannot show part by part stays as it is.
AS_IS, RANGE, ANY = "as_is", "range", ""


@dataclass(frozen=True)
class Comparison:
    """What stands in the controls: the comparison, what is typed, the upper end of a range, what is ticked."""

    name: str = ANY
    text: str = ""
    upto: str = ""
    chosen: Sequence[Any] = ()


@dataclass(frozen=True)
class Asked:
    """A condition on one fact as it is shown and changed: ``words`` is 「200,000円以上」, ``sentence`` names it."""

    fact: Fact
    when: Any
    language: str

    @property
    def words(self) -> str:
        return worded(self.fact, self.when, self.language)

    @property
    def sentence(self) -> str:
        return _("%(title)sが%(words)s") % {"title": self.fact.title, "words": self.words}

    @property
    def now(self) -> Comparison:
        return Comparison() if self.when is None else recognised(self.fact, self.when)

    @property
    def suggested(self) -> str:
        """What is chosen in the control: what stands, or the first comparison there is for a fact not looked at yet."""
        return offered(self.fact)[0][0] if self.when is None else self.now.name

    @property
    def offered(self) -> list[tuple[str, str]]:
        now = [(AS_IS, self.words)] if self.now.name == AS_IS else []
        return [(ANY, _("見ない")), *now, *offered(self.fact)]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(str(value), label, value in self.now.chosen) for value, label in self.fact.choices]

    @property
    def takes_value(self) -> bool:
        return self.fact.kind in (NUMBER, TEXT)


def offered(fact: Fact) -> list[tuple[str, str]]:
    """The comparisons that make sense of a fact of its kind."""
    named = {
        TRUTH: [("true", _("はい")), ("false", _("いいえ"))],
        CHOICE: [("among", _("次のどれか")), ("none", _("次のどれでもない"))],
        LIST: [("contains", _("次のどれかを含む"))] if fact.choices else [],
        NUMBER: [
            ("minimum", _("以上")),
            ("maximum", _("以下")),
            ("exclusiveMinimum", _("より大きい")),
            ("exclusiveMaximum", _("未満")),
            (RANGE, _("以上、次の数以下")),
            ("is", _("と同じ")),
            ("is_not", _("と違う")),
        ],
        TEXT: [("is", _("と同じ")), ("is_not", _("と違う"))],
    }
    return [*named[fact.kind], ("given", _("答えがある"))]


def compared(fact: Fact, said: Comparison, before: Any = None) -> Any:
    """The schema that the fact must fit; None where it is not looked at. Raises CommandRefused."""
    if said.name == ANY:
        return None
    if said.name == AS_IS:
        return before
    if said.name not in dict(offered(fact)):
        raise CommandRefused("edit_unknown_limit", {"field": said.name})
    if said.name in ("true", "false"):
        return {"const": said.name == "true"}
    if said.name in ("among", "none", "contains"):
        return _among(fact, said)
    return _measured(fact, said)


def _measured(fact: Fact, said: Comparison) -> Any:
    if said.name == "given":
        return True
    if said.name == RANGE:
        return {"minimum": number(said.text), "maximum": number(said.upto)}
    if said.name in LIMITS:
        return {said.name: number(said.text)}
    value = number(said.text) if fact.kind == NUMBER else said.text.strip()
    return {"const": value} if said.name == "is" else {"not": {"const": value}}


def _among(fact: Fact, said: Comparison) -> Any:
    values = [value for value, _label in fact.choices if str(value) in set(map(str, said.chosen))]
    if not values:
        raise CommandRefused("edit_none_ticked", {"fact": fact.title})
    wanted = {"const": values[0]} if len(values) == 1 else {"enum": values}
    return {"contains": wanted} if said.name == "contains" else {"not": wanted} if said.name == "none" else wanted


def recognised(fact: Fact, when: Any) -> Comparison:
    """A condition as the controls show it."""
    if when is True:
        return Comparison("given")
    for said in _readings(when if isinstance(when, Mapping) else {}):
        try:
            if said.name in dict(offered(fact)) and compared(fact, said) == when:
                return said
        except CommandRefused:
            continue
    return Comparison(AS_IS)


def _readings(when: Mapping[str, Any]) -> list[Comparison]:
    """Every comparison that could have made a condition."""
    inner = when.get("contains", when.get("not", when))
    inner = inner if isinstance(inner, Mapping) else {}
    values = inner["enum"] if isinstance(inner.get("enum"), list) else [inner.get("const")]
    found = [Comparison(name, chosen=values) for name in ("among", "none", "contains")]
    found += [Comparison(name, text=str(inner.get("const", ""))) for name in ("is", "is_not", "true", "false")]
    found += [Comparison(name, text=str(when.get(name, ""))) for name in LIMITS]
    return [*found, Comparison(RANGE, str(when.get("minimum", "")), str(when.get("maximum", "")))]


def worded(fact: Fact, when: Any, language: str) -> str:
    """What is asked, in words: 「200,000円以上」."""
    if when is None:
        return _("見ない")
    said = in_words(when, language, fact.name, titles_of({fact.name: fact}))
    if not fact.unit or not isinstance(when, Mapping) or not set(when) <= set(LIMITS):
        return said
    values = sorted({f"{value:,}" for value in when.values()}, key=len, reverse=True)
    for value in values:
        said = said.replace(value, f"{value}{fact.unit}", 1) if language != "en" else said
    return said


def asked_of(when: Mapping[str, Any], facts: Facts, language: str) -> list[Asked]:
    """A condition fact by fact."""
    return [Asked(facts.get(name) or Fact(name, name), schema, language) for name, schema in when.items()]


def sentence(when: Mapping[str, Any], facts: Facts, language: str) -> str:
    """A whole condition: 「合計金額が200,000円以上」."""
    said = [one.sentence for one in asked_of(when, facts, language)]
    return _("、かつ").join(said) if said else _("条件がまだありません")
