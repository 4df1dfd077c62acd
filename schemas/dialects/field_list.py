"""A list of fields, as offices keep it in a spreadsheet: one line for each field, columns in any order.

項目名・キー・種類・必須・選択肢・説明・ページ, or what people call them otherwise; only 項目名 is needed.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from schemas.dialects import guesses
from schemas.dialects.drafts import SCHEMA
from schemas.dialects.field_kinds import Row, schema_of
from schemas.dialects.finish import finished
from schemas.dialects.sketch import Adopted, Sketch, key_of
from schemas.writing import normalise

COLUMNS = {
    "title": ("項目名", "項目", "名称", "ラベル", "見出し", "質問", "設問", "入力項目", "表示名", "フィールド名",
              "label",
              "title", "name", "question", "field", "項目名称", "記入項目"),
    "key": ("キー", "記号", "id", "key", "項目id", "項目キー", "変数名", "コード", "識別子", "物理名", "英字名"),
    "kind": ("種類", "型", "形式", "入力形式", "データ型", "入力方法", "タイプ", "type", "kind", "種別", "入力種別",
             "属性"),
    "required": ("必須", "必須/任意", "必須区分", "必須・任意", "入力必須", "required", "必要", "必須任意", "要否"),
    "choices": ("選択肢", "選択項目", "値", "候補", "リスト", "options", "choices", "enum", "選択値", "回答選択肢"),
    "help": ("説明", "補足", "注意", "備考", "ヘルプ", "記入例", "注釈", "help", "description", "note", "説明文",
             "入力例",
             "留意事項", "案内"),
    "page": ("ページ", "画面", "セクション", "大項目", "区分", "グループ", "page", "section", "分類", "章",
             "ステップ", "カテゴリ"),
    "longest": ("文字数", "最大文字数", "最大長", "桁数", "上限", "maxlength", "最大桁数", "文字数制限", "max"),
}  # fmt: skip
YES = re.compile(r"(必須|必要|必|要|はい|有|あり|[○〇◯●◎✓✔1１*※]|yes|y|true|required)(.*)?", re.I)
SEPARATORS = (r"[\n\r]+", r"[;；|｜]", r"[、,，]", r"[/／・]")
NUMBERED = re.compile(r"\s*([0-9A-Za-z_-]{1,20})\s*[:：=.]\s*(.+)")
ENCODINGS = ("utf-8-sig", "cp932", "utf-16")
# A header stands within the first lines; above it there may be the name of the form.
HEADER_WITHIN = 15


# From a table to rows


def table(content: bytes) -> list[list[str]]:
    """The cells of a CSV or TSV file in UTF-8, Shift_JIS or UTF-16; quotation marks as in RFC 4180."""
    text = _decoded(content)
    delimiter = max("\t,;", key=lambda one: text[:2000].count(one))
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _decoded(content: bytes) -> str:
    order = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in order:
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeError:
            continue
    return content.decode("utf-8", "replace").replace("\x00", "")


def is_list(cells: list[list[str]]) -> bool:
    """Whether a table has a line that names the columns of a list of fields."""
    return _header(cells) is not None


def _header(cells: list[list[str]]) -> tuple[int, dict[int, str]] | None:
    """The line of the header, and by place the meaning of its columns."""
    for number, row in enumerate(cells[:HEADER_WITHIN]):
        meanings: dict[int, str] = {}
        for place, cell in enumerate(row):
            meaning = _meaning(cell)
            if meaning and meaning not in meanings.values():
                meanings[place] = meaning
        if "title" in meanings.values() and len(meanings) > 1:
            return number, meanings
    return None


def _meaning(cell: str) -> str:
    plain = re.sub(r"[\s　()（）]", "", normalise("line", cell)).lower()
    return next((meaning for meaning, names in COLUMNS.items() if plain in names), "")


def adopt(cells: list[list[str]], name: str = "") -> Adopted:
    """The form that a table of fields describes; without a header the first column names the fields."""
    found = _header(cells)
    number, meanings = found if found else (-1, {0: "title", 1: "kind", 2: "required"})
    above = [cell for row in cells[: max(number, 0)] for cell in row if cell]
    rows, remarks = [], []
    for line, row in enumerate(cells[number + 1 :], number + 2):
        if not any(row):
            continue
        said = {meaning: row[place] for place, meaning in meanings.items() if place < len(row)}
        if said.get("title"):
            rows.append(_row(said, line))
        else:
            remarks.append(line)
    unused = [cell for place, cell in enumerate(cells[number]) if cell and place not in meanings] if found else []
    return adopt_rows(rows, name, "項目一覧", above[0] if above else "", unused, remarks)


def _row(said: dict[str, str], line: int) -> Row:
    longest = re.search(r"[0-9]+", normalise("line", said.get("longest", "")))
    required = said.get("required", "").strip()
    return Row(
        title=said["title"].strip().rstrip("※*＊"),
        key=said.get("key", "").strip(),
        kind=said.get("kind", "").strip(),
        is_required=bool(YES.fullmatch(required)) or said["title"].strip().endswith(("※", "*", "＊")),
        choices=_choices(said.get("choices", "")),
        help=said.get("help", "").strip(),
        page=said.get("page", "").strip(),
        longest=int(longest[0]) if longest and 0 < int(longest[0]) < 100_000 else None,
        line=line,
    )


def _choices(text: str) -> list[tuple[str, str]]:
    """The choices in a cell, however they are separated; 「1：男」 stores 1 and shows 男."""
    parts = [text]
    for separator in SEPARATORS:
        parts = [part.strip() for part in re.split(separator, text) if part.strip()]
        if len(parts) > 1:
            break
    pairs = [(match[1], match[2].strip()) if (match := NUMBERED.fullmatch(part)) else (part, part) for part in parts]
    return list(dict(pairs).items())


# From rows to a form


def adopt_rows(
    rows: list[Row], name: str, dialect: str, title: str = "", unused: list[str] | None = None, bare: Any = ()
) -> Adopted:
    """The form of these fields, with the shared vocabulary where a title stands for one of its words."""
    sketch = Sketch({"$schema": SCHEMA, "type": "object", "properties": {}, "required": []}, name)
    for column in unused or ():
        sketch.say("import_column", column=column)
    for line in bare:
        sketch.say("import_line", line=line)
    pages: dict[str, dict[str, Any]] = {}
    words = {guesses.word_of(row.title) for row in rows}
    page_title, taken = "", set[str]()
    for row in rows:
        page_title = row.page or page_title
        if _is_absorbed(row, words, sketch):
            continue
        if row.kind == "署名":
            sketch.say("import_signature", title=row.title)
            continue
        key = _key(row, taken, sketch)
        _add(sketch, key, row)
        if page_title not in pages:
            pages[page_title] = sketch.open_page(page_title or title or "入力")
        pages[page_title]["fields"].append(key)
    sketch.schema["unevaluatedProperties"] = False
    return finished(sketch, dialect, title)


def _is_absorbed(row: Row, words: set[str], sketch: Sketch) -> bool:
    """A line for what a word of the vocabulary asks for itself (フリガナ beside 氏名) is no field of its own."""
    word = guesses.owner_of(row.title)
    if not word or word not in words or guesses.word_of(row.title) or row.choices:
        return False
    sketch.say("import_absorbed", title=row.title, into=guesses.title_of(word))
    return True


def _key(row: Row, taken: set[str], sketch: Sketch) -> str:
    """The given key as it is; else the name of the guessed word or kind, numbered where it is taken."""
    guessed = guesses.word_of(row.title) or guesses.KEYS.get(guesses.kind_of(row.title), "")
    key = base = (row.key[:250] or guessed or key_of(row.title, "")) or f"item_{len(taken) + 1}"
    number = 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    if row.key and key != row.key:
        sketch.say("import_twice", field=row.key, name=key)
    taken.add(key)
    return key


def _add(sketch: Sketch, key: str, row: Row) -> None:
    schema = schema_of(sketch, key, row)
    sketch.schema["properties"][key] = {"title": row.title, **schema}
    if row.is_required:
        sketch.schema["required"].append(key)
    sketch.present((key,), help=row.help)
    if row.is_locked:
        sketch.lock((key,))
