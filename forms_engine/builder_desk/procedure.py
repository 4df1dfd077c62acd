"""The procedure around a form (手続き): who is responsible, how long it takes, what it costs, what is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.form_routes import drafts_of_routes
from forms_engine.builder_desk.settings import CHOICE, LINE, LINES, NUMBER, TEXT, TICK, Setting
from forms_engine.charges import FIELD
from schemas.calculation_words import title_of
from schemas.form_checks import amounts
from schemas.formulas import Names
from schemas.possible import possible
from workflows.definitions import WorkflowVersion
from workflows.staff import Department

Document = dict[str, Any]
Group = tuple[str, list[Setting]]


def groups(document: Document) -> list[Group]:
    """The settings of the procedure, in the order in which an office decides them."""
    said: Mapping[str, Any] = document.get("procedure", {})
    return [
        (_("名前と説明"), list(_titles(document))),
        (_("担当と決裁"), list(_responsible(said))),
        (_("受付のしかた"), list(_reception(said))),
        (_("期間と手数料"), list(_terms(document, said))),
        (_("住民への案内"), list(_guidance(said))),
        (_("さがしやすくする"), list(_finding(said))),
        (_("根拠と保存"), list(_records(said))),
    ]


def _titles(document: Document) -> Iterator[Setting]:
    yield Setting("retitle_form", "title", _("様式の名前"), document.get("title", ""), seen="/title")
    about = document.get("description", "")
    yield Setting("describe_form", "description", _("どんな手続きか"), about, TEXT, seen="/description")


def _entry(
    said: Mapping[str, Any], name: str, label: str, kind: str = LINE, help: str = "", choices: Sequence[Any] = ()
) -> Setting:
    types = {LINES: "lines", NUMBER: "integer", TICK: "boolean"}
    value = said.get(name, [] if kind == LINES else "")
    extra = {"name": name, "value_type": types.get(kind, "text")}
    return Setting("set_procedure", "value", label, value, kind, help, f"/procedure/{name}", extra, choices)


def _responsible(said: Mapping[str, Any]) -> Iterator[Setting]:
    departments = [("", _("選んでください")), *Department.objects.values_list("key", "title")]
    yield _entry(said, "department", _("担当課"), CHOICE, choices=departments)
    routes = [(one.definition.key, one.definition.title) for one in _routes(str(said.get("workflow", "")))]
    unpublished = _("%(title)s（まだ公開していません）")
    begun = [(key, unpublished % {"title": title}) for key, title in drafts_of_routes().items()]
    help = _("申請がどの順番で決裁されるか。合う経路がなければ、下のボタンで作れます。")
    yield _entry(said, "workflow", _("決裁経路"), CHOICE, help, [("", _("選んでください")), *routes, *begun])


def _routes(named: str) -> list[WorkflowVersion]:
    """The routes that a form may name, and the one that it names."""
    newest: dict[str, WorkflowVersion] = {}
    for one in WorkflowVersion.objects.select_related("definition").order_by("number"):
        if one.definition.retired_at is None or one.definition.key == named:
            newest[one.definition.key] = one
    return list(newest.values())


def _reception(said: Mapping[str, Any]) -> Iterator[Setting]:
    kinds = [("application", _("申請")), ("notification", _("届出")), ("request", _("請求")), ("internal", _("庁内"))]
    yield _entry(said, "kind", _("手続きの種類"), CHOICE, choices=kinds)
    modes = [
        ("online_complete", _("オンラインで完結する")),
        ("prefill_then_visit", _("オンラインで入力し、窓口に来てもらう")),
        ("internal", _("庁内だけで使う")),
    ]
    yield _entry(said, "mode", _("手続きの方法"), CHOICE, choices=modes)
    levels = [
        ("L0", _("だれでも（匿名でもよい）")),
        ("L1", _("連絡がつけばよい")),
        ("L2", _("本人確認書類で確かめる")),
        ("L3", _("マイナンバーカードなどで厳格に確かめる")),
        ("staff", _("職員")),
    ]
    yield _entry(said, "identity", _("本人確認"), CHOICE, choices=levels)


def _terms(document: Document, said: Mapping[str, Any]) -> Iterator[Setting]:
    days = said.get("period", {}).get("working_days")
    extra = {"name": "period", "value_type": "working_days"}
    label, help = _("標準処理期間（開庁日）"), _("受け付けてから結果を出すまでの日数。土日と休日は数えません。")
    yield Setting("set_procedure", "value", label, days, NUMBER, help, "/procedure/period/working_days", extra)
    help = _("金額（例：300）か、決め方の説明（例：施設により異なります）。手続きの案内に、このまま出ます。")
    fee = Setting(
        "set_procedure",
        "value",
        _("手数料"),
        said.get("fee", ""),
        LINE,
        help,
        "/procedure/fee",
        {"name": "fee", "value_type": "fee"},
    )
    yield fee
    yield _calculated(document, said)
    yield _entry(said, "payment", _("支払い方"), TEXT, _("いつ、どこで払うか。"))


def _calculated(document: Document, said: Mapping[str, Any]) -> Setting:
    """Which calculation gives the amount that an applicant pays, by name."""
    names, fields = Names(document), amounts(document, possible(document["schema"]))
    own = said.get("fee_calculation", "")
    offered = [(name, title_of(names, name)) for name in dict.fromkeys([*fields, *([own] if own else [])])]
    none = [] if FIELD in fields else [("", _("計算しない"))]
    help = _("答えから金額を計算するときに選びます。選べるのは、画面に出す「計算した値」で、数のものです。")
    made = _entry(said, "fee_calculation", _("手数料の計算"), CHOICE, help, [*none, *offered])
    return made if own or FIELD not in fields else replace(made, value=FIELD, stands=said.get("fee_calculation"))


def _guidance(said: Mapping[str, Any]) -> Iterator[Setting]:
    yield _entry(said, "audience", _("対象となる人"), TEXT)
    yield _entry(said, "needed", _("必要なもの"), LINES, _("1行に1つ書きます。"))


def _finding(said: Mapping[str, Any]) -> Iterator[Setting]:
    yield _entry(said, "reading", _("名前の読み（かな）"))
    yield _entry(said, "categories", _("分類"), LINES, _("1行に1つ。例：ペット、税金"))
    yield _entry(said, "life_events", _("ライフイベント"), LINES, _("1行に1つ。例：引っ越し、出産"))
    yield _entry(said, "keywords", _("検索で見つかる言葉"), LINES, _("1行に1つ。ふだんの言い方や略称。"))


def _records(said: Mapping[str, Any]) -> Iterator[Setting]:
    yield _entry(said, "legal_basis", _("根拠となる法令・条例"), TEXT)
    yield _entry(said, "retention_years", _("保存年限（年）"), NUMBER)
    yield _entry(said, "appeal_first", _("裁判の前に審査請求が必要"), TICK)
