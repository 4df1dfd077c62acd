"""F17: somebody asks for their own information with copies of papers; a parent and an agent ask for another's."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, day, file


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By requester."""
    own = {
        "requester_type": "self",
        "requester": PERSON,
        "address": HERE,
        "contact": CONTACT,
        "information_description": "令和6年度に申請した児童手当の認定に関する書類",
        "holding_section": "children",
        "method": "mail",
        "cost_consent": True,
        "identity_method": "mail_copy",
        "identity_document": [file("運転免許証.jpg", "image/jpeg")],
        "residence_certificate": [file("住民票.pdf")],
        "privacy_consent": True,
    }
    counter = {key: answer for key, answer in own.items() if key not in ("identity_document", "residence_certificate")}
    counter |= {"requester_type": "legal_representative", "identity_method": "counter_visual", "method": "copy"}
    child = {**HANAKO, "given_name": "葛\U000e0100乃", "date_of_birth": day(today, -3000)}
    proof = {"qualification_doc": [file("戸籍謄本.pdf")], "qualification_issued_on": day(today, -20)}
    parent = counter | proof | {"subject_status": "minor", "subject": child, "subject_address": HERE}
    parent |= {"preferred_date": "2031-06-02", "holding_section": "unknown"}
    agent = parent | {"requester_type": "agent", "subject": HANAKO, "subject_address": THERE, "method": "electronic"}
    taken = ("subject_status", "preferred_date", "cost_consent", "holding_section")
    return {"own": own, "parent": parent, "agent": {key: agent[key] for key in agent if key not in taken}}
