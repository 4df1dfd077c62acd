"""F12: a resident who knows the division, and a newspaper that does not."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HERE, THERE

NAME = {"name": "髙﨑 葛\U000e0100𠮷", "name_kana": "タカサキ カツヨシ"}
NEWSPAPER = {"org_name": "かかない新聞社", "representative": "代表取締役 𠮷野 恵", "person_in_charge": "髙﨑 一郎"}
CONTRACT: dict[str, Any] = {
    "requester_kind": "person",
    "requester_name": NAME,
    "requester_address": HERE,
    "contact": CONTACT,
    "eligibility": "resident",
    "document_description": "令和7年度の中央公民館の改修工事の契約書",
    "section_hint": "facilities",
    "disclosure_method": ["inspection"],
    "privacy_consent": True,
}


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By who asks; the day plays no part."""
    minutes = {key: answer for key, answer in CONTRACT.items() if key not in ("requester_name", "section_hint")}
    minutes |= {"requester_kind": "corporation", "organisation": NEWSPAPER, "requester_address": THERE}
    minutes |= {"eligibility": "office", "workplace": "かかない支局（かかない市千代田1-1）", "purpose": "取材のため"}
    minutes |= {"disclosure_method": ["copy_paper", "mail"], "cost_consent": True, "period_from_to": "令和7年4月から"}
    interested = {
        "eligibility": "interested",
        "interest_description": "隣の土地の所有者です",
        "section_hint": "general",
    }
    return {"resident": CONTRACT, "newspaper": minutes, "interested": {**CONTRACT, **interested}}
