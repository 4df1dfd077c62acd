"""F15: a festival for the first time, one that was approved before, and an award of the mayor."""

from datetime import date
from typing import Any

from tests.schemas.answers.people import CONTACT, HERE, day, file

CHOIR = {"org_name": "𠮷野合唱団", "representative": "団長 𠮷野 恵", "person_in_charge": "髙﨑 花子"}


def concert(today: date) -> dict[str, Any]:
    """A concert that costs something, for the first time."""
    return {
        "organizer": CHOIR,
        "organizer_profile": "平成20年設立、会員45人。月2回の練習と年1回の演奏会。",
        "address": HERE,
        "contact": CONTACT,
        "support_type": "sponsor_koen",
        "event_name": "第1回 かかない市民音楽祭",
        "event_purpose": "市民が音楽に親しむため",
        "event_content": "市内の8団体による演奏",
        "event_start": day(today, 60),
        "event_end": day(today, 61),
        "venue": "市民会館 大ホール",
        "target_audience": "市民",
        "expected_attendance": 500,
        "participation_fee": 500,
        "name_usage": ["poster", "flyer", "web"],
        "event_plan": [file("開催要項.pdf")],
        "bylaws": [file("会則.pdf")],
        "budget_sheet": [file("収支予算書.pdf")],
        "neutrality_pledge": True,
        "privacy_consent": True,
    }


def variants(today: date) -> dict[str, dict[str, Any]]:
    """By kind of support."""
    first = concert(today)
    again = {key: answer for key, answer in first.items() if key not in ("bylaws", "budget_sheet")}
    again |= {"previous_approval": "令和7年度 第0回市民音楽祭", "participation_fee": 0}
    award = {"support_type": "mayor_award", "award_description": "市長賞1点、審査員5人による審査"}
    return {"first_time": first, "again_for_free": again, "award": {**first, **award}}
