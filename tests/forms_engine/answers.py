"""Answers to the starters by people with names that are hard to write: what journeys and crash tests submit."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

ADDRESS = {"postal_code": "1000001", "prefecture": "東京都", "city": "千代田区", "town": "千代田", "block": "1-1"}
OWNER = {
    "family_name": "髙﨑",
    "given_name": "𠮷野",
    "family_name_kana": "タカサキ",
    "given_name_kana": "ヨシノ",
    "date_of_birth": "1980-12-31",
}


def days_ago(days: int) -> str:
    return (localdate() - timedelta(days=days)).isoformat()


def dog() -> dict[str, Any]:
    """A dog that the rule approves: a person's, grown up, new here, nothing to check."""
    return {
        "owner_kind": "person",
        "owner": OWNER,
        "address": ADDRESS,
        "contact": {"phone": "03-1234-5678"},
        "dog_name": "葛󠄀",
        "breed": "柴",
        "coat_color": "茶",
        "dog_sex": "female",
        "dog_birth": days_ago(400),
        "is_transfer": False,
        "acquired_on": days_ago(10),
        "location_kind": "same",
        "vaccinated": False,
        "delivery": "mail",
        "privacy_consent": True,
    }


def dog_of_a_company() -> dict[str, Any]:
    """A dog on which people decide, because no person owns it."""
    organisation = {
        "org_name": "株式会社かかない",
        "representative": "代表取締役 葛󠄀城 誠",
        "person_in_charge": "髙﨑 一郎",
    }
    kept = {key: answer for key, answer in dog().items() if key != "owner"}
    return {**kept, "owner_kind": "corporation", "organisation": organisation}
