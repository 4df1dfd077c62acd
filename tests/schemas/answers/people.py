"""People with hard names, the places where they live and the files they bring: what answers to starters share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

PERSON = {
    "family_name": "髙﨑",
    "given_name": "葛\U000e0100𠮷",
    "family_name_kana": "タカサキ",
    "given_name_kana": "カツヨシ",
    "date_of_birth": "1980-12-31",
}
HANAKO = {**PERSON, "given_name": "花子", "given_name_kana": "ハナコ", "date_of_birth": "1982-02-28"}
HERE = {"postal_code": "1230001", "prefecture": "東京都", "city": "かかない市", "town": "千代田", "block": "1-2-3"}
THERE = {"postal_code": "1000001", "prefecture": "東京都", "city": "千代田区", "town": "千代田", "block": "1-1"}
CONTACT = {"phone": "03-1234-5678", "email": "taro@example.jp"}


def day(today: date, days: int) -> str:
    """A day so many days from now, as an answer."""
    return (today + timedelta(days=days)).isoformat()


def file(name: str, media_type: str = "application/pdf") -> dict[str, Any]:
    """A file that was attached."""
    return {
        "id": "3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",
        "name": name,
        "media_type": media_type,
        "size": 120_000,
        "sha256": "0123456789abcdef" * 4,
    }
