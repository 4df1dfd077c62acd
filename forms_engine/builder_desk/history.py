"""The history of a draft (履歴): every edit in words, the last one first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from forms_engine import edits
from forms_engine.builder_desk.structure import content_title
from forms_engine.edits import Edit
from forms_engine.manuscripts import Manuscript
from schemas.editing.homes import homes
from schemas.editing.palette import PALETTE
from schemas.editing.route_palette import ROUTE_PALETTE
from schemas.editing.step_commands import every_step

MOST = 200
#: What each command is called in the list of edits.
VERBS: Mapping[str, Any] = {
    "add_page": lazy("画面を加える"),
    "rename_page": lazy("画面の名前を変える"),
    "describe_page": lazy("画面の説明を変える"),
    "move_page": lazy("画面の順番を変える"),
    "delete_page": lazy("画面をなくす"),
    "add_field": lazy("項目を加える"),
    "move_field": lazy("項目を移す"),
    "retitle_field": lazy("名前を変える"),
    "describe_field": lazy("意味の説明を変える"),
    "require_field": lazy("必須・任意を変える"),
    "change_field": lazy("項目の種類を変える"),
    "limit_field": lazy("入力の決まりを変える"),
    "bound_date": lazy("日付の範囲を変える"),
    "present_field": lazy("説明や見せ方を変える"),
    "set_choices": lazy("選択肢を変える"),
    "duplicate_field": lazy("複製"),
    "delete_field": lazy("項目を削除"),
    "add_column": lazy("中の項目を加える"),
    "move_column": lazy("中の項目の順番を変える"),
    "duplicate_column": lazy("中の項目を複製"),
    "delete_column": lazy("中の項目を削除"),
    "add_content": lazy("説明を加える"),
    "set_consent": lazy("同意・誓約の文章を変える"),
    "set_content": lazy("説明を書き換える"),
    "show_content_when": lazy("説明を出す条件を変える"),
    "move_content": lazy("説明を移す"),
    "delete_content": lazy("説明を削除"),
    "show_when": lazy("この答えのときだけ表示する項目を決める"),
    "show_for": lazy("この答えのときだけ表示する項目を決める"),
    "show_always": lazy("いつも表示する"),
    "remove_condition": lazy("表示の条件を外す"),
    "calculate": lazy("計算式を変える"),
    "add_calculation": lazy("計算を加える"),
    "delete_calculation": lazy("計算を削除"),
    "add_check": lazy("確認を加える"),
    "set_check": lazy("確認を変える"),
    "check_when": lazy("確認の条件を変える"),
    "delete_check": lazy("確認を削除"),
    "retitle_form": lazy("様式の名前を変える"),
    "describe_form": lazy("様式の説明を変える"),
    "translate": lazy("翻訳を変える"),
    "set_procedure": lazy("手続きの設定を変える"),
    "set_notice": lazy("お知らせの文を変える"),
    "add_step": lazy("段階を加える"),
    "retitle_step": lazy("段階の名前を変える"),
    "set_step": lazy("段階の設定を変える"),
    "move_step": lazy("段階を移す"),
    "delete_step": lazy("段階を削除"),
    "duplicate_step": lazy("段階を複製"),
    "add_branch": lazy("枝を加える"),
    "set_branch": lazy("枝の名前か条件を変える"),
    "move_branch": lazy("枝の順番を変える"),
    "delete_branch": lazy("枝を削除"),
    "add_staff_field": lazy("職員記入欄を加える"),
    "retitle_staff_field": lazy("職員記入欄の名前を変える"),
    "change_staff_field": lazy("職員記入欄の種類を変える"),
    "set_staff_field": lazy("職員記入欄の設定を変える"),
    "require_staff_field": lazy("職員記入欄を必須にするかを変える"),
    "set_staff_choices": lazy("職員記入欄の選択肢を変える"),
    "move_staff_field": lazy("職員記入欄の順番を変える"),
    "delete_staff_field": lazy("職員記入欄を削除"),
    "set_members": lazy("合議の相手を変える"),
    "set_authority": lazy("専決の表を変える"),
    "set_route": lazy("経路の設定を変える"),
    "add_rule": lazy("規則を加える"),
    "retitle_rule": lazy("規則の名前を変える"),
    "set_rule": lazy("規則の設定を変える"),
    "set_cell": lazy("規則の条件を変える"),
    "move_rule": lazy("規則の順番を変える"),
    "delete_rule": lazy("規則を削除"),
    "set_table": lazy("規則の表の設定を変える"),
    "replace": lazy("定義を置き換える"),
}


@dataclass(frozen=True)
class Line:
    """One edit as the list shows it."""

    words: str
    by: str
    at: datetime


def lines(draft: Manuscript) -> Iterator[Line]:
    """The standing edits in words."""
    document = draft.document
    for one in edits.history(draft, MOST):
        yield Line(in_words(one, document), str(one.by or ""), one.at)


def in_words(edit: Edit, document: Mapping[str, Any]) -> str:
    """What an edit did; names are those of today, or the key where there is none any more."""
    command = json.loads(edit.command)
    words, about = str(VERBS.get(edit.verb, edit.verb)), _about(command, document)
    return _("「%(about)s」：%(words)s") % {"about": about, "words": words} if about else words


def _about(command: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """What the command was on."""
    if "workflow" in document:
        return _about_route(command, document)
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


def _about_route(command: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    if command["do"] == "add_step":
        part = ROUTE_PALETTE.get(command["kind"])
        return str(command.get("title") or (part.title() if part else ""))
    if command["do"] == "add_rule":
        return str(command["title"])
    step = str(command.get("step", ""))
    steps = {one["key"]: one for one in every_step(document["steps"])}
    rules = {one["key"]: one["title"] for one in steps.get(step, {}).get("table", ())}
    return str(rules.get(command.get("rule", "")) or steps.get(step, {}).get("title") or step)


def _field_title(address: str, document: Mapping[str, Any]) -> str:
    key = address.split("/")[1] if address.startswith("/") else address
    found = (home.properties[key] for home in homes(dict(document)) if home.has(key)) if key else iter(())
    schema = next(found, None)
    return str(schema.get("title", key)) if isinstance(schema, dict) else key
