"""The read-out (読み上げ): answers in words, page by page, as people who decide, check or archive them read them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from forms_engine.edition import Edition
from forms_engine.fields.calendars import month_in_words, partial_in_words
from forms_engine.fields.drawn_signature import is_signature, words_of
from forms_engine.fields.file import is_file, is_file_answer
from forms_engine.fields.integer import digits
from forms_engine.fields.money import is_money
from forms_engine.spec import FormSpec
from schemas.alternatives import choices
from schemas.effective import effective
from schemas.eras import wareki
from schemas.fragments import OFFERS
from schemas.my_numbers import FORMAT as MY_NUMBER
from schemas.my_numbers import is_my_number
from schemas.pointers import MISSING, pointer
from schemas.validation import item_schema
from workflows.routable import FileLink, Row, Section

#: Between the titles of a group and of what is in it.
INSIDE = {"en": " – "}
INSIDE_JA = "／"

Link = Callable[[str], str]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Reading:
    """What a value is read with: the language, the form in it, and where files are opened."""

    language: str
    edition: Edition
    link: Link

    def presented(self, path: Path) -> Mapping[str, Any]:
        """How the form presents a field; rows of a table are written as ``*``."""
        return self.edition.presentation.get(pointer("*" if isinstance(part, int) else part for part in path), {})

    @property
    def comma(self) -> str:
        return ", " if self.language == "en" else "、"


def sections(spec: FormSpec, answers: Mapping[str, Any], language: str, link: Link) -> list[Section]:
    """One section for each page that has fields now, one row for each answer, those left blank included.

    Calculated fields that stand on no page follow on the last.
    """
    edition = spec.edition(language)
    fields = edition.plan.resolved(answers)["properties"]
    reading = Reading(edition.language, edition, link)
    with override(edition.language):
        found = [(page.title, [name for name in page.fields if name in fields]) for page in edition.pages]
        found[-1][1].extend(fields.keys() - {name for _title, names in found for name in names})
        return [Section(title, list(_fields(names, fields, answers, reading))) for title, names in found if names]


def marked(latest: list[Section], before: list[Section]) -> list[Section]:
    """The latest sections, each row with its former text where that differs, and former rows that are gone."""
    known = {row.pointer: row for section in before for row in section.rows}
    here = {row.pointer for section in latest for row in section.rows}
    gone = {section.title: [_gone(row) for row in section.rows if row.pointer not in here] for section in before}
    found = [Section(one.title, [*_compared(one.rows, known), *gone.pop(one.title, [])]) for one in latest]
    return [*found, *(Section(title, rows) for title, rows in gone.items() if rows)]


def _compared(rows: Iterable[Row], known: Mapping[str, Row]) -> list[Row]:
    return [replace(row, changed_from=_former(row, known)) for row in rows]


def _gone(row: Row) -> Row:
    return replace(row, text=_("（削除）"), files=[], changed_from=row.text)


def _former(row: Row, known: Mapping[str, Row]) -> str | None:
    """A field that did not exist before was empty."""
    former = known.get(row.pointer)
    if former is None:
        return "" if row.text else None
    return None if (former.text, former.concealed, former.mark) == (row.text, row.concealed, row.mark) else former.text


def revealing(sections: Iterable[Section], link: Link) -> list[Section]:
    """The sections with the address at which staff ask for each concealed answer, made of what stands in its place."""
    return [Section(one.title, [_revealing(row, link) for row in one.rows]) for one in sections]


def _revealing(row: Row, link: Link) -> Row:
    return replace(row, reveal_url=link(row.concealed)) if row.concealed else row


def _fields(
    names: Iterable[str], fields: Mapping[str, Any], answers: Mapping[str, Any], reading: Reading
) -> Iterator[Row]:
    for name in names:
        yield from _rows((name,), fields[name], answers.get(name, MISSING), "", reading)


def _rows(path: Path, schema: Any, value: Any, above: str, reading: Reading) -> Iterator[Row]:
    """The rows of one answer: of an object those of its members, of a table those of its lines."""
    if is_file(schema):
        yield _file_row(path, schema, [value] if isinstance(value, Mapping) else [], above, reading)
    elif is_signature(schema):
        yield _signature_row(path, schema, value, above, reading)
    elif is_my_number(schema):
        yield _my_number_row(path, schema, value, above, reading)
    elif isinstance(value, Mapping) or (schema.get("properties") and value is MISSING and OFFERS not in schema):
        yield from _members(path, schema, value if isinstance(value, Mapping) else {}, above, reading)
    elif isinstance(value, list) or (schema.get("type") == "array" and value is MISSING):
        yield from _items(path, schema, value if isinstance(value, list) else [], above, reading)
    else:
        yield _row(path, schema, words(value, schema, reading.presented(path), reading.language), above, reading)


def _row(path: Path, schema: Any, text: str, above: str, reading: Reading, files: Iterable[FileLink] = ()) -> Row:
    own = joined_label(path, schema, "", reading.language)
    label = joined_label(path, schema, above, reading.language) if above else own
    return Row(pointer(path), label, text, list(files), group=above, short=own)


def _members(path: Path, schema: Any, inside: Mapping[str, Any], above: str, reading: Reading) -> Iterator[Row]:
    """The members of an object: those that its schema names, then the entries that the resident named."""
    label = joined_label(path, schema, above, reading.language)
    named, offered = schema.get("properties", {}), schema.get(OFFERS, ())
    for name, member in named.items():
        if name in inside or name not in offered:
            yield from _rows((*path, name), member, inside.get(name, MISSING), label, reading)
    for name in inside.keys() - named.keys():
        yield from _rows((*path, name), {"title": name}, inside[name], label, reading)
    if not named and not inside:
        yield _row(path, schema, _("（記入なし）"), above, reading)


def _items(path: Path, schema: Any, values: list[Any], above: str, reading: Reading) -> Iterator[Row]:
    label = joined_label(path, schema, above, reading.language)
    items = schema.get("items")
    items = items if isinstance(items, Mapping) else {}
    if is_file(items):
        yield _file_row(path, schema, values, above, reading)
    elif any(isinstance(value, dict | list) for value in values):
        for index, value in enumerate(values):
            row_schema = {**effective(item_schema(schema, index), value), "title": str(index + 1)}
            yield from _rows((*path, index), row_schema, value, label, reading)
    else:
        presented = reading.presented(path)
        texts = [
            words(value, effective(item_schema(schema, place), value), presented, reading.language)
            for place, value in enumerate(values)
        ]
        yield _row(path, schema, reading.comma.join(texts) or _("（記入なし）"), above, reading)


def joined_label(path: Path, schema: Any, above: str, language: str) -> str:
    """What a field is called, after what it stands in."""
    own = str(schema.get("title") or str(path[-1]).replace("_", " "))
    joint = " " if str(path[-1]).isdigit() else INSIDE.get(language, INSIDE_JA)
    return f"{above}{joint}{own}" if above else own


def _file_row(path: Path, schema: Any, files: Iterable[Any], above: str, reading: Reading) -> Row:
    links = [
        FileLink(file["name"], reading.link(file["id"]), file["media_type"], file["size"])
        for file in files
        if is_file_answer(file)
    ]
    names = reading.comma.join(link.name for link in links) or _("（添付なし）")
    return _row(path, schema, names, above, reading, links)


def _signature_row(path: Path, schema: Any, value: Any, above: str, reading: Reading) -> Row:
    """How it was signed, with the picture; another signature under the same words is a change too."""
    given = value if isinstance(value, Mapping) else {}
    image = given.get("image")
    row = _file_row(path, schema, [image] if image else [], above, reading)
    return replace(row, text=words_of(given) or _("（署名なし）"), mark=str(given.get("signs", "")))


def _my_number_row(path: Path, schema: Any, value: Any, above: str, reading: Reading) -> Row:
    """That a number was given; which one is concealed."""
    row = _row(path, schema, words(value, schema, reading.presented(path), reading.language), above, reading)
    return replace(row, concealed=value if isinstance(value, str) else "")


def words(value: Any, schema: Mapping[str, Any], presentation: Mapping[str, Any], language: str) -> str:
    """One answer as people write it, in the language that is active."""
    if value is MISSING or value in (None, ""):
        return _("（記入なし）")
    if schema.get("writeOnly") is True:
        return _("（表示しません）")
    title = next((title for choice, title in choices(schema) if choice == value and title), None)
    if title:
        return title
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, int | float):
        return _number(value, schema, presentation)
    return _text(str(value), str(schema.get("format", "")), language)


def _number(value: float, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> str:
    unit = _("円") if is_money(schema, presentation) else str(presentation.get("unit", ""))
    return digits(value, schema) + unit


def _text(text: str, format_name: str, language: str) -> str:
    if format_name == MY_NUMBER:
        return _("入力済み（番号は表示しません）")
    if format_name == "date":
        return day_in_words(text, language)
    if format_name in ("year-month", "month"):
        return month_in_words(text, language)
    if format_name == "partial-date":
        return partial_in_words(text, language)
    if format_name == "postal-code" and len(text) == 7:
        return f"{text[:3]}-{text[3:]}"
    return text


def day_in_words(text: str, language: str) -> str:
    """「2026年11月24日（令和8年）」; in English 24 November 2026; text that is no day stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    if language == "en":
        return f"{day.day} {day:%B %Y}"
    era_year = wareki(day).split("年")[0]
    western = f"{day.year}年{day.month}月{day.day}日"
    return western if era_year == str(day.year) else f"{western}（{era_year}年）"


def label_of(spec: FormSpec, answers: Mapping[str, Any], address: str, language: str) -> str:
    """What the field at a pointer into the answers is called, with the groups it stands in; empty for the whole."""
    schema: Any = spec.edition(language).plan.resolved(answers)
    label, path = "", Path()
    value: Any = answers
    for part in address.split("/")[1:]:
        schema, value, path = _inside(schema, value, part), _value(value, part), (*path, part)
        if schema is None:
            break
        label = joined_label(path, schema, label, language)
    return label


def _inside(schema: Any, value: Any, part: str) -> Any:
    """The schema one level down: of a property, or of the line with this number."""
    if schema.get("type") != "array":
        return schema.get("properties", {}).get(part)
    items = schema.get("items")
    line = _value(value, part)
    shown = {"title": str(int(part) + 1) if part.isdigit() else part}
    found = effective(items, line) if isinstance(items, dict) and isinstance(line, dict) else items or {}
    return {**found, **shown}


def _value(value: Any, part: str) -> Any:
    if isinstance(value, list):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else None
    return value.get(part) if isinstance(value, Mapping) else None
