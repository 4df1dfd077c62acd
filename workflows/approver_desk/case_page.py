"""One case on the approver desk: its answers, its route, and all that this member of staff can do with it now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language

from workflows.approver_desk import findings
from workflows.approver_desk.addressees import suggestions
from workflows.approver_desk.drawing import drawing_of
from workflows.approver_desk.office import filled_in, office_context
from workflows.approver_desk.verbs import ActForm, acts_on, acts_on_case
from workflows.approver_desk.way_back import list_address, way_back
from workflows.approver_desk.wish import WishForm
from workflows.authority import is_at_post, is_outsider, may_decide
from workflows.cases import APPLICANT, Case, Task
from workflows.movements import mark_opened
from workflows.progress import progress
from workflows.staff import StaffMember

#: Stands for a reason that is still to be given: whether somebody could decide if he gave one.
URGENT = "urgent"


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: StaffMember


def own_task(tasks: Sequence[Task], member: StaffMember) -> Task | None:
    """What of a case waits for the member himself, else what he may decide on in place of another (代決)."""
    own = next((task for task in tasks if may_decide(task, member)), None)
    return own or next((task for task in tasks if may_decide(task, member, urgent=URGENT)), None)


def wish_form(task: Task, member: StaffMember, data: QueryDict | None = None) -> WishForm:
    """The form to decide with; a substitute of somebody who is not away has to say why it cannot wait."""
    return WishForm(task, data, stands_in=not may_decide(task, member))


def case_page(
    request: StaffRequest,
    case: Case,
    task: Task | None,
    form: WishForm | None,
    status: int = 200,
    act: ActForm | None = None,
    **more: str,
) -> HttpResponse:
    """``act`` is a form that was sent and refused, ``more`` what else was; it stands there as it was filled in."""
    is_applicant, is_outside = case.subject.is_applicant(request.user), is_outsider(case, request.user)
    context = {**_case_context(case, task, form, is_outside), "is_own": case.is_open and is_applicant, **more}
    context |= {"back": (back := way_back(request)), "list_address": list_address(back)}
    context |= {"is_outsider": is_outside, **({} if is_outside else office_context(case, request.user))}
    drawn = context["drawn"]
    context["drafter_url"] = (
        case.subject.drafter_url() if case.is_open and case.drafted_by_id == request.user.pk else ""
    )
    context["readings"] = [each for each in drawn.readings if each.waits_for(request.user)]
    context["acts"] = list(_acts(case, drawn.waiting, request.user, act))
    context["posts"] = suggestions() if any("to" in form.fields for form in context["acts"]) else ()
    context["is_substitute"] = task is not None and form is not None and not is_at_post(task, request.user)
    context["substituted"] = next((stop.who for stop in context["stations"] if task in stop.tasks), "")
    return render(request, "approver_desk/case.html", context, status=status)


def case_as_seen(
    request: StaffRequest, case: Case, status: int = 200, act: ActForm | None = None, **more: str
) -> HttpResponse:
    """The page of a case with the form to decide, where its reader may decide now."""
    tasks = case.open_tasks()
    own = own_task(tasks, request.user)
    if own:
        mark_opened(own, request.user)
    form = wish_form(own, request.user) if own else None
    return case_page(request, case, own or next(iter(tasks), None), form, status, act, **more)


def _acts(case: Case, tasks: Sequence[Task], member: StaffMember, sent: ActForm | None) -> Iterator[ActForm]:
    """What the member can choose besides deciding; at several positions, each of them."""
    if not (case.subject.is_applicant(member) or case.subject.drafter == member):
        for task in tasks:
            for act in acts_on(task, member):
                yield _sent_or_new(ActForm(act, task), sent)
    for act in acts_on_case(case, list(tasks), member):
        yield _sent_or_new(ActForm(act, case), sent)


def _sent_or_new(form: ActForm, sent: ActForm | None) -> ActForm:
    is_same = sent is not None and (sent.act, sent.target.public_id) == (form.act, form.target.public_id)
    return sent if sent is not None and is_same else form


def _case_context(case: Case, task: Task | None, form: WishForm | None, is_outside: bool) -> Mapping[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    decisions = list(case.decisions.order_by("number"))
    drawn = progress(case, decisions)
    sections = case.subject.read_out(language)
    pointers = [row.pointer for section in sections for row in section.rows]
    return {
        "case": case,
        "task": task,
        "form": form,
        "sections": sections,
        "fixed": case.subject.not_correctable(pointers) if form else pointers,
        "drawn": drawn,
        "drawing": drawing_of(drawn.stops),
        "whom": drawn.names,
        "stations": list(drawn.flat()),
        "rules": findings.readings(case, decisions, language, is_outside),
        "filled": [] if is_outside else list(filled_in(case, decisions, language)),
        "by_rule": any(each.is_by_rule for each in decisions),
        "waits_for_applicant": task is not None and task.owner_permission == APPLICANT,
        "stops": list(case.clock_stops.order_by("since")),
        "copy_url": case.subject.copy_url(),
    }
