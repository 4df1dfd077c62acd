"""Publication (公開) of a draft: the checklist, what changes, when; and the end of a form, and its new beginning."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from forms_engine import manuscripts, schedules
from forms_engine.builder_desk import route_checklist, translations
from forms_engine.builder_desk.checklist import checklist, running, told
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.route_facts import departments_of
from forms_engine.builder_desk.route_fit import misfits
from forms_engine.definitions import DefinitionRefused, FormDefinition, FormVersion
from forms_engine.manuscripts import FORM, WORKFLOW, Manuscript
from forms_engine.routes import RouteInUse
from forms_engine.schedules import PUBLISH, REOPEN, RETIRE, InThePast, Schedule
from schemas.consents import with_texts
from schemas.differences import differences
from workflows.capacities import PUBLISHER, has_capacity
from workflows.definitions import WorkflowDefinition, WorkflowVersion
from workflows.staff import StaffMember

#: What is said when a form or route was retired or opened again.
OFFERED = {
    RETIRE: {
        FORM: lazy("新しい申請の受付を終えました。始まっている申請は続けられます。"),
        WORKFLOW: lazy("この経路の使用を終えました。進行中の案件は、このまま進みます。"),
    },
    REOPEN: {FORM: lazy("受付を再開しました。"), WORKFLOW: lazy("この経路の使用を再開しました。")},
}


@require_safe
@for_builders
def problems(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """What still stands in the way of publishing, as a part of the editor."""
    draft = manuscript_or_404(request.user, draft_id)
    document = draft.document
    context = {"draft": draft, "missing": _named(translations.missing(document)), **_found(draft, document)}
    return render(request, "builder_desk/_problems.html", context)


@require_safe
@for_builders
def publication(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """The checklist, the differences to what is published, how many applications are under way, and what is set."""
    draft = _publishable(request.user, draft_id)
    document, newest, language = draft.document, _newest(draft), get_language() or "ja"
    whole = with_texts(document) if draft.is_form else document  # as it would be published
    changed = differences(newest.document, whole) if newest else []
    context = {
        "draft": draft,
        **_found(draft, document),
        "checklist": checklist(document) if draft.is_form else route_checklist.checklist(document),
        "missing": _named(translations.missing(document)),
        "version": newest,
        "is_retired": newest is not None and newest.definition.retired_at is not None,
        "differences": [one.message(language) for one in changed],
        "running": running(draft.key) if draft.is_form else route_checklist.running(draft.key),
        "schedules": Schedule.objects.of(draft.kind, draft.key).filter(done_at=None).select_related("by"),
        "kinds": [one for one in _kinds(draft) if newest or one[0] == PUBLISH],
        "may_publish": may_publish(request.user, draft),
        "alone": set(draft.edits.values_list("by_id", flat=True)) == {request.user.pk},
    }
    return render(request, "builder_desk/publication.html", context)


@require_POST
@for_builders
def publish(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Make the draft a version. Only for who may publish for its department."""
    draft = _allowed(request.user, draft_id)
    try:
        version = schedules.published(draft.kind, draft.document, request.user)
    except DefinitionRefused:
        messages.error(request, _("直すところが残っているため、公開していません。"))
        return redirect("builder:publication", draft.pk)
    manuscripts.stand_at(draft, version.number)
    messages.success(request, _("第%(number)s版として公開しました。") % {"number": version.number})
    return redirect("builder:publication", draft.pk)


