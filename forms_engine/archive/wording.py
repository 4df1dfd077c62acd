"""Words of an archive copy: dates, outcomes, sizes as a Japanese official document writes them."""

import re
from datetime import datetime, timedelta, timezone

from schemas.eras import wareki

JAPAN = timezone(timedelta(hours=9), "JST")
OUTCOMES = {
    "approved": "承認",
    "refused": "不承認",
    "returned": "差戻し",
    "correction": "補正の求め",
    "withdrawn": "取下げ",
}


def day(at: datetime) -> str:
    """令和8年11月23日."""
    return wareki(at.astimezone(JAPAN).date())


def moment(at: datetime) -> str:
    """令和8年11月23日 9時05分."""
    local = at.astimezone(JAPAN)
    return f"{day(at)} {local.hour}時{local.minute:02}分"


def stamp_day(at: datetime) -> str:
    """As date stamps have it: 8.11.23."""
    return ".".join(re.findall(r"[0-9]+|元", day(at)))


def outcome(word: str) -> str:
    """An outcome as people say it."""
    return OUTCOMES.get(word, word)


def size(count: int) -> str:
    """Bytes in a unit that says something."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 1024**2 else f"{count / 1024**2:.1f} MB"
