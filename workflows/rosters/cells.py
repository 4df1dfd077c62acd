"""Cells of a roster: how days, truth values and texts stand in a CSV file that a spreadsheet opens and saves."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from schemas.eras import parse_wareki
from workflows.changes import OrganisationRefused

#: What a spreadsheet would take for a formula, half or full width; an apostrophe before it makes it text.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
WESTERN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
YES, NO = "○", ""
YES_WORDS = {"○", "〇", "◯", "1", "はい", "有", "TRUE", "true", "True", "yes", "✓"}
NO_WORDS = {"", "×", "✕", "0", "いいえ", "無", "FALSE", "false", "False", "no"}
MOST_BYTES, MOST_LINES = 1_000_000, 5000


def guard(text: str) -> str:
    """The text as no spreadsheet calculates it."""
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What ``guard`` was given."""
    return text[1:] if GUARDED.match(text) else text


def read_table(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and the other lines that are not blank with their numbers in the file.

    UTF-8, with or without a mark, or the Japanese Windows code page; separated by commas or tabs.  Raises
    OrganisationRefused.
    """
    if len(content) > MOST_BYTES:
        raise OrganisationRefused(_("ファイルが大きすぎます（1MBまで）。"), "file")
    text = _decoded(content)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines = [(reader.line_num, [unguard(cell) for cell in row]) for row in reader if any(row)]
    except csv.Error as wrong:
        raise OrganisationRefused(
            _("CSVとして読めません。表計算ソフトで「CSV UTF-8」を選んで保存してください。"), "file"
        ) from wrong
    if not lines or len(lines) > MOST_LINES:
        words = (
            _("ファイルが長すぎます（5000行まで）。分けてください。")
            if lines
            else _("ファイルに何も書かれていません。")
        )
        raise OrganisationRefused(words, "file")
    return [heading.strip() for heading in lines[0][1]], lines[1:]


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that a Japanese spreadsheet opens by double click: UTF-8 with its mark, CRLF."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OrganisationRefused(_("文字コードが分かりません。「CSV UTF-8」で保存してください。"), "file")


def truth(text: str, heading: str) -> bool:
    """○ or ×, and what else people write for them."""
    found = text.strip()
    if found not in YES_WORDS | NO_WORDS:
        raise OrganisationRefused(_("「%(heading)s」は○か空欄にしてください。") % {"heading": heading})
    return found in YES_WORDS


def day(text: str, heading: str) -> date | None:
    """2026-04-01, 2026/4/1, 令和8年4月1日, R8.4.1; nothing for an empty cell."""
    found = text.strip()
    if not found:
        return None
    read = _western(found) or parse_wareki(found)
    if read is None:
        raise OrganisationRefused(
            _("「%(heading)s」は 2026/4/1 か R8.4.1 の形の日付にしてください。") % {"heading": heading}
        )
    return read


def _western(text: str) -> date | None:
    match = WESTERN.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def number(text: str, heading: str) -> int:
    """A whole number; 0 for an empty cell."""
    found = text.strip() or "0"
    if not found.isdecimal() or len(found) > 6:
        raise OrganisationRefused(_("「%(heading)s」は数字で書いてください。") % {"heading": heading})
    return int(found)
