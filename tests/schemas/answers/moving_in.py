"""F01: a couple with a pupil from another city, a student from abroad, and an agent who comes late."""

from datetime import date, timedelta
from typing import Any

from schemas.working_days import add_working_days
from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, day, file

DOMICILE = {"nationality": "JPN", "registered_domicile": "東京都千代田区千代田1番", "family_register_head": "髙﨑 葛𠮷"}


def mover(person: dict[str, Any], relation: str, **more: Any) -> dict[str, Any]:
    """One person who moved."""
    about = {"sex": 2, "has_mynumber_card": True, "joins_nhi": "joins"}
    return {"mover_person": {**person, "relation_to_head": relation}, **about, **(more or DOMICILE)}


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By where they come from."""
    pupil = {**HANAKO, "date_of_birth": today.replace(year=today.year - 9, day=1).isoformat()}
    family = {
        "move_type": "in_domestic",
        "move_in_date": day(today, -5),
        "household_change": "new_household",
        "new_address": HERE,
        "new_head_of_household": "髙﨑 葛𠮷",
        "old_address": THERE,
        "old_head_of_household": "髙﨑 葛𠮷",
        "movers": [mover(PERSON, "head"), mover(HANAKO, "spouse"), mover(pupil, "child")],
        "notifier": "self",
        "applicant": PERSON,
        "contact": CONTACT,
        "visit_datetime": {"visit_date": add_working_days(today, 2).isoformat(), "visit_hour": "late_morning"},
        "privacy_consent": True,
    }
    card = {"nationality": "VNM", "residence_card_no": "AB12345678CD", "residence_status": "留学"}
    card |= {"residence_status_expiry": (today + timedelta(days=700)).isoformat(), "has_mynumber_card": False}
    student = {key: answer for key, answer in family.items() if not key.startswith("old_")}
    student |= {"move_type": "in_from_abroad", "movers": [mover(HANAKO, "head", **card)]}
    late = {**family, "move_in_date": day(today, -15), "late_reason": "入院していたため", "notifier": "agent"}
    late |= {"movers": [mover(PERSON, "head", **DOMICILE, has_mynumber_card=False, resident_code="12345678901")]}
    late |= {
        "moving_out_certificate": [file("転出証明書.jpg", "image/jpeg")],
        "power_of_attorney": [file("委任状.pdf")],
    }
    return {"family": family, "student_from_abroad": student, "late_by_agent": late}
