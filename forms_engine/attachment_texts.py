"""What people are told when a file cannot be attached: what to do, in every language."""

from collections.abc import Mapping
from typing import Any

from schemas import Problem

TEXTS: Mapping[str, Mapping[str, str]] = {
    "attachment_empty": {
        "ja": "ファイルの中身が空です。別のファイルを選んでください。",
        "ja-easy": "ファイルの なかに なにも ありません。ほかの ファイルを えらんで ください。",
        "en": "This file is empty. Choose another file.",
    },
    "attachment_too_large": {
        "ja": "ファイルが大きすぎます。{size}以下のファイルを選んでください。",
        "ja-easy": "ファイルが おおきすぎます。{size}より ちいさい ファイルを えらんで ください。",
        "en": "This file is too large. Choose a file of {size} or less.",
    },
    "attachment_type": {
        "ja": "この種類のファイルは添付できません。{kinds}のファイルを選んでください。",
        "ja-easy": "この ファイルは つかえません。{kinds}の ファイルを えらんで ください。",
        "en": "This kind of file cannot be attached. Choose a file of one of these kinds: {kinds}.",
    },
    "attachment_encrypted": {
        "ja": "パスワードで保護されたPDFは添付できません。パスワードを外したPDFを選んでください。",
        "ja-easy": "パスワードが ある PDFは つかえません。パスワードが ない PDFを えらんで ください。",
        "en": "A PDF protected by a password cannot be attached. Remove the password and choose it again.",
    },
    "attachment_active": {
        "ja": "プログラムを含むPDFは添付できません。「PDFとして印刷」で保存し直したものを選んでください。",
        "ja-easy": "プログラムが はいった PDFは つかえません。「PDFとして印刷」で つくりなおして ください。",
        "en": "A PDF that contains a program cannot be attached. Save it with “Print to PDF” and choose that file.",
    },
    "attachment_too_many": {
        "ja": "添付できるファイルは{count}個までです。いらないファイルを外してから追加してください。",
        "ja-easy": "ファイルは {count}こまでです。いらない ファイルを けしてから えらんで ください。",
        "en": "At most {count} files can be attached. Remove one before you add another.",
    },
    "attachment_no_field": {
        "ja": "この項目にファイルは添付できません。",
        "ja-easy": "ここに ファイルは つけられません。",
        "en": "A file cannot be attached here.",
    },
    "attachment_missing": {
        "ja": "添付したファイルが見つかりません。もう一度ファイルを選んでください。",
        "ja-easy": "ファイルが ありません。もういちど ファイルを えらんで ください。",
        "en": "The attached file cannot be found. Choose the file again.",
    },
}


def problem(pointer: str, code: str, **params: Any) -> Problem:
    """The problem at a field, with its texts filled in."""
    texts = {language: text.format(**params) for language, text in TEXTS[code].items()}
    return Problem(pointer, code, {**params, "texts": texts})
