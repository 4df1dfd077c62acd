"""Saying something about a case to others of the office (庁内コメント)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows.approver_desk.case_page import StaffRequest, case_as_seen
from workflows.approver_desk.way_back import case_address, way_back
from workflows.cases import Case
from workflows.comments import CommentRefused, say


@require_POST
@login_required
def comment(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Keep a comment on a case that I may see."""
    case = get_object_or_404(Case.objects.visible_to(request.user), public_id=public_id)
    text = request.POST.get("text", "")
    try:
        _comment, called = say(case, request.user, text)
    except CommentRefused as refused:
        return case_as_seen(request, case, status=422, comment_error=str(refused), said=text)
    names = "、".join(str(member) for member in called)
    messages.success(
        request,
        _("コメントを残し、%(names)sに知らせました。") % {"names": names} if names else _("コメントを残しました。"),
    )
    return redirect(f"{case_address(case.public_id, way_back(request))}#comments")
