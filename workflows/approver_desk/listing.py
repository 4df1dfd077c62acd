"""The queue (処理待ち一覧): what stands before me, tray by tray, narrowed and sorted, and what a search finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from workflows import trays
from workflows.approver_desk.case_page import StaffRequest
from workflows.approver_desk.sought import opened, sealed, words_of
from workflows.approver_desk.way_back import kept, list_address
from workflows.cases import Case
from workflows.search import search
from workflows.search_terms import label_all
from workflows.staff import Department, StaffMember
from workflows.trays import Filters

TITLES: Mapping[str, tuple[Any, Any]] = {
    "mine": (_("自分の処理待ち"), _("あなたの職か、あなたを名指しで待っている処理です。")),
    "consultations": (_("合議"), _("ほかの課の案件について、意見を求められています。")),
    "readings": (_("後閲・供覧"), _("案件を止めませんが、読んで閲覧済みにしてください。")),
    "substitutable": (_("代決できるもの"), _("決裁する人が不在のときや急ぐときに、代わって決裁できます。")),
    "held": (_("保留中"), _("期限まで保留にしている処理です。期限が過ぎると、待っていた一覧に自動で戻ります。")),
    "department": (_("課の処理待ち"), _("自分の課で、ほかの人を待っている処理です。")),
    "drafted": (_("起案した文書"), _("自分が起案した案件と、その進み具合です。")),
    "decided": (_("自分が決裁した案件"), _("自分が決裁した案件です。最後に決裁したものから並びます。")),
}
SORTS: Mapping[str, Any] = {"due": _("期限の近い順"), "arrived": _("届いた順"), "newest": _("新しい順")}
DUES: Mapping[str, Any] = {
    "overdue": _("期限を過ぎた"),
    "today": _("今日まで"),
    "week": _("7日以内"),
    "none": _("期限なし"),
}
STATES: Mapping[str, Any] = {"unopened": _("未開封"), "opened": _("開封済み")}
NARROWED_BY = ("procedure", "due", "department", "state")
#: So many procedures can be meant by what somebody types.
MOST_MEANT = 5


#: Trays of what is not waiting; they are neither narrowed nor sorted.
LISTED: Mapping[str, Callable[[StaffMember, str], dict[str, Any]]] = {
    "drafted": trays.drafted_page,
    "decided": trays.decided_page,
}


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

    is_far: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str], member: StaffMember) -> "Wanted":
        tray, sort = query.get("tray", "mine"), query.get("sort", "due")
        wanted: dict[str, Any] = {name: query.get(name, "")[:200] for name in NARROWED_BY}
        return cls(
            tray if tray in TITLES else "mine",
            sort if sort in SORTS else "due",
            opened(query.get("sought", ""), member),
            Filters(**wanted),
            query.get("after", ""),
            query.get("far") == "yes",
        )


@require_safe
@login_required
def queue(request: StaffRequest) -> HttpResponse:
    """One tray, a page at a time, or what a name or a receipt number leads to."""
    wanted = Wanted.of(request.GET.dict(), request.user)
    address = request.GET.copy()
    address.pop("after", None)
    rows = _rows(request.user, wanted)
    if wanted.after and _is_empty(rows):
        return redirect(list_address(address.urlencode()))
    label_all(_cases(rows))
    back = kept(request.GET.dict())
    context = {**_tabs(request.user, wanted), **rows, "address": address, "back": back}
    context["from_here"] = f"?{urlencode({'back': back})}" if back else ""
    return render(request, "approver_desk/queue.html", context)


def _cases(rows: Mapping[str, Any]) -> list[Case]:
    """The cases of all rows of the list."""
    if "page" in rows:
        return [task.process for task in rows["page"].tasks]
    return rows["cases"] if "cases" in rows else [made.case for made in rows["decided"]]


def _is_empty(rows: Mapping[str, Any]) -> bool:
    """A page that somebody cleared: what is left stands on the first."""
    page = rows.get("page")
    return page is not None and not page.tasks


@require_POST
@login_required
def seek(request: StaffRequest) -> HttpResponse:
    """Look for what was typed, from the tray in which it was typed."""
    sought = sealed(words_of(request.POST.get("q", "")), request.user)
    query = {"tray": request.POST.get("tray", "mine"), **({"sought": sought} if sought else {})}
    return redirect(f"{reverse('approver:queue')}?{urlencode(query)}")


def _tabs(member: StaffMember, wanted: Wanted) -> dict[str, Any]:
    sizes = trays.sizes(member)
    tabs = [Tab(name, str(title), sizes[name], name == wanted.tray) for name, (title, _why) in TITLES.items()]
    title, why = TITLES[wanted.tray]
    return {
        "tabs": tabs,
        "wanted": wanted,
        "is_listed": wanted.tray in LISTED,
        "title": title,
        "why": why,
        "cap": trays.CAP - 1,
    }


def _rows(member: StaffMember, wanted: Wanted) -> dict[str, Any]:
    if wanted.search:
        found = search(member, wanted.search, is_far=wanted.is_far)
        among = tuple(title for title in _procedures(member, wanted.tray) if wanted.search in title)[:MOST_MEANT]
        if found.cases or not among:
            return {"cases": found.cases, "found": found}
        wanted = replace(wanted, filters=replace(wanted.filters, among=among))
    if wanted.tray in LISTED:
        return LISTED[wanted.tray](member, wanted.after)
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


def _procedures(member: StaffMember, tray: str) -> list[str]:
    return [] if tray in LISTED else trays.procedures_in(member, tray)
