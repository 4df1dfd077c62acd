"""F05: a baby in a family of four, a parent alone who moved here, and a third child beside students."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, day, file

ACCOUNT = {
    "bank_code": "0001",
    "branch_code": "001",
    "account_type": "ordinary",
    "account_number": "1234567",
    "account_holder_kana": "ﾀｶｻｷ ｶﾂﾖｼ",
}


def child(born: str, **more: Any) -> dict[str, Any]:
    """A child whom the claimant lives with and looks after."""
    person = {**PERSON, "given_name": "葛\U000e0100乃", "given_name_kana": "カツノ", "date_of_birth": born}
    lives = {"child_relation": "child", "has_custody": True, "livelihood": "same", "living_together": True}
    return {"child_person": person, **lives, **more}


def older(born: str) -> dict[str, Any]:
    """A student for whom the claimant pays."""
    return {"older_person": {**PERSON, "date_of_birth": born}, "older_status": "student"}


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By family."""
    baby = {
        "claimant": PERSON,
        "address": HERE,
        "contact": CONTACT,
        "jan1_place": "here",
        "reason": "birth",
        "event_date": day(today, -3),
        "employment": "employee",
        "employer_name": "株式会社𠮷野",
        "pension_type": "employees_pension",
        "has_spouse": True,
        "spouse": HANAKO,
        "spouse_earns_more": False,
        "children": [child(day(today, -3000)), child(day(today, -3))],
        "health_insurance_doc": [file("資格確認書.jpg", "image/jpeg")],
        "use_public_account": True,
        "inquiry_consent": True,
        "privacy_consent": True,
    }
    family = ("employer_name", "spouse", "spouse_earns_more", "health_insurance_doc")
    alone = {key: answer for key, answer in baby.items() if key not in family}
    alone |= {"reason": "move_in", "employment": "self_employed", "pension_type": "national_pension"}
    alone |= {"has_spouse": False, "use_public_account": False, "payout_account": ACCOUNT}
    abroad = child(day(today, -5000), living_together=False, apart_reason="study_abroad", study_abroad_from="2026-04")
    moved = alone | {"children": [abroad], "separate_custody_statement": [file("別居監護申立書.pdf")]}
    moved |= {"jan1_place": "other_city", "address_on_jan1": THERE}
    students = [older(f"{today.year - 21}-06-01"), older(f"{today.year - 20}-06-01")]
    third = alone | {"older_children": students, "older_children_confirmation": [file("確認書.pdf")]}
    third |= {"jan1_place": "abroad", "passport_pages": [file("旅券.pdf")], "children": [child(day(today, -3000))]}
    return {"baby": baby, "moved": moved, "third_child": third}
