"""F07: after a dismissal, for a newborn, and late by an agent for another reason."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, day, file

ACCOUNT = {
    "bank_code": "0001",
    "branch_code": "001",
    "account_type": "ordinary",
    "account_number": "1234567",
    "account_holder_kana": "ﾀｶｻｷ ｶﾂﾖｼ",
}


def member(person: dict[str, Any], relation: str, **more: Any) -> dict[str, Any]:
    """One person who joins."""
    return {"member_person": {**person, "relation_to_head": relation}, "has_mynumber_insurance": True, **more}


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By the reason for joining."""
    dismissed = {
        "acquisition_reason": "left_employer_insurance",
        "loss_date": day(today, -14),
        "notifier_relation": "head",
        "head_of_household": PERSON,
        "address": HERE,
        "contact": CONTACT,
        "insured_members": [member(PERSON, "head", former_insurer="協会けんぽ 12345678・90"), member(HANAKO, "spouse")],
        "loss_certificate": [file("資格喪失証明書.pdf")],
        "involuntary_unemployment": True,
        "unemployment_reason": "11",
        "unemployment_certificate": [file("受給資格者証.png", "image/png")],
        "wants_direct_debit": True,
        "direct_debit": ACCOUNT,
        "privacy_consent": True,
    }
    documents = {"loss_certificate", "involuntary_unemployment", "unemployment_reason", "unemployment_certificate"}
    plain = {key: answer for key, answer in dismissed.items() if key not in {*documents, "direct_debit"}}
    baby = member({**HANAKO, "date_of_birth": day(today, -3)}, "child")
    birth = {**plain, "acquisition_reason": "birth", "loss_date": day(today, -3), "insured_members": [baby]}
    birth |= {"notifier_relation": "household_member", "notifier": HANAKO, "wants_direct_debit": False}
    late = {
        **plain,
        "acquisition_reason": "other",
        "reason_details": "外国から帰国したため",
        "wants_direct_debit": False,
    }
    late |= {"loss_date": day(today, -15), "late_reason": "入院していたため", "notifier_relation": "agent"}
    late |= {"notifier": HANAKO, "power_of_attorney": [file("委任状.pdf")]}
    return {"dismissed": dismissed, "birth": birth, "late_by_agent": late}
