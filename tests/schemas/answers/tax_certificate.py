"""F16: one's own certificate for a visa, and one that an agent fetches for somebody who has moved away."""

from datetime import date, timedelta
from typing import Any

from schemas.working_days import fiscal_year
from tests.schemas.answers.people import CONTACT, HANAKO, HERE, PERSON, THERE, file


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By who asks."""
    own = {
        "requester_relation": "self",
        "subject": PERSON,
        "current_address": HERE,
        "contact": CONTACT,
        "certificate_type": "income_and_taxation",
        "tax_year": fiscal_year(today - timedelta(days=61)),
        "address_on_jan1": HERE,
        "income_filed": "employer",
        "copies": 1,
        "purpose": "visa",
        "delivery": "counter",
        "privacy_consent": True,
    }
    agent = {**own, "requester_relation": "agent", "requester": HANAKO, "requester_address": HERE}
    agent |= {"current_address": THERE, "power_of_attorney": [file("委任状.pdf")], "copies": 5, "delivery": "mail"}
    agent |= {"purpose": "other", "purpose_details": "裁判所への提出", "tax_year": own["tax_year"] - 4}
    return {"own": own, "agent": agent}
