"""The palette (部品): what a builder can add to a page, shared words first, and what each begins as."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WORD = "vocabulary.schema.json#/$defs/"


@dataclass(frozen=True)
class Part:
    """One thing to add: its key, what it is called in each language, the schema and the presentation it begins with."""

    key: str
    titles: Mapping[str, str]
    schema: Mapping[str, Any]
    presentation: Mapping[str, Any] = field(default_factory=dict)
    is_shared: bool = False

    def title(self, language: str = "ja") -> str:
        return self.titles.get(language, self.titles["ja"])

    def begun(self, title: str) -> dict[str, Any]:
        """The schema of a new field with this title."""
        return {**copy.deepcopy(dict(self.schema)), "title": title}


def _shared(key: str, ja: str, en: str) -> Part:
    return Part(key, {"ja": ja, "en": en}, {"$ref": WORD + key}, is_shared=True)


def _several(key: str, ja: str, en: str) -> Part:
    return Part(key + "s", {"ja": ja, "en": en}, {"type": "array", "items": {"$ref": WORD + key}, "maxItems": 5})


CHOICES = [{"const": "a", "title": "選択肢1"}, {"const": "b", "title": "選択肢2"}]
ROW = {"name": {"type": "string", "title": "項目名", "format": "line", "minLength": 1, "maxLength": 80}}
PLEDGE = {"type": "boolean", "const": True}
TEXT = {"type": "string", "format": "line", "minLength": 1, "maxLength": 80}

PARTS = (
    _shared("person", "氏名・フリガナ・生年月日", "Name, reading and date of birth"),
    _shared("address", "住所", "Address"),
    _shared("contact", "連絡先（電話・メール）", "Contact (phone, mail)"),
    _shared("corporation", "法人・団体", "Organisation"),
    _shared("agent", "申請する方（本人・代理人）", "Who applies (self or agent)"),
    _shared("bank_account", "振込先の口座", "Bank account"),
    _shared("sex", "性別", "Sex"),
    _shared("file", "添付書類", "Attachment"),
    _shared("consent", "個人情報の取扱いへの同意", "Consent to the use of personal data"),
    _shared("my_number", "個人番号（マイナンバー）", "Individual Number (My Number)"),
    Part("text", {"ja": "文字（1行）", "en": "Text, one line"}, TEXT),
    Part("textarea", {"ja": "文字（複数行）", "en": "Text, several lines"}, {"type": "string", "maxLength": 1000}),
    Part("integer", {"ja": "数", "en": "Number"}, {"type": "integer", "minimum": 0}),
    Part("money", {"ja": "金額", "en": "Amount of money"}, {"type": "integer", "minimum": 0}, {"unit": "円"}),
    Part("boolean", {"ja": "はい・いいえ", "en": "Yes or no"}, {"type": "boolean"}),
    Part("pledge", {"ja": "同意・誓約（印が必要）", "en": "Consent, pledge (must be ticked)"}, PLEDGE),
    Part("choice", {"ja": "1つ選ぶ", "en": "Choose one"}, {"type": "string", "oneOf": CHOICES}),
    Part(
        "choices",
        {"ja": "いくつでも選ぶ", "en": "Choose any"},
        {"type": "array", "items": {"type": "string", "oneOf": CHOICES}, "uniqueItems": True},
    ),
    Part("date", {"ja": "日付", "en": "Date"}, {"type": "string", "format": "date", "maxLength": 40}),
    Part("time", {"ja": "時刻", "en": "Time"}, {"type": "string", "format": "time", "maxLength": 20}),
    Part("phone", {"ja": "電話番号", "en": "Phone"}, {"type": "string", "format": "phone", "maxLength": 40}),
    Part("email", {"ja": "メールアドレス", "en": "E-mail"}, {"type": "string", "format": "email", "maxLength": 254}),
    Part("kana", {"ja": "フリガナ", "en": "Katakana"}, {"type": "string", "format": "kana", "maxLength": 60}),
    _several("file", "添付書類（複数）", "Attachments (several)"),
    Part(
        "table",
        {"ja": "くり返し（表）", "en": "Repeating rows"},
        {"type": "array", "items": {"type": "object", "properties": ROW, "required": ["name"]}, "maxItems": 20},
    ),
    Part("calculated", {"ja": "計算した値", "en": "Calculated value"}, {"type": "integer", "readOnly": True}),
)

PALETTE: Mapping[str, Part] = {part.key: part for part in PARTS}