@require_POST
@for_builders
def order(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Let it be published, retired or reopened on a day to come."""
    draft, kind, at = _allowed(request.user, draft_id), request.POST.get("kind", ""), _moment(request)
    try:
        if at is None or kind not in dict(schedules.KINDS):
            raise InThePast
        schedules.order(draft, kind, at, request.user)
    except InThePast:
        messages.error(request, _("これからの日と時刻を入力してください。"))
    except DefinitionRefused:
        messages.error(request, _("直すところが残っているため、予約していません。"))
    else:
        messages.success(request, _("予約しました。"))
    return redirect("builder:publication", draft.pk)


@require_POST
@for_builders
def cancel(request: BuilderRequest, draft_id: Any, schedule_id: int) -> HttpResponse:
    """What was set does not happen."""
    draft = _allowed(request.user, draft_id)
    mine = Schedule.objects.of(draft.kind, draft.key)
    schedules.cancel(get_object_or_404(mine, pk=schedule_id), request.user)
    messages.success(request, _("予約を取り消しました。"))
    return redirect("builder:publication", draft.pk)


@require_POST
@for_builders
def offer(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Retire the form or route at once, or open it again."""
    draft, kind = _allowed(request.user, draft_id), request.POST.get("kind", "")
    try:
        if kind in OFFERED:
            schedules.offer(draft.kind, kind, draft.key, request.user)
            messages.success(request, OFFERED[kind][draft.kind])
    except RouteInUse as used:
        said = _("この経路を使う様式の申請を受け付けているため、終えていません。様式：%(forms)s")
        messages.error(request, said % {"forms": used})
    except DefinitionRefused as refused:
        messages.error(request, " ".join(one.message(get_language() or "ja") for one in refused.problems))
    except (FormDefinition.DoesNotExist, WorkflowDefinition.DoesNotExist):
        messages.error(request, _("まだ公開していません。"))
    return redirect("builder:publication", draft.pk)


def _kinds(draft: Manuscript) -> list[tuple[str, Any]]:
    return schedules.KINDS if draft.is_form else schedules.ROUTE_KINDS


def _found(draft: Manuscript, document: dict[str, Any]) -> dict[str, Any]:
    """What stands in the way, and what is only to be known."""
    if draft.is_form:
        found = told(document)
        return {"problems": found, "warnings": [] if found else list(misfits(document))}
    warnings = route_checklist.warnings(document, draft.department_key)
    return {"problems": route_checklist.told(document), "warnings": warnings}


def may_publish(member: StaffMember, draft: Manuscript) -> bool:
    """For the department that works on it, for the one that it is to be published for, and for the one that it was.

    A route is published for all departments whose forms run on it.
    """
    if not draft.is_form:
        return all(has_capacity(member, PUBLISHER, one) for one in {draft.department_key, *departments_of(draft.key)})
    newest = FormVersion.objects.of(draft.key).select_related("definition").order_by("-number").first()
    now = newest.document["procedure"]["department"] if newest else draft.department_key
    wanted = draft.document.get("procedure", {}).get("department") or draft.department_key
    return all(has_capacity(member, PUBLISHER, one) for one in {draft.department_key, wanted, now})


def _publishable(member: StaffMember, draft_id: Any) -> Manuscript:
    """The draft, for who may build it or publish it."""
    kind = PUBLISHER if has_capacity(member, PUBLISHER) and not _may_build(member, draft_id) else "builder"
    return manuscript_or_404(member, draft_id, kind)


def _may_build(member: StaffMember, draft_id: Any) -> bool:
    draft = Manuscript.objects.filter(pk=draft_id).only("department_key").first()
    return draft is not None and has_capacity(member, "builder", draft.department_key)


def _allowed(member: StaffMember, draft_id: Any) -> Manuscript:
    draft = _publishable(member, draft_id)
    if not may_publish(member, draft):
        raise PermissionDenied
    return draft


def _newest(draft: Manuscript) -> FormVersion | WorkflowVersion | None:
    if not draft.is_form:
        return WorkflowVersion.objects.of(draft.key).select_related("definition").order_by("-number").first()
    return FormVersion.objects.of(draft.key).select_related("definition").order_by("-number").first()


def _moment(request: BuilderRequest) -> datetime | None:
    text = f"{request.POST.get('day', '').strip()}T{request.POST.get('time', '').strip() or '00:00'}"
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return make_aware(found) if found is not None and is_naive(found) else found


def _named(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(code, translations.name_of(code), number) for code, number in counts.items() if number]
