"""Members of staff: their accounts, posts, capacities and absences."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from workflows.accounts import invite, put_member
from workflows.capacities import Capacity, grant, revoke
from workflows.cases import Task
from workflows.changes import OrganisationRefused
from workflows.delegations import Absence, announce_absence, cancel_absence
from workflows.organisation_desk.forms import REFUSALS, AbsenceForm, CapacityForm, MemberForm, PeriodForm, PostForm
from workflows.organisation_desk.gate import (
    StaffRequest,
    departments_within,
    for_office_organisers,
    for_organisers,
    people_within,
    posts_within,
)
from workflows.organisation_desk.views import both, page
from workflows.postings import effect_of_ending, put_post, waiting_for, withdraw_posting
from workflows.staff import StaffMember, permissions_of

PAGE = 50


@require_safe
@for_organisers
def members(request: StaffRequest) -> HttpResponse:
    """Who works here, found by name, kana or login, a page at a time."""
    wanted, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    rows = _found(people_within(request.user), wanted).filter(username__gt=after).order_by("username")
    rows = rows.prefetch_related("posts__department", "posts__role")
    found = list(rows[: PAGE + 1])
    following = found[PAGE - 1].username if len(found) > PAGE else ""
    return page(request, "members", {"rows": found[:PAGE], "wanted": wanted, "following": following})


def _found(rows: QuerySet[StaffMember], wanted: str) -> QuerySet[StaffMember]:
    for word in wanted.split():
        rows = rows.filter(Q(display_name__icontains=word) | Q(kana__icontains=word) | Q(username__icontains=word))
    return rows


@both
@for_office_organisers
def new_member(request: StaffRequest) -> HttpResponse:
    """A form for a new member of staff."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.carried_out(lambda typed: _open_account(typed, request.user)):
        messages.success(request, _("職員を登録しました。次に、発令とパスワードの案内をしてください。"))
        return redirect("organisation:member", StaffMember.objects.get(username=form.cleaned_data["login"]).pk)
    return page(request, "new_member", {"form": form}, bool(form.errors))


def _open_account(typed: dict[str, Any], by: StaffMember) -> None:
    if StaffMember.objects.filter(username=typed["login"]).exists():
        raise OrganisationRefused(_("このログイン名はすでに使われています。"), "login")
    put_member(**typed, by=by)


@require_safe
@for_organisers
def member(request: StaffRequest, pk: int) -> HttpResponse:
    """One member of staff with all that is about them."""
    return _member_page(request, get_object_or_404(people_within(request.user), pk=pk))


def _member_page(request: StaffRequest, row: StaffMember, **forms: Any) -> HttpResponse:
    facts = {"login": row.username, "display_name": str(row), "kana": row.kana, "email": row.email}
    context: dict[str, Any] = {
        "row": row,
        "form": MemberForm(initial={**facts, "is_active": row.is_active}, auto_id="member_%s"),
        "appointing": PostForm(by=request.user, initial={"member": row, "since": localdate()}, auto_id="post_%s"),
        "granting": CapacityForm(auto_id="capacity_%s"),
        "announcing": AbsenceForm(auto_id="absence_%s"),
        "posts": row.posts.select_related("department", "role").order_by("-since"),
        "changeable": set(posts_within(request.user).filter(member=row).values_list("pk", flat=True)),
        "capacities": row.capacities.order_by("kind", "department_key"),
        "absences": row.absences.filter(cancelled_at=None, until__gte=localdate()),
        "waiting": _waiting(row),
    } | forms
    context["form"].fields["login"].disabled = True
    return page(request, "member", context, bool(forms))


def _waiting(row: StaffMember) -> dict[str, int]:
    tasks = Task.objects.filter(Q(owner=row) | Q(owner_permission__in=permissions_of(row)), finished=None)
    return {"count": tasks.count(), "unsubstituted": tasks.filter(substitutes=None).count()}


@require_POST
@for_office_organisers
def account(request: StaffRequest, pk: int) -> HttpResponse:
    """Change name, kana, address, or whether the member works here."""
    row = get_object_or_404(StaffMember, pk=pk)
    form = MemberForm({**request.POST.dict(), "login": row.username}, auto_id="member_%s")
    form.fields["login"].required = True
    if form.carried_out(lambda typed: put_member(**typed, by=request.user)):
        messages.success(request, _("職員の登録を保存しました。"))
        return redirect("organisation:member", pk)
    return _member_page(request, row, form=form)


