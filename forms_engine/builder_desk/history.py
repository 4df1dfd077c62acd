"""The history of a draft (履歴): every edit in words, the last one first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from forms_engine import manuscripts
from forms_engine.builder_desk.structure import content_title
from forms_engine.manuscripts import Edit, Manuscript
from schemas.editing.homes import homes
from schemas.editing.palette import PALETTE

MOST = 200


@dataclass(frozen=True)
class Line:
    """One edit as the list shows it."""

    words: str
    by: str
    at: datetime


def lines(draft: Manuscript) -> Iterator[Line]:
    """The standing edits in words."""
    document = draft.document
    for one in manuscripts.history(draft, MOST):
        yield Line(in_words(one, document), str(one.by or ""), one.at)


def in_words(edit: Edit, document: Mapping[str, Any]) -> str:
    """What an edit did; names are those of today, or the key where there is none any more."""
    command = json.loads(edit.command)
    words, about = _words().get(edit.verb, edit.verb), _about(command, document)
    return _("「%(about)s」：%(words)s") % {"about": about, "words": words} if about else words


def _about(command: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """What the command was on."""
    if command["do"] == "add_field":
        part = PALETTE.get(command["part"])
        return str(command.get("title") or (part.title() if part else ""))
    for name in ("title", "message"):
        if command["do"] in ("add_page", "add_check", "retitle_form") and command.get(name):
            return str(command[name])
    if "content" in command:
        return content_title(document.get("content", {}).get(command["content"], {}))
    if "page" in command and "field" not in command:
        return next((page["title"] for page in document.get("pages", ()) if page["key"] == command["page"]), "")
    return _field_title(str(command.get("field") or command.get("by") or ""), document)


def _field_title(address: str, document: Mapping[str, Any]) -> str:
    key = address.split("/")[1] if address.startswith("/") else address
    found = (home.properties[key] for home in homes(dict(document)) if home.has(key)) if key else iter(())
    schema = next(found, None)
    return str(schema.get("title", key)) if isinstance(schema, dict) else key


def _words() -> dict[str, str]:
    return {
        "add_page": _("画面を加える"),
        "rename_page": _("画面の名前を変える"),
        "describe_page": _("画面の説明を変える"),
        "move_page": _("画面の順番を変える"),
        "delete_page": _("画面をなくす"),
        "add_field": _("項目を加える"),
        "move_field": _("項目を移す"),
        "retitle_field": _("名前を変える"),
        "describe_field": _("意味の説明を変える"),
        "require_field": _("必須・任意を変える"),
        "limit_field": _("入力の決まりを変える"),
        "present_field": _("説明や見せ方を変える"),
        "set_choices": _("選択肢を変える"),
        "duplicate_field": _("複製"),
        "delete_field": _("項目を削除"),
        "add_column": _("中の項目を加える"),
        "move_column": _("中の項目の順番を変える"),
        "duplicate_column": _("中の項目を複製"),
        "delete_column": _("中の項目を削除"),
        "add_content": _("説明を加える"),
        "set_content": _("説明を書き換える"),
        "show_content_when": _("説明を出す条件を変える"),
        "move_content": _("説明を移す"),
        "delete_content": _("説明を削除"),
        "show_when": _("この答えのときだけ表示する項目を決める"),
        "show_for": _("この答えのときだけ表示する項目を決める"),
        "show_always": _("いつも表示する"),
        "remove_condition": _("表示の条件を外す"),
        "calculate": _("計算式を変える"),
        "add_check": _("確認を加える"),
        "set_check": _("確認を変える"),
        "check_when": _("確認の条件を変える"),
        "delete_check": _("確認を削除"),
        "retitle_form": _("様式の名前を変える"),
        "describe_form": _("様式の説明を変える"),
        "translate": _("翻訳を変える"),
        "set_procedure": _("手続きの設定を変える"),
        "set_notice": _("お知らせの文を変える"),
        "replace": _("定義を置き換える"),
    }
