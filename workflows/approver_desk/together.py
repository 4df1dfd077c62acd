"""Deciding on several tasks together: each is signed by itself, and each tells what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows.approver_desk.case_page import StaffRequest
from workflows.approver_desk.way_back import list_address, way_back
from workflows.authority import DecisionRefused, may_decide
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.offers import offered
from workflows.readings import close_reading
from workflows.search_terms import label_all
from workflows.staff import StaffMember

#: As many as one looks at; each is a signature.
MOST = 100


@dataclass(frozen=True)
class Chosen:
    """One of the tasks: what will be done with it, or what was; or why it cannot be."""

    task: Task
    word: str = ""
    obstacle: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def together(request: StaffRequest) -> HttpResponse:
    """First what would be done with each, to be confirmed; then what was.

    What is only looked at is opened by its address, so that whoever goes back to it sees how each stands by then.
    """
    tasks = _chosen(request)
    if not tasks:
        messages.error(request, _("処理する案件を選んでください。"))
        return redirect(list_address(way_back(request)))
    comment = request.POST.get("comment", "").strip()[:4000]
    is_confirmed = request.POST.get("confirmed") == "yes"
    handle = _done if is_confirmed else _planned
    rows = [handle(task, request.user, comment) for task in tasks]
    label_all([row.task.process for row in rows])
    context = {"rows": rows, "comment": comment, "is_done": is_confirmed, "possible": _without_obstacle(rows)}
    context |= {"back": (back := way_back(request)), "list_address": list_address(back)}
    return render(request, "approver_desk/together.html", context)


def _chosen(request: StaffRequest) -> list[Task]:
    """Those of the tasks sent that the member may see, in the order in which they were sent."""
    sent = request.POST if request.method == "POST" else request.GET
    ids = [found for text in sent.getlist("task")[:MOST] if (found := _uuid(text))]
    visible = Case.objects.visible_to(request.user)
    tasks = Task.objects.select_related("process", "owner").filter(public_id__in=ids, process__in=visible)
    return sorted(tasks.prefetch_related("process__subject"), key=lambda task: ids.index(task.public_id))


def _planned(task: Task, member: StaffMember, comment: str) -> Chosen:
    obstacle = _obstacle(task, member)
    word = _("閲覧済みにする") if not task.is_blocking else _word(task)
    return Chosen(task, "" if obstacle else word, obstacle)


def _word(task: Task) -> str:
    if task.lane == "consulted":
        return _("同意する")
    return _("承認する（決裁）") if task.human_step.is_decision else _("承認する")


def _obstacle(task: Task, member: StaffMember) -> str:
    """Why the task cannot be approved or read together with others; empty if it can."""
    if not task.is_open:
        return _("すでに終わっています。")
    if not task.is_blocking:
        return "" if task.waits_for(member) else _("担当ではありません。")
    if task.held_at:
        return _("保留中です。")
    if task.is_parked or not task.step or not may_decide(task, member):
        return _("いま、あなたが承認できる処理ではありません。案件を開いて確かめてください。")
    if task.human_step.fields and task.human_step.fields.required:
        return _("記入が必要な職員記入欄がある段階です。案件を開いて、1件ずつ処理してください。")
    return "" if "approved" in offered(task) else _("承認を選べない段階です。")


def _done(task: Task, member: StaffMember, comment: str) -> Chosen:
    """Decide on one; what goes wrong with it leaves the others alone."""
    if obstacle := _obstacle(task, member):
        return Chosen(task, obstacle=obstacle)
    try:
        if not task.is_blocking:
            close_reading(task, member, comment)
            return Chosen(task, _("閲覧済みにしました。"))
        decide(task, "approved", member, comment)
        return Chosen(task, _("署名して承認しました。"))
    except DecisionRefused as refused:
        return Chosen(task, obstacle=str(refused))


def _without_obstacle(rows: Sequence[Chosen]) -> int:
    return sum(not row.obstacle for row in rows)


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