@require_POST
@never_cache
@for_office_organisers
def invitation(request: StaffRequest, pk: int) -> HttpResponse:
    """A link with which the member sets a password, shown once."""
    row = get_object_or_404(StaffMember.objects.active(), pk=pk)
    place = urlsafe_base64_encode(force_bytes(row.pk))
    address = settings.SITE_URL + reverse("organisation:welcome", args=[place, invite(row, request.user)])
    return page(request, "invitation", {"row": row, "address": address})


@require_POST
@for_organisers
def appoint(request: StaffRequest, pk: int) -> HttpResponse:
    """A new post for the member."""
    row = get_object_or_404(people_within(request.user), pk=pk)
    form = PostForm({**request.POST.dict(), "member": row.pk}, by=request.user, auto_id="post_%s")
    if form.carried_out(lambda typed: put_post(**typed, by=request.user)):
        messages.success(request, _("発令を記録しました。"))
        return redirect("organisation:member", pk)
    return _member_page(request, row, appointing=form)


@both
@for_organisers
def appointment(request: StaffRequest, key: str) -> HttpResponse:
    """A new post in one department, for anybody who works here."""
    row = get_object_or_404(departments_within(request.user), key=key)
    typed = {**request.POST.dict(), "department": row.pk} if request.method == "POST" else None
    given = {"department": row, "role": request.GET.get("role"), "since": localdate()}
    form = PostForm(typed, by=request.user, initial=given)
    if typed is not None and form.carried_out(lambda typed: put_post(**typed, by=request.user)):
        messages.success(request, _("発令を記録しました。"))
        return redirect("organisation:department", key)
    return page(request, "appointment", {"row": row, "form": form}, bool(form.errors))


@both
@for_organisers
def post(request: StaffRequest, pk: int) -> HttpResponse:
    """One post: when it ends and what waits for it until then."""
    row = get_object_or_404(posts_within(request.user).select_related("member", "department", "role"), pk=pk)
    initial = {"until": row.until, "handles_my_numbers": row.handles_my_numbers}
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=initial)
    where = row.member, row.department, row.role, row.since
    if request.method == "POST" and form.carried_out(lambda typed: put_post(*where, **typed, by=request.user)):
        messages.success(request, _("職を保存しました。"))
        return redirect("organisation:department", row.department.key)
    context = {"row": row, "form": form, "effect": effect_of_ending(row), "waiting": waiting_for(row)}
    return page(request, "post", {**context, "is_coming": row.since > localdate()}, bool(form.errors))


@require_POST
@for_organisers
def withdrawal(request: StaffRequest, pk: int) -> HttpResponse:
    """A post that has not begun is taken back."""
    row = get_object_or_404(posts_within(request.user), pk=pk)
    return _done(
        request,
        lambda: withdraw_posting(row, request.user),
        _("発令を取り消しました。"),
        "department",
        row.department.key,
    )


@require_POST
@for_office_organisers
def capacity(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a capacity to the member."""
    row = get_object_or_404(StaffMember.objects.active(), pk=pk)
    form = CapacityForm(request.POST, auto_id="capacity_%s")
    if form.carried_out(lambda typed: grant(row, typed["kind"], getattr(typed["department"], "key", ""), request.user)):
        messages.success(request, _("権限を付けました。"))
        return redirect("organisation:member", pk)
    return _member_page(request, row, granting=form)


@require_POST
@for_office_organisers
def revocation(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a capacity away."""
    row = get_object_or_404(Capacity.objects.select_related("member"), pk=pk)
    what = row.member, row.kind, row.department_key
    return _done(request, lambda: revoke(*what, request.user), _("権限を外しました。"), "member", row.member_id)


@require_POST
@for_organisers
def absence(request: StaffRequest, pk: int) -> HttpResponse:
    """Announce that the member is away."""
    row = get_object_or_404(people_within(request.user), pk=pk)
    form = AbsenceForm(request.POST, auto_id="absence_%s")
    if form.carried_out(lambda typed: announce_absence(row, **typed, by=request.user)):
        messages.success(request, _("不在を記録しました。"))
        return redirect("organisation:member", pk)
    return _member_page(request, row, announcing=form)


@require_POST
@for_organisers
def cancellation(request: StaffRequest, pk: int) -> HttpResponse:
    """The member is back, or never went."""
    row = get_object_or_404(Absence.objects.filter(member__in=people_within(request.user)), pk=pk)
    return _done(
        request, lambda: cancel_absence(row, request.user), _("不在を取り消しました。"), "member", row.member_id
    )


def _done(request: StaffRequest, verb: Any, said: str, name: str, *args: Any) -> HttpResponse:
    try:
        verb()
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(f"organisation:{name}", *args)
