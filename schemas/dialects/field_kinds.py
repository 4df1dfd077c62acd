"""Kinds of fields in a list: the words that offices use for them, and the schema of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from schemas.dialects import guesses
from schemas.dialects.sketch import Sketch
from schemas.pointers import pointer
from schemas.writing import normalise


@dataclass(frozen=True)
class Row:
    """One field as a list describes it; `choices` are pairs of what is stored and what is shown."""

    title: str
    key: str = ""
    kind: str = ""
    is_required: bool = False
    choices: list[tuple[str, str]] = field(default_factory=list)
    help: str = ""
    page: str = ""
    longest: int | None = None
    is_locked: bool = False
    line: int = 0


def schema_of(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    """The schema of the kind that the row names, or that its title suggests."""
    name = _named_kind(row.kind)
    if row.kind and not name:
        sketch.say("import_kind", line=row.line, title=row.title, kind=row.kind)
    if name in ("", "自動") and not row.choices:
        word = guesses.word_of(row.title)
        if word:
            return _word(sketch, key, row, word)
        name = guesses.kind_of(row.title)
        if name:
            sketch.say("import_guessed_kind", pointer(["schema", "properties", key]), title=row.title, word=name)
    if name in ("", "自動", "文字") and row.choices:
        name = "選択"
    return dict(KINDS.get(name or "文字", _line)(sketch, key, row))


def _word(sketch: Sketch, key: str, row: Row, word: str) -> dict[str, Any]:
    code = "import_my_number" if word == "my_number" else "import_guessed"
    sketch.say(code, pointer(["schema", "properties", key]), title=row.title, word=guesses.title_of(word))
    return guesses.reference(word)


NAMES = {
    "自動": ("自動",),
    "文字": ("文字", "テキスト", "文字列", "1行", "一行", "1行テキスト", "一行テキスト", "text", "string",
           "textfield", "半角英数",
             "全角", "英数字", "半角", "文字入力", "自由記述(短)", "短文", "char", "varchar"),
    "複数行": ("複数行", "長文", "複数行テキスト", "テキストエリア", "textarea", "自由記述", "自由入力", "記述",
            "multiline"),
    "整数": ("整数", "数値", "数字", "数", "number", "integer", "int", "数量"),
    "小数": ("小数", "実数", "decimal", "float", "double"),
    "金額": ("金額", "円", "money", "currency"),
    "年月日": ("年月日", "日付", "日", "date", "カレンダー", "和暦", "西暦"),
    "年月": ("年月", "month"),
    "時刻": ("時刻", "時間", "time"),
    "選択": ("選択", "単一選択", "ラジオ", "ラジオボタン", "プルダウン", "ドロップダウン", "セレクト", "リスト",
           "択一", "radio", "select",
             "dropdown", "choice", "enum", "選択式", "プルダウンリスト", "単数選択"),
    "複数選択": ("複数選択", "チェックボックス", "checkbox", "checkboxes", "multiselect", "複数", "複数回答",
             "チェックボックス(複数)"),
    "チェック": ("チェック", "チェック欄", "boolean", "bool", "真偽", "フラグ"),
    "はい・いいえ": ("はい・いいえ", "はい/いいえ", "有無", "yesno", "yes/no", "有・無"),
    "メール": ("メール", "メールアドレス", "email", "e-mail"),
    "電話": ("電話", "電話番号", "phone", "tel"),
    "郵便番号": ("郵便番号", "postal_code", "zip"),
    "カナ": ("カナ", "フリガナ", "全角カナ", "カタカナ", "kana"),
    "法人番号": ("法人番号", "corporate_number"),
    "氏名": ("氏名", "名前", "person", "person_name"),
    "住所": ("住所", "address"),
    "ファイル": ("ファイル", "添付", "添付書類", "添付ファイル", "file", "アップロード", "画像"),
    "口座": ("口座", "振込口座", "口座情報", "bank_account"),
    "同意": ("同意", "consent"),
    "性別": ("性別", "sex"),
    "マイナンバー": ("マイナンバー", "個人番号", "my_number"),
    "署名": ("署名", "signature"),
}  # fmt: skip


def _named_kind(text: str) -> str:
    plain = re.sub(r"[\s　]", "", normalise("line", text)).lower().replace("（", "(").replace("）", ")")
    return next((name for name, names in NAMES.items() if plain == name.lower() or plain in names), "")


Make = Callable[[Sketch, str, Row], dict[str, Any]]


def _line(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    return {"type": "string", "maxLength": row.longest or 200} | ({"minLength": 1} if row.is_required else {})


def _area(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    sketch.present((key,), widget="textarea")
    return {**_line(sketch, key, row), "maxLength": row.longest or 1000}


def _plain(**schema: Any) -> Make:
    return lambda sketch, key, row: dict(schema)


def _shared(word: str) -> Make:
    return lambda sketch, key, row: guesses.reference(word)


def _money(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    sketch.present((key,), widget="money")
    return {"type": "integer", "minimum": 0}


def _choice(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    if not row.choices:
        return _line(sketch, key, row)
    return {"type": "string", **_alternatives(row)}


def _several(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    if not row.choices:
        return _checked(sketch, key, row)
    listed = {"type": "array", "items": {"type": "string", **_alternatives(row)}, "uniqueItems": True}
    return {**listed, "minItems": 1} if row.is_required else listed


def _alternatives(row: Row) -> dict[str, Any]:
    if all(value == label for value, label in row.choices):
        return {"enum": [value for value, _ in row.choices]}
    return {"oneOf": [{"const": value, "title": label} for value, label in row.choices]}


def _checked(sketch: Sketch, key: str, row: Row) -> dict[str, Any]:
    sketch.present((key,), widget="checkbox")
    return {"type": "boolean"}


KINDS: dict[str, Make] = {
    "文字": _line,
    "複数行": _area,
    "整数": _plain(type="integer"),
    "小数": _plain(type="number"),
    "金額": _money,
    "年月日": _plain(type="string", format="date"),
    "年月": _plain(type="string", format="year-month"),
    "時刻": _plain(type="string", format="time"),
    "選択": _choice,
    "複数選択": _several,
    "チェック": _checked,
    "はい・いいえ": _plain(type="boolean"),
    "メール": _plain(type="string", format="email", maxLength=254),
    "電話": _plain(type="string", format="phone", maxLength=40),
    "郵便番号": _plain(type="string", format="postal-code", maxLength=20),
    "カナ": _plain(type="string", format="kana", maxLength=100),
    "法人番号": _plain(type="string", format="corporate-number", maxLength=40),
    "氏名": _shared("person"),
    "住所": _shared("address"),
    "ファイル": _shared("file"),
    "口座": _shared("bank_account"),
    "同意": _shared("consent"),
    "性別": _shared("sex"),
    "マイナンバー": _shared("my_number"),
}
