"""How people write, and the one way it is stored: input is forgiving, storage is not.

Names, addresses and free text keep every character a person sees (schemas.characters): NFC only, never NFKC, because
NFKC would replace ﾀ or ㈱ by other characters; variation selectors (IVS) stay, they tell 葛󠄀 from 葛. Only kinds that
are numbers, kana or addresses of machines are folded to half or full width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from schemas.characters import visible
from schemas.eras import parse_wareki
from schemas.partial_dates import is_partial_date, month_or_year
from schemas.phones import display

HYPHENS = re.compile("[-‐‑‒–—―−－ーｰ─━﹣]")
SPACES = re.compile(r"[\s\u3000]+")
NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+")
DATE = re.compile(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?")
SMALL_BANK_KANA = str.maketrans("ｧｨｩｪｫｬｭｮｯ", "ｱｲｳｴｵﾔﾕﾖﾂ")


def normalise(kind: str, text: str) -> str:
    """The stored writing of `text` for a format or kind; what cannot be read stays nearly as typed, so that the person
    sees their own words beside the message. Applying it twice changes nothing. Unknown kinds are one line of text.
    """
    return _settled(WRITINGS.get(kind, line), text)


def line(text: str) -> str:
    """One line: NFC, invisible characters out, runs of line breaks and tabs to one space, trimmed."""
    return re.sub(r"[\t\n]+", " ", visible(text)).strip()


def paragraphs(text: str) -> str:
    """Several lines: NFC, LF line ends, invisible characters out, no blanks at the ends."""
    return visible(text).strip()


def _settled(change: Callable[[str], str], text: str) -> str:
    """`change` until nothing changes: taking a character out can bring others together."""
    for _ in range(8):
        changed = change(text)
        if changed == text:
            break
        text = changed
    return text


def folded(text: str) -> str:
    """Half-width ASCII and full-width kana, without invisible characters; for machine kinds only, never for names."""
    return line(unicodedata.normalize("NFKC", line(text).translate(SOUND_MARKS)))


# Sound marks typed as characters of their own (ウ゛) belong to the kana before them; NFKC would put a space between.
SOUND_MARKS = {0x309B: 0x3099, 0x309C: 0x309A, 0xFF9E: 0x3099, 0xFF9F: 0x309A}


def digits(text: str) -> str:
    """ASCII digits without separators; text that holds anything else is only folded."""
    plain = folded(text)
    bare = SPACES.sub("", HYPHENS.sub("", plain))
    return bare if bare.isascii() and bare.isdigit() else plain


def postal_code(text: str) -> str:
    """Seven digits without hyphen, the mark 〒 dropped."""
    return digits(re.sub("^[\\s〒]+", "", folded(text)))


def number(text: str) -> str:
    """A number as JSON writes it: no separators, no yen sign, no leading zeros or plus."""
    plain = folded(text)
    bare = re.sub(r"[,\s]|^[¥\\]|円$", "", re.sub("^" + HYPHENS.pattern, "-", plain))
    if not NUMBER.fullmatch(bare):
        return plain
    sign, rest = ("-", bare[1:]) if bare[0] == "-" else ("", bare.lstrip("+"))
    whole, dot, fraction = rest.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{dot}{fraction}"


def kana(text: str) -> str:
    """Full-width katakana: from half-width or hiragana, with single half-width spaces between words."""
    plain = folded(text).translate(HIRAGANA)
    plain = re.sub("(?<=[ァ-ヺー])[‐‑‒–—―−-]", "ー", plain)
    return SPACES.sub(" ", unicodedata.normalize("NFC", plain)).strip()


HIRAGANA = {code: code + 0x60 for code in [*range(0x3041, 0x3097), 0x309D, 0x309E]}


def bank_kana(text: str) -> str:
    """The half-width letters that bank transfer files allow (全銀協: small kana become large, ー becomes -)."""
    full = kana(text).upper().replace("ヴ", "ウ゛")
    half = "".join(HALF_KANA.get(char, char) for char in unicodedata.normalize("NFD", full))
    return half.translate(SMALL_BANK_KANA).replace("ー", "-").replace("・", ".")


def _half_kana() -> dict[str, str]:
    """Half-width form of each full-width kana, from Unicode's own compatibility mapping read backwards."""
    pairs = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
    return {**pairs, "\u3099": "ﾞ", "\u309a": "ﾟ", "゛": "ﾞ", "゜": "ﾟ"}


