"""A table of translations (翻訳の表) as CSV, for translators who work in a spreadsheet, and what comes back from them.

Columns are pointer, kind, ja, and one for each language.  UTF-8 with a byte order mark, because Excel takes anything
else for Shift_JIS.  A cell that a spreadsheet would run as a formula is led by an apostrophe, which import takes off.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.pointers import parts
from schemas.problems import Problem
from schemas.translations import LANGUAGE, sources

FIXED = ("pointer", "kind", "ja")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED = re.compile(r"'+[=+\-@\t\r]")
BOM = "\ufeff"


@dataclass(frozen=True)
class Imported:
    """What a table brings: texts by language and pointer, and the rows that were left out, each with its number."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)


def exported(document: Mapping[str, Any], languages: Sequence[str]) -> str:
    """The table of a document, a column for each of these languages; to be written as UTF-8, newlines as they are."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow([*FIXED, *languages])
    translated = document.get("translations", {})
    for address, source in sources(document):
        texts = [translated.get(language, {}).get(address, "") for language in languages]
        writer.writerow([address, parts(address)[-1], *map(neutral, [source, *texts])])
    return BOM + table.getvalue()


def neutral(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{text}" if FORMULA.match(text) else text


def restored(cell: str) -> str:
    """The text that `neutral` was given."""
    return cell[1:] if QUOTED.match(cell) else cell


def imported(document: Mapping[str, Any], text: str) -> Imported:
    """What a table says that fits the document as it is now; an empty cell says nothing.

    A row is left out if there is no such text, or if its Japanese is not what stands in the document: it was translated
    from something else.
    """
    result = Imported()
    rows = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
    header = [name.strip() for name in next(rows, [])]
    if header[: len(FIXED)] != list(FIXED):
        result.problems.append((1, Problem("", "table_header", {"columns": "・".join(FIXED)})))
        return result
    languages = header[len(FIXED) :]
    result.problems.extend((1, problem) for problem in _language_problems(languages))
    known = dict(sources(document))
    for number, row in enumerate(rows, 2):
        problem = _row_problem(row, known)
        if problem:
            result.problems.append((number, problem))
        elif row:
            _take(result, row, languages)
    return result


def _language_problems(languages: Sequence[str]) -> Iterator[Problem]:
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            yield Problem("", "translation_language", {"language": language})


def _row_problem(row: Sequence[str], known: Mapping[str, str]) -> Problem | None:
    if not any(row):
        return None
    address, source = row[0], restored(row[2]) if len(row) > 2 else ""
    if address not in known:
        return Problem(address, "table_unknown", {"address": address})
    if _lines(source) != _lines(known[address]):
        return Problem(address, "table_source", {"address": address, "source": known[address]})
    return None


def _lines(text: str) -> str:
    """Spreadsheets write line ends in their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _take(result: Imported, row: Sequence[str], languages: Sequence[str]) -> None:
    for language, cell in zip(languages, row[len(FIXED) :], strict=False):
        if LANGUAGE.fullmatch(language) and cell.strip():
            result.texts.setdefault(language, {})[row[0]] = _lines(restored(cell))


def merged(document: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The document's translations with these in them, new ones behind those that are there."""
    found = {language: dict(there) for language, there in document.get("translations", {}).items()}
    for language, brought in texts.items():
        found.setdefault(language, {}).update(brought)
    return found


def rewritten(text: str, translations: Mapping[str, Any]) -> str:
    """The text of a definition with other translations; every other character stays as its author wrote it."""
    if json.loads(text).get("translations", {}) == translations:
        return text
    written = json.dumps(translations, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    members = list(_members(text))
    for name, start, end in members:
        if name == "translations":
            return text[:start] + written + text[end:]
    _name, _start, end = members[-1]
    return f'{text[:end]},\n  "translations": {written}{text[end:]}'


def _members(text: str) -> Iterator[tuple[str, int, int]]:
    """The members of a JSON object, with where the value of each begins and ends."""
    decoder, blank = json.JSONDecoder(), re.compile(r"[ \t\r\n]*")
    at = text.index("{") + 1
    while True:
        at = _after(blank, text, at)
        name, at = decoder.raw_decode(text, at)
        start = _after(blank, text, _after(blank, text, at) + 1)
        _value, end = decoder.raw_decode(text, start)
        yield name, start, end
        at = _after(blank, text, end)
        if text[at] == "}":
            return
        at += 1


def _after(blank: re.Pattern[str], text: str, at: int) -> int:
    found = blank.match(text, at)
    return found.end() if found else at
