"""The queue (処理待ち一覧): what stands before me, tray by tray, sought, narrowed and sorted."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from workflows import trays
from workflows.approver_desk.case_page import StaffRequest
from workflows.staff import Department, StaffMember
from workflows.trays import Filters

TITLES: Mapping[str, tuple[Any, Any]] = {
    "mine": (_("自分の処理待ち"), _("あなたの職か、あなたを名指しで待っている処理です。")),
    "consultations": (_("合議"), _("ほかの課の案件について、意見を求められています。")),
    "readings": (_("後閲・供覧"), _("案件を止めませんが、読んで閲覧済みにしてください。")),
    "substitutable": (_("代決できるもの"), _("決裁する人が不在のときや急ぐときに、代わって決裁できます。")),
    "held": (_("保留中"), _("期限まで保留にしている処理です。")),
    "department": (_("課の処理待ち"), _("自分の課で、ほかの人を待っている処理です。")),
    "drafted": (_("起案した文書"), _("自分が起案した案件と、その進み具合です。")),
}
SORTS: Mapping[str, Any] = {"due": _("期限の近い順"), "arrived": _("届いた順"), "newest": _("新しい順")}
DUES: Mapping[str, Any] = {
    "overdue": _("期限を過ぎた"),
    "today": _("今日まで"),
    "week": _("7日以内"),
    "none": _("期限なし"),
}
STATES: Mapping[str, Any] = {"unopened": _("未開封"), "opened": _("開封済み")}
#: A receipt number as people write it: an era's letter and year, and the number, whatever stands between.
NUMBER = re.compile(r"([A-Z]\d{1,3})\s*-?\s*(\d{1,6})")


@dataclass(frozen=True)
class Tab:
    """One tray with how many are in it; ``count`` says 「99+」 where there are more."""

    name: str
    title: str
    count: int
    is_current: bool

    @property
    def is_capped(self) -> bool:
        return self.count >= trays.CAP


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what it asks in vain is left out."""

    tray: str
    sort: str
    search: str
    filters: Filters
    after: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        tray, sort = query.get("tray", "mine"), query.get("sort", "due")
        words = " ".join(unicodedata.normalize("NFKC", query.get("q", "")).split())[:100]
        wanted = {name: query.get(name, "")[:200] for name in ("procedure", "due", "department", "state")}
        title = "" if NUMBER.fullmatch(words.upper()) else words
        return cls(
            tray if tray in TITLES else "mine",
            sort if sort in SORTS else "due",
            words,
            Filters(title, **wanted),
            query.get("after", ""),
        )

    @property
    def numbers(self) -> list[str]:
        """The receipt numbers that the search words may mean."""
        match = NUMBER.fullmatch(self.search.upper())
        return [f"{match[1]}-{int(match[2]):06}", self.search.upper()] if match else []


@require_safe
@login_required
def queue(request: StaffRequest) -> HttpResponse:
    """One tray, a page at a time, or what a receipt number leads to."""
    wanted = Wanted.of(request.GET.dict())
    address = request.GET.copy()
    address.pop("after", None)
    context = {**_tabs(request.user, wanted), **_rows(request.user, wanted), "address": address}
    return render(request, "approver_desk/queue.html", context)


def _tabs(member: StaffMember, wanted: Wanted) -> dict[str, Any]:
    sizes = trays.sizes(member)
    tabs = [Tab(name, str(title), sizes[name], name == wanted.tray) for name, (title, _why) in TITLES.items()]
    title, why = TITLES[wanted.tray]
    return {"tabs": tabs, "wanted": wanted, "title": title, "why": why, "cap": trays.CAP - 1}


def _rows(member: StaffMember, wanted: Wanted) -> dict[str, Any]:
    if wanted.numbers:
        return {"cases": trays.numbered(member, wanted.numbers), "is_search": True}
    if wanted.tray == "drafted":
        return trays.drafted_page(member, wanted.filters.title, wanted.after)
    page = trays.tray(member, wanted.tray, wanted.after, wanted.sort, wanted.filters)
    is_whole = not (wanted.filters or wanted.after or page.next_cursor)
    return {
        "page": page,
        "next_cursor": page.next_cursor,
        "is_together": wanted.tray in trays.TOGETHER,
        "sorts": SORTS,
        "dues": DUES,
        "states": STATES,
        "procedures": trays.titles(page.tasks) if is_whole else trays.procedures_in(member, wanted.tray),
        "departments": Department.objects.values_list("key", "title"),
    }