HALF_KANA = _half_kana()


def phone(text: str) -> str:
    """The display form of a telephone number (schemas.phones), from any writing: brackets, full width, +81, 内線."""
    plain = folded(text)
    return display(HYPHENS.sub("-", plain)) or plain


def email(text: str) -> str:
    """Half width, no blanks, the domain in lower case (RFC 5321 §2.4: the local part may be case sensitive)."""
    local, at, domain = SPACES.sub("", folded(text)).rpartition("@")
    return f"{local}{at}{domain.lower()}"


def iso_date(text: str) -> str:
    """YYYY-MM-DD from 2026/4/1, 2026年4月1日, 20260401, 令和8年4月1日 or R8.4.1; other text is only folded."""
    plain = HYPHENS.sub("-", folded(text))
    found = parse_wareki(plain) or _western(plain)
    return found.isoformat() if found else plain


def _western(text: str) -> date | None:
    match = DATE.fullmatch(text) or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def year_month(text: str) -> str:
    """YYYY-MM from 2026/4, 2026年4月, 202604, 令和8年4月 or R8.4."""
    plain = HYPHENS.sub("-", folded(text))
    match = re.fullmatch(r"([0-9]{4})([0-9]{2})", plain)
    found = month_or_year(f"{match[1]}-{match[2]}" if match else plain)
    return found if "-" in found else plain


def partial_date(text: str) -> str:
    """A day, a month or a year in either calendar: 昭和50年5月1日, 1975年5月, S50, 昭和50年5月日不明."""
    day = iso_date(text)
    return (day if is_partial_date(day) else month_or_year(day)) or day


CLOCK = re.compile(
    r"(午前|午後|[ap]m)?([0-9]{1,2})(?::([0-9]{2})(?::00)?|時(?:([0-9]{1,2})分?|半)?|\.([0-9]{2})|([0-9]{2}))?([ap]m)?"
)


def clock_time(text: str) -> str:
    """HH:MM (24 hours) from 9:00, 0900, 9時, 9時半, 午後1時30分, 1:30 PM, 正午.

    午前12時30分 stays as typed: some mean half past noon by it, some half past midnight.
    """
    plain = SPACES.sub("", folded(text))
    match = CLOCK.fullmatch(NOON.get(plain, plain.lower().replace(".m.", "m")))
    half, written = (match[1] or match[7] or "", match[2]) if match else ("", "")
    if match is None or (match[1] and match[7]) or (half == "午前" and written == "12"):
        return plain
    minutes = next((part for part in match.group(3, 4, 5, 6) if part), "30" if "半" in match[0] else "0")
    hour, minute = _hour(int(written), half), int(minutes)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else plain


NOON = {"正午": "12:00", "noon": "12:00"}


def _hour(hour: int, half: str) -> int:
    """The hour on the 24-hour clock; 12 am is midnight where it is written so in English."""
    if half == "am" and hour == 12:
        return 0
    return hour + 12 if half in ("午後", "pm") and hour < 12 else hour


def block(text: str) -> str:
    """番地以下: digits and the hyphens between them in half width, everything else as written."""
    plain = line(text).translate(WIDE_DIGITS)
    return re.sub(rf"(?<=[0-9])\s*{HYPHENS.pattern}\s*(?=[0-9])", "-", plain)


WIDE_DIGITS = {0xFF10 + value: str(value) for value in range(10)}

WRITINGS: dict[str, Callable[[str], str]] = {
    "line": line,
    "text": line,
    "name": line,
    "textarea": paragraphs,
    "block": block,
    "digits": digits,
    "postal-code": postal_code,
    "corporate-number": digits,
    "my-number": digits,
    "bank-code": digits,
    "branch-code": digits,
    "account-number": digits,
    "local-government-code": digits,
    "integer": number,
    "number": number,
    "kana": kana,
    "bank-kana": bank_kana,
    "phone": phone,
    "email": email,
    "date": iso_date,
    "partial-date": partial_date,
    "year-month": year_month,
    "month": year_month,
    "time": clock_time,
}
