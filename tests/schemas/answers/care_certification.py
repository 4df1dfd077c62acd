"""F08: a first application by a daughter, a renewal, a change of level, a move, and a younger person with a disease."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HERE, PERSON, day, file


def first_time(today: date) -> dict[str, Any]:
    """By a daughter, for her mother in a hospital."""
    return {
        "application_kind": "new",
        "insured": {**PERSON, "date_of_birth": day(today, -29000)},
        "insured_address": HERE,
        "insured_number": "0000123456",
        "applicant_kind": "family",
        "applicant_name": "髙﨑 花子",
        "applicant_relation": "child",
        "contact": CONTACT,
        "insurer_name_no": {"name": "東京都後期高齢者医療広域連合", "number": "39131234"},
        "insurance_symbol": "12345678",
        "current_place": "hospital",
        "place_name": "かかない市立病院",
        "stay_period": {"from": day(today, -20), "until": day(today, 20)},
        "doctor_name": "葛\U000e0100城 誠",
        "clinic_name": "かかない市立病院 内科",
        "clinic_address": "かかない市千代田1-1",
        "clinic_phone": "03-1234-5678",
        "last_visit_date": day(today, -5),
        "survey_contact": "長女 090-1234-5678、平日の午後",
        "info_share_consent": True,
        "insurance_card_image": [file("被保険者証.jpg", "image/jpeg")],
        "privacy_consent": True,
    }


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By kind of application."""
    new = first_time(today)
    dropped = ("applicant_name", "applicant_relation", "place_name", "stay_period", "insurance_card_image")
    home = {key: answer for key, answer in new.items() if key not in dropped}
    home |= {"applicant_kind": "insured", "current_place": "home", "previous_level": "care2"}
    period = {"previous_valid_period": {"from": day(today, -700), "until": day(today, 30)}}
    proxy = {"applicant_kind": "proxy", "proxy_type": "care_manager_office", "proxy_name": "𠮷野居宅介護支援事業所"}
    change = home | period | proxy | {"application_kind": "change", "change_reason": "転倒して骨折し、歩けなくなった"}
    moved = {"move_in_date": day(today, -7), "entitlement_certificate": [file("受給資格証明書.pdf")]}
    disease = {key: answer for key, answer in home.items() if key != "previous_level"}
    disease |= {"application_kind": "new", "specified_disease": "stroke"}
    disease |= {"insured": {**PERSON, "date_of_birth": day(today, -18500)}}
    return {
        "new": new,
        "renewal": home | period | {"application_kind": "renewal"},
        "change": change,
        "move_in": home | moved | {"application_kind": "move_in"},
        "second": disease | {"medical_insurance_card": [file("資格確認書.pdf")]},
    }
