"""Moving running cases to a newer version (版の移行): proposed on one page, reviewed and carried out on another."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows import transfers
from workflows.approver_desk.case_page import StaffRequest
from workflows.approver_desk.transfer_pages import AT_ONCE, ProposalForm, page_of
from workflows.definitions import WorkflowVersion
from workflows.standings import left_behind
from workflows.transfers import MOVED, WAITING, Transfer, TransferRefused

View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """Only for who looks after cases that nobody answers to."""

    @wraps(view)
    @login_required
    def gated(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not transfers.may_transfer(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return gated


@require_safe
@for_managers
def overview(request: StaffRequest) -> HttpResponse:
    """The older versions that cases still run on, and what was proposed."""
    made = Transfer.objects.select_related("source__definition", "target", "proposed_by", "reviewed_by")
    context = {"older": left_behind(), "made": made.order_by("-proposed_at", "-pk")[:50]}
    return render(request, "approver_desk/transfers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_managers
def proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """Which step takes the place of which, for which cases, and why."""
    source = get_object_or_404(WorkflowVersion.objects.select_related("definition"), pk=pk)
    target = source.newest
    form = ProposalForm(source, target, request.POST or None)
    if form.is_valid():
        try:
            made = transfers.propose(
                source, target, form.mapped, request.user, form.cleaned_data["reason"], form.chosen
            )
        except TransferRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("移行を提案しました。ほかの案件管理者が見込みを確認すると、実行できます。"))
            return redirect("approver:transfer", made.pk)
    context = {"source": source, "target": target, "form": form, "at_once": AT_ONCE}
    return render(request, "approver_desk/transfer_proposal.html", context, status=422 if form.errors else 200)


@require_safe
@for_managers
def transfer(request: StaffRequest, pk: int) -> HttpResponse:
    """What would happen to each case, or did; and what the reader may do about it."""
    return render(request, "approver_desk/transfer.html", page_of(_transfer(pk), request.user))


@require_POST
@for_managers
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """A second person agrees."""
    return _done(request, pk, transfers.review, _("移行の見込みを確認しました。実行できます。"))


@require_POST
@for_managers
def calling_off(request: StaffRequest, pk: int) -> HttpResponse:
    """It is not done after all."""
    return _done(request, pk, transfers.call_off, _("移行の提案を取りやめました。案件は今の版のまま進みます。"))


@require_POST
@for_managers
def carrying_out(request: StaffRequest, pk: int) -> HttpResponse:
    """Move what can be moved; the page tells of each case what became of it."""
    try:
        rows = transfers.carry_out(_transfer(pk), request.user, AT_ONCE)
    except TransferRefused as refused:
        messages.error(request, str(refused))
    else:
        moved = sum(row.state == MOVED for row in rows)
        messages.success(request, _("%(all)s件のうち%(moved)s件を移しました。") % {"all": len(rows), "moved": moved})
        if any(row.state == WAITING for row in rows):
            messages.warning(request, _("ほかの人が処理中の案件が残っています。あとでもう一度実行してください。"))
    return redirect("approver:transfer", pk)


def _done(request: StaffRequest, pk: int, verb: Callable[[Transfer, Any], Any], said: str) -> HttpResponse:
    try:
        verb(_transfer(pk), request.user)
    except TransferRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    is_there = Transfer.objects.filter(pk=pk).exists()
    return redirect("approver:transfer", pk) if is_there else redirect("approver:transfers")


def _transfer(pk: int) -> Transfer:
    rows = Transfer.objects.select_related(
        "source__definition", "target", "proposed_by", "reviewed_by", "carried_out_by"
    )
    return get_object_or_404(rows, pk=pk)
