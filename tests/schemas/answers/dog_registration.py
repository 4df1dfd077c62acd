"""F14: a dog that a rule registers, and a vaccinated one of a company that people look at."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HERE, PERSON, day, file


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By owner."""
    person = {
        "owner_kind": "person",
        "owner": PERSON,
        "address": HERE,
        "contact": CONTACT,
        "dog_name": "ハナ",
        "breed": "柴",
        "coat_color": "茶",
        "dog_sex": "female",
        "dog_birth": day(today, -400),
        "is_transfer": False,
        "acquired_on": day(today, -10),
        "location_kind": "same",
        "vaccinated": False,
        "delivery": "mail",
        "privacy_consent": True,
    }
    organisation = {
        "org_name": "株式会社かかない",
        "representative": "代表取締役 葛\U000e0100城 誠",
        "person_in_charge": "髙﨑 一郎",
    }
    company = {key: answer for key, answer in person.items() if key != "owner"}
    company |= {"owner_kind": "corporation", "organisation": organisation, "vaccinated": True}
    company |= {"vaccinated_on": day(today, -3), "vaccination_certificate": [file("注射済証.pdf")]}
    return {"person": person, "vaccinated_of_company": company}
