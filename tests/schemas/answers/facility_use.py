"""F10: a registered choir that gets its room at once, and a concert on which people decide."""

from datetime import date, timedelta
from typing import Any

from tests.schemas.answers.people import CONTACT, HERE, PERSON


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By who applies; the day is a Tuesday that is no holiday of the new year."""
    ahead = today + timedelta(days=14)
    tuesday = ahead + timedelta(days=(1 - ahead.weekday()) % 7)
    if (tuesday.month, tuesday.day) >= (12, 29) or (tuesday.month, tuesday.day) <= (1, 3):
        tuesday += timedelta(days=7)
    choir = {
        "applicant_kind": "group",
        "group_name": "𠮷野合唱団",
        "group_id": "F-00001",
        "applicant": PERSON,
        "address": HERE,
        "contact": CONTACT,
        "responsible_person": "髙﨑 一郎",
        "facility_id": "civic_hall",
        "room_ids": ["large_hall", "rehearsal_room"],
        "use_date": tuesday.isoformat(),
        "start_time": "09:00",
        "end_time": "12:30",
        "purpose": "市民合唱祭に向けた練習",
        "activity_type": "rehearsal",
        "headcount": 120,
        "admission_fee": "none",
        "sales": False,
        "anti_crime_pledge": True,
        "privacy_consent": True,
    }
    concert = {key: answer for key, answer in choir.items() if key != "group_id"}
    concert |= {"local_ratio": 80, "admission_fee": "charged", "admission_amount": 1000, "start_time": "13:00"}
    concert |= {"end_time": "20:00", "fee_exemption_reason": "welfare", "exemption_details": "交流会のため"}
    concert |= {"equipment": [{"item": "piano", "quantity": 1, "hours": 7}]}
    concert |= {"air_conditioning": True, "air_conditioning_hours": 6.5}
    return {"registered_group": choir, "concert": concert}
