"""Submission (提出): from a draft to an application that has arrived, in one transaction or not at all.

Order of locks, the same everywhere: case, application, reserved days, receipt counter, audit chain.  The row of a draft
comes after the counter, for whoever else holds one waits for none of these but the audit chain.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from forms_engine import (
    attachments,
    drawn_signatures,
    my_numbers,
    notices,
    receipts,
    reservations,
    rows,
    withdrawals,
)
from forms_engine.applications import Application, Revision
from forms_engine.attachments import Attachment
from forms_engine.facts import facts
from forms_engine.spec import FormSpec
from schemas import Problem, checks_of
from schemas.canonical import Inexact
from workflows import audit, cases, corrections, withdrawal
from workflows import definitions as workflow_definitions
from workflows.cases import Case, CaseRefused
from workflows.handwritten import ANYWAY, Overtaken, update
from workflows.staff import StaffMember
from workflows.traces import trace

RESIDENT = "resident"
#: How often a draft is looked at that others go on writing, before the submission fails.
LOOKS = 20
SUBMITTED = ("answers", "updated_at", "submitted_at", "receipt_number", "applied_by")


class Incomplete(Exception):
    """The answers cannot be submitted; ``problems`` says why, ``page_of`` where each is to be put right."""

    def __init__(self, problems: Sequence[Problem], spec: FormSpec) -> None:
        super().__init__("; ".join(f"{problem.pointer}: {problem.code}" for problem in problems))
        self.problems = list(problems)
        self.spec = spec

    def page_of(self, problem: Problem) -> str:
        """The key of the page that asks for the answer; the first page where the problem is with the whole."""
        pages = self.spec.pages
        return next((page.key for page in pages if problem.field in page.fields), pages[0].key)

    def by_page(self) -> dict[str, list[Problem]]:
        """The problems by page key."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(self.page_of(problem), []).append(problem)
        return found


class WithdrawalRefused(Exception):
    """It cannot be withdrawn any more, or was never submitted; the message says so to the resident."""


@dataclass(frozen=True)
class Entry:
    """What is about to be submitted: settled answers, what follows from them, and what they want to reserve."""

    application: Application
    attachments: Sequence[Attachment]
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    wanted: Sequence[reservations.Slot]


def submit(application: Application | UUID, by: StaffMember | str = RESIDENT) -> Application:
    """Submit the draft, or the correction that is open; the application (or its id), as it then stands.

    Doing it again, or twenty times at once, does it once: whoever comes later gets the same application with the same
    receipt number.  A member of staff who submits applies for himself, and so will not decide on it.
    Raises Incomplete, and Overtaken where others never stop writing; then nothing has changed.
    """
    pk = application if isinstance(application, UUID) else application.pk
    for _look in range(LOOKS):
        found = rows.application(pk)
        if not found.is_draft:
            return _submit_correction(found, by)
        with suppress(Overtaken):  # somebody wrote meanwhile, and nothing was done
            return _submit_draft(found, by)
    raise Overtaken(f"{pk} is still being written")


def withdraw(application: Application, by: StaffMember | str = RESIDENT, reason: str = "") -> Application:
    """Take the application back (取下げ), until it is decided (行政手続法 第33条); its reservation is released.

    Nobody needs a ``reason``; what is given is kept with it.  Withdrawing again changes nothing.
    Raises WithdrawalRefused.
    """
    with transaction.atomic():
        case = Case.objects.of(application).first()
        if case is None:
            raise WithdrawalRefused(_("まだ提出されていない申請は取り下げられません。"))
        row = Application.objects.with_version().get(pk=application.pk)
        if row.withdrawn_at is None:
            withdrawals.note(application.pk, reason)
            _withdraw(case, by)
    return Application.objects.with_version().get(pk=application.pk)


def _withdraw(case: Case, by: StaffMember | str) -> None:
    try:
        withdrawal.withdraw(case, by)
    except CaseRefused as refused:
        raise WithdrawalRefused(str(refused)) from refused


def _submit_draft(application: Application, by: StaffMember | str) -> Application:
    """It is judged before anything is locked, unless something is to be reserved.  Raises Overtaken."""
    if application.form_version.spec.facts:
        with transaction.atomic():
            return _arrive(_entry(application), by)
    entry = _entry(application)
    with transaction.atomic():
        return _arrive(entry, by)


