"""Guesses: what a title, as offices write it, most likely asks for. Each is told, so that a person can correct it."""

from __future__ import annotations

import re
from typing import Any

from schemas.vocabulary import NAME, vocabulary

#: Words of the shared vocabulary by the titles that stand for them; the first that matches counts.
WORDS: tuple[tuple[str, str], ...] = (
    ("my_number", r"(個人番号|マイナンバー)(?!カード)"),
    ("bank_account", r"(振込|振替|口座)(先)?(の)?(金融機関|口座|情報)?$|金融機関(名)?・?口座"),
    ("person", r"(申請者|届出人|本人|代表者|保護者|世帯主|請求者|利用者|対象者|所有者|子|児童|父|母|配偶者|代理人)?"
               r"(の)?(お)?(氏名|名前|なまえ)(（?漢字）?)?$"),
    ("address", r"(申請者|届出人|本人|代表者|保護者|現|新|旧|前|設置場所の|送付先の?|所有者)?"
                r"(の)?(ご)?(住所|居所|所在地)$"),
    ("sex", r"性別$"),
    ("consent", r".*(同意する|同意します|同意の?確認)$"),
    ("file", r".*(の写し|証明書|添付書類|添付ファイル|委任状|図面|写真|見積書|領収書|通帳の?コピー)(（.*）)?$"),
)  # fmt: skip
#: Parts that a word of the vocabulary asks for itself, in titles beside it.
PARTS: tuple[tuple[str, str], ...] = (
    ("person", r".*(フリガナ|ふりがな|カナ|かな)(）|\))?$"),
    ("address", r"(.*(の)?)?(郵便番号|〒)$"),
    ("bank_account", r"(銀行名|金融機関名?|支店名|支店コード|金融機関コード|口座番号|"
                     r"口座名義(人)?(（?カナ）?)?|預金種(別|類))$"),
)  # fmt: skip
#: Kinds of field by the end of their title.
KINDS: tuple[tuple[str, str], ...] = (
    ("電話", r".*(電話(番号)?|携帯|ＴＥＬ|TEL|連絡先(電話)?番号|FAX(番号)?|ファクス(番号)?)$"),
    ("メール", r".*(メール(アドレス)?|e-?mail|Ｅメール|Eメール)$"),
    ("郵便番号", r".*(郵便番号|〒)$"),
    ("カナ", r".*(フリガナ|ふりがな|カナ)(）|\))?$"),
    ("法人番号", r".*法人番号$"),
    ("年月日", r".*(年月日|生年月日|日付|(申請|届出|開始|終了|希望|予定|使用|利用|取得|発生|転入|転出|出生|死亡)日)$"),
    ("年月", r".*年月$"),
    ("時刻", r".*(時刻|(開始|終了|希望)時間)$"),
    ("金額", r".*(金額|料金|手数料|費用|(年|月)収|所得|合計額|請求額|見積額)(（円）)?$"),
    ("整数", r".*(人数|件数|個数|枚数|通数|部数|台数|頭数|数量|年齢|面積|回数)(（.*）)?$"),
    ("複数行", r".*(理由|備考|内容|目的|概要|詳細|経緯|意見|事由|状況|その他)$"),
    ("はい・いいえ", r".*(ですか|ますか|有無)[?？]?$"),
)  # fmt: skip
SPACES = re.compile(r"[\s　]+")


def word_of(title: str) -> str:
    """The word of the shared vocabulary that a title stands for; empty where it is none."""
    return _first(WORDS, title)


def owner_of(title: str) -> str:
    """The word that already asks for what this title names, if it stands in the same form."""
    return _first(PARTS, title)


def kind_of(title: str) -> str:
    """The kind of field that a title suggests; empty where it suggests none."""
    return _first(KINDS, title)


def _first(table: tuple[tuple[str, str], ...], title: str) -> str:
    plain = SPACES.sub("", title).rstrip("※*＊:：")
    return next((name for name, pattern in table if re.fullmatch(pattern, plain, re.IGNORECASE)), "")


def title_of(word: str) -> str:
    """The word as people know it."""
    return str(vocabulary()["$defs"][word]["title"])


def reference(word: str) -> dict[str, Any]:
    """The schema that is a word of the shared vocabulary."""
    return {"$ref": f"{NAME}#/$defs/{word}"}


#: Names for what has no key of its own: short English, so that they mean something in a formula.
KEYS = {
    "電話": "phone", "メール": "email", "郵便番号": "postal_code", "カナ": "kana", "法人番号": "corporate_number",
    "年月日": "date", "年月": "month", "時刻": "time", "金額": "amount", "整数": "number", "複数行": "text",
    "はい・いいえ": "yes_no",
}  # fmt: skip
