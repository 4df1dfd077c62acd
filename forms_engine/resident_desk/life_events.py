"""Life events (ライフイベント): what happens to people, and which procedures they then need.

A definition names its events in its own words; what means one of those below stands on its page, anything else
has a page of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms_engine.resident_desk.catalogue import Procedure
from forms_engine.resident_desk.index import folded

Said = str | Promise


@dataclass(frozen=True)
class LifeEvent:
    """One event with the words by which definitions may name it."""

    key: str
    title: Said
    lead: Said = ""
    words: frozenset[str] = field(default=frozenset(), repr=False)

    def is_meant_by(self, text: str) -> bool:
        """Whether a definition that says this text means this event."""
        return any(word in folded(text) for word in self.words)


def _event(key: str, title: Said, lead: Said, *words: str) -> LifeEvent:
    return LifeEvent(key, title, lead, frozenset(map(folded, words)))


EVENTS = (
    _event("moving", _("引越し"), _("住所が変わるときの手続きです。"), "引越", "引っ越", "転居", "転入", "転出"),
    _event("birth", _("妊娠・出生"), _("子どもが生まれるとき、生まれたときの手続きです。"), "妊娠", "出生", "出産"),
    _event("marriage", _("結婚・離婚"), _("結婚するとき、離婚するときの手続きです。"), "結婚", "婚姻", "離婚"),
    _event(
        "death",
        _("死亡・相続"),
        _("家族などが亡くなったときの手続きです。"),
        "死亡",
        "亡くな",
        "お悔やみ",
        "おくやみ",
        "相続",
    ),
    _event(
        "children",
        _("子育て・教育"),
        _("子どもを育てる方の手続きです。"),
        "子育て",
        "育児",
        "保育",
        "教育",
        "就学",
        "入園",
        "入学",
    ),
    _event(
        "care", _("介護・福祉"), _("介護や支援が必要なときの手続きです。"), "介護", "高齢", "障害", "障がい", "福祉"
    ),
    _event("health", _("健康・医療"), _("健康保険や医療費についての手続きです。"), "健康", "医療", "保険", "病気"),
    _event("tax", _("税金"), _("税金や税の証明についての手続きです。"), "税"),
    _event(
        "housing", _("住まい"), _("家を建てる、直す、片づけるときの手続きです。"), "住まい", "住宅", "建築", "空き家"
    ),
    _event(
        "business",
        _("仕事・事業"),
        _("仕事やお店、会社についての手続きです。"),
        "事業",
        "開業",
        "起業",
        "就職",
        "退職",
        "仕事",
    ),
    _event(
        "disaster",
        _("災害にあったとき"),
        _("地震や台風などの被害にあったときの手続きです。"),
        "災害",
        "被災",
        "罹災",
        "り災",
    ),
    _event("certificate", _("証明書がほしいとき"), _("証明書を取るときの手続きです。"), "証明"),
)


@dataclass(frozen=True)
class Needed:
    """A procedure that belongs to an event, and why."""

    procedure: Procedure
    reason: str


def events_of(procedures: Iterable[Procedure]) -> list[LifeEvent]:
    """Every event that one of these procedures belongs to: first those that all municipalities know."""
    named = {event.key: event for procedure in procedures for event in _named(procedure)}
    return [each for each in EVENTS if each.key in named] + [
        event for key, event in named.items() if not any(key == each.key for each in EVENTS)
    ]


def needed(procedures: Iterable[Procedure], key: str) -> list[Needed]:
    """The procedures of the event with this key, each with the reason why it is needed then."""
    return [Needed(each, each.reason_for(text)) for each in procedures if (text := _text_for(each, key)) is not None]


def _named(procedure: Procedure) -> list[LifeEvent]:
    return [event for text, title in procedure.life_events for event in _events_meant(text, title)]


def _events_meant(text: str, title: str) -> list[LifeEvent]:
    return [event for event in EVENTS if event.is_meant_by(text)] or [LifeEvent(text, title)]


def _text_for(procedure: Procedure, key: str) -> str | None:
    """The text by which the procedure names the event."""
    named = (text for text, title in procedure.life_events if any(e.key == key for e in _events_meant(text, title)))
    return next(named, None)
