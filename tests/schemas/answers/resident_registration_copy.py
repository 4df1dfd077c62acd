"""F03: by each who may ask, as they differ most."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, file


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By the relation to the person on the record."""
    own = {
        "requester_relation": "self",
        "requester": PERSON,
        "requester_address": HERE,
        "contact": CONTACT,
        "certificate_type": "whole_household",
        "copies": 2,
        "include_relation": True,
        "include_domicile": False,
        "include_mynumber": False,
        "include_resident_code": False,
        "is_foreign_resident": False,
        "purpose": "運転免許証の更新",
        "delivery": "mail",
        "privacy_consent": True,
    }
    spouse = {**own, "requester_relation": "same_household", "subject_person": HANAKO, "certificate_type": "part"}
    spouse |= {"is_foreign_resident": True, "include_residence_info": ["nationality", "status"], "delivery": "counter"}
    agent = {**own, "requester_relation": "agent", "subject_person": HANAKO, "subject_address": THERE}
    agent |= {"include_mynumber": True, "power_of_attorney": [file("委任状.pdf")]}
    numbers = ("include_mynumber", "include_resident_code")
    lender = {key: answer for key, answer in agent.items() if key not in (*numbers, "power_of_attorney")}
    lender |= {"requester_relation": "third_party", "legal_reason": "exercise_right", "submit_to": "東京地方裁判所"}
    lender |= {"reason_details": "貸金の返還を求める訴えのため", "reason_evidence": [file("契約書.pdf")]}
    return {"own": own, "of_a_foreign_spouse": spouse, "agent_with_my_number": agent, "third_party": lender}
