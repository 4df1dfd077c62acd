"""F06: working parents of a small child with a grandmother, a single parent from elsewhere, a kindergarten place."""

from datetime import date, timedelta
from typing import Any

from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, day, file


def parent(who: dict[str, Any], relation: str, reason: str = "work", **more: Any) -> dict[str, Any]:
    """A parent with the proof of why care is needed."""
    proof = {"need_document": [file("就労証明書.pdf")]}
    return {"parent_person": who, "parent_relation": relation, "need_reason": reason, **proof, **more}


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By family."""
    toddler = {**PERSON, "given_name": "葛\U000e0100乃", "given_name_kana": "カツノ", "date_of_birth": day(today, -500)}
    grandmother = {**HANAKO, "date_of_birth": day(today, -22000)}
    working = {
        "application_kind": "new",
        "guardian": PERSON,
        "address": HERE,
        "contact": CONTACT,
        "child": toddler,
        "disability_certificate": "none",
        "health_notes": "卵アレルギー",
        "service_wanted": "care",
        "care_hours_class": "standard",
        "desired_start": (today + timedelta(days=90)).isoformat()[:7],
        "facility_choices": [{"facility_id": "chuo", "facility_reason": "家から近い"}, {"facility_id": "ekimae"}],
        "sibling_condition": "none",
        "is_single_parent": False,
        "parents": [
            parent(PERSON, "father", work_hours_month=160),
            parent(HANAKO, "mother", work_hours_month=125),
        ],
        "household_members": [{"member_person": grandmother, "relation_to_child": "grandparent"}],
        "grandparent_documents": [file("就労証明書.pdf")],
        "on_public_assistance": False,
        "jan1_place": "here",
        "data_use_consent": True,
        "privacy_consent": True,
    }
    household = ("household_members", "grandparent_documents", "sibling_condition", "health_notes")
    single = {key: answer for key, answer in working.items() if key not in household}
    single |= {"is_single_parent": True, "parents": [parent(PERSON, "father", "job_seeking")]}
    single |= {"jan1_place": "other_city", "address_on_jan1": THERE, "tax_certificate": [file("課税証明書.pdf")]}
    four = {**toddler, "date_of_birth": day(today, -1600)}
    kindergarten = {key: answer for key, answer in single.items() if key not in ("care_hours_class", "parents")}
    kindergarten |= {"service_wanted": "education", "child": four, "facility_choices": [{"facility_id": "hoshi"}]}
    return {"working": working, "single": single, "kindergarten": kindergarten}