def _arrive(entry: Entry, by: StaffMember | str) -> Application:
    """The draft arrives as it was read, or not at all."""
    application, read_at = entry.application, entry.application.updated_at
    application.submitted_at = application.updated_at = now()
    application.receipt_number = receipts.next_number(localdate(application.submitted_at))
    if isinstance(by, StaffMember):
        application.applied_by = application.applied_by or by
    as_read, workflow = (
        {"updated_at": read_at, "submitted_at": None},
        application.form_version.spec.procedure["workflow"],
    )
    route = _keep(entry, 1, workflow_definitions.CURRENT, [workflow], as_read)
    notices.write(application, "receipt")
    version = workflow_definitions.named(route)
    case = application.opened = cases.start(application, version, facts=entry.facts, is_noted=False)
    _audit("submit", application, 1, by, case)
    return application


def _submit_correction(submitted: Application, by: StaffMember | str) -> Application:
    with transaction.atomic(), Case.objects.of(submitted).get().locked() as case:
        return _correct(case, rows.application(submitted.pk, locked=True), by)


def _correct(case: Case, application: Application, by: StaffMember | str) -> Application:
    """What is open of the submitted application is corrected; if nothing is, it stays as it stands."""
    correction = application.open_correction()
    if correction is None:
        return application
    previous = application.latest_revision()
    entry = _entry(application)
    application.updated_at = now()
    _keep(entry, previous.number + 1)
    correction.answered_at = application.updated_at
    correction.save(update_fields=["answered_at"])
    corrections.resume(case, by, is_noted=False)
    _audit("correct", application, previous.number + 1, by, case)
    return rows.application(application.pk)


def _entry(application: Application) -> Entry:
    """What the resident proposes, judged.  Raises Incomplete."""
    spec, answers = application.form_version.spec, application.proposal()
    wanted = reservations.slots(spec.facts.values(), answers)
    reservations.lock(wanted)
    known = facts(application.settlement, answers, application.pk)
    files = list(application.attachments.all()) if application.has_attachments else []
    entry = Entry(application, files, answers, known, wanted)
    problems = _problems(entry)
    if problems:
        raise Incomplete(problems, spec)
    return entry


def _problems(entry: Entry) -> list[Problem]:
    """All that stands against submission.  The form's own checks are asked only of answers that fit the schema."""
    spec = entry.application.form_version.spec
    found = spec.problems(entry.answers) + attachments.problems(entry.attachments, entry.answers)
    found += my_numbers.problems(entry.application, entry.answers)
    found = found or drawn_signatures.problems(spec, entry.answers)
    return found or checks_of(spec.document, entry.facts, kind="error")


def _keep(
    entry: Entry, number: int, question: str = "", params: Sequence[Any] = (), only_if: Mapping[str, Any] = ANYWAY
) -> Any:
    """Write the revision and what belongs to it; files of no revision are dropped.  The rest is handwritten.update's.

    Numbers beyond what JSON carries exactly would leave its digest open to doubt (RFC 8785 §3.2.2.3): Incomplete.
    """
    application = entry.application
    earlier = [revision.answers for revision in application.revisions.all()] if number > 1 else []
    attachments.drop_unused(entry.attachments, entry.answers, *earlier)
    if application.form_version.spec.procedure.get("my_number_basis"):
        my_numbers.drop_unused(application, entry.answers)
    application.answers = dict(entry.answers)
    answer = update(application, SUBMITTED, question, params, only_if)
    try:
        Revision.record(application, number, entry.answers, application.updated_at)
    except Inexact as inexact:
        raise Incomplete([Problem("", "invalid")], application.form_version.spec) from inexact
    if application.form_version.spec.facts:
        _reserve(entry)
    return answer


def _reserve(entry: Entry) -> None:
    """What is free is held from now on; what is not is left to the person who decides."""
    free = reservations.are_free(entry.wanted, entry.application.pk)
    reservations.reserve(entry.application.pk, entry.wanted if free else [])


def _audit(verb: str, application: Application, revision: int, by: StaffMember | str, case: Case) -> None:
    """One entry for the application and for what its case did."""
    version = application.form_version
    audit.record(
        verb,
        f"application:{application.pk}",
        by,
        reference=application.reference,
        form=version.definition.key,
        version=version.number,
        revision=revision,
        **trace(case),
    )
