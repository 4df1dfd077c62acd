"""F04: the three ways to come oneself, and an agent's."""

from datetime import date
from typing import Any

from schemas.working_days import add_working_days
from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, file


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By the way of applying."""
    photo = {
        "application_path": "self_with_photo_id",
        "registrant": PERSON,
        "registrant_address": HERE,
        "contact": CONTACT,
        "seal_name_form": "family_only",
        "seal_imprint": [file("印影.png", "image/png")],
        "replaces_seal": False,
        "card_type": "seal_card",
        "visit_date": add_working_days(today, 3).isoformat(),
        "privacy_consent": True,
    }
    guarantor = {"guarantor_name": "葛\U000e0100城 誠", "registration_no": "12345"}
    agent = {**photo, "application_path": "agent", "agent_person": HANAKO, "agent_address": THERE}
    agent |= {"absence_reason": "入院しているため", "agent_appointment": [file("選任届.pdf")]}
    return {
        "photo": photo,
        "guarantor": {**photo, "application_path": "guarantor", "guarantor": guarantor},
        "inquiry": {**photo, "application_path": "inquiry_mail", "card_type": "mynumber_card"},
        "agent": agent,
    }
