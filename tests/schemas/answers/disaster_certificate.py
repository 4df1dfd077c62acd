"""F13: a tenant whom a rule serves, a flooded house that is looked at, an agent, and a car."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, file

SIDES = [file(f"外壁{side}.jpg", "image/jpeg") for side in "東西南北"]


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By what was damaged."""
    minor = {
        "disaster_id": "r8_november_earthquake",
        "damage_date": "2026-11-04",
        "cause": "earthquake",
        "occupant_type": "tenant",
        "applicant": PERSON,
        "contact": CONTACT,
        "current_contact": HERE,
        "damaged_place": HERE,
        "certificate_kind": "risai_house",
        "building_type": "detached",
        "building_structure": "wood",
        "household_members": [{**PERSON, "relation_to_head": "head"}, {**HANAKO, "relation_to_head": "spouse"}],
        "damage_description": "屋根の瓦が10枚ほど落下した。",
        "photos": SIDES,
        "repaired": False,
        "self_assessment": True,
        "self_assessment_consent": True,
        "copies": 2,
        "purpose": ["tax_relief", "insurance"],
        "privacy_consent": True,
    }
    flood = {key: answer for key, answer in minor.items() if key not in ("self_assessment_consent", "purpose")}
    flood |= {"disaster_id": "r8_typhoon_15", "damage_date": "2026-09-13", "cause": "flood", "self_assessment": False}
    flood |= {"flood_depth": 80, "flood_level": "above_floor", "survey_dates": "12月3日午前", "current_contact": THERE}
    flood |= {"repaired": True, "repair_documents": [file("見積書.pdf")], "ledger_consent": True}
    agent = flood | {"occupant_type": "agent", "sufferer": HANAKO, "power_of_attorney": [file("委任状.pdf")]}
    house = ("household_members", "building_structure", "self_assessment", "survey_dates", "flood_level")
    car = {key: answer for key, answer in flood.items() if key not in house}
    car |= {"certificate_kind": "hisai_nonhouse", "building_type": "movable", "occupant_type": "owner_occupier"}
    return {"minor": minor, "flood": flood, "agent": agent, "car": car}
