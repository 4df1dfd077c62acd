"""F02: a couple of whom one has a card, and somebody without one for whom an agent notifies."""

from datetime import date
from typing import Any

from schemas.working_days import add_working_days
from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, day, file


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By whether anybody has a My Number Card."""
    couple = {
        "notifier": "self",
        "applicant": PERSON,
        "contact": CONTACT,
        "move_out_date": day(today, 10),
        "has_mynumber_card": True,
        "is_whole_household": True,
        "current_address": HERE,
        "destination_address": THERE,
        "destination_head": "髙﨑 葛𠮷",
        "destination_visit_date": add_working_days(today, 14).isoformat(),
        "movers": [{"mover_person": PERSON}, {"mover_person": HANAKO}],
        "items_to_return": ["nhi_certificate", "seal_card"],
        "privacy_consent": True,
    }
    agent = {**couple, "notifier": "agent", "has_mynumber_card": False, "move_out_date": day(today, -10)}
    agent |= {"power_of_attorney": [file("委任状.pdf")], "identity_document": [file("免許証.png", "image/png")]}
    return {"couple_with_card": couple, "agent_without_card": agent}
