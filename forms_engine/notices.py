"""Notices to residents (通知): what the office tells an applicant by mail, in the language of the application.

A mail names the procedure, the receipt number and the page to look at, and nothing that somebody wrote.  Its link opens
nothing by itself: it takes the receipt number and the access code, which is never mailed, so whoever reads the mailbox
still reads no application.  Only the link of a draft must open it, for a draft has no receipt yet; it goes to the
address that was given for just that, and nowhere else.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, override
from django_tasks import task

from forms_engine.applications import Application, closed
from forms_engine.corrections import Correction
from forms_engine.languages import interface
from forms_engine.notice_texts import KINDS, body_of, condition_note, kind_title, subject_of, tail
from forms_engine.readout import words
from forms_engine.spec import FormSpec
from schemas.alternatives import choices
from schemas.placeholders import filled, names_in
from schemas.pointers import MISSING, lookup, parts
from workflows import audit, dispatch
from workflows.appeal import Remedy, instruction
from workflows.asides import APPLICANT, told
from workflows.cases import Case
from workflows.deadlines import due_on
from workflows.decisions import conditions_of
from workflows.dispatch import Dispatch, DispatchQuerySet, Letter
from workflows.handwritten import insert_unless_there
from workflows.keyring import EncryptedJSONField
from workflows.spec import AsideStep
from workflows.templatetags.calendar import day

__all__ = ["KINDS", "Notice", "address_of", "deliver", "preview", "remind", "send_draft_link", "sweep", "write"]

RESIDENT = "resident"
#: How many mails with its link one draft may send: enough for a mistyped address, too few to trouble a stranger.
MOST_LINKS = 3


class TooManyLinks(Exception):
    """The draft has sent its link often enough."""


class Notice(Dispatch):
    """One mail to an applicant (通知).  ``letter`` is ``{"to", "subject", "body"}`` as it was written, encrypted.

    ``occasion`` tells apart what may be told more than once: the correction, the draft's day, the number of the link.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=40, blank=True)
    language = models.CharField(gettext_lazy("言語"), max_length=12)
    letter = EncryptedJSONField()

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("通知")
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["application", "kind", "occasion"], name="notice_once")]
        indexes = [models.Index(fields=["due_at"], name="notice_due", condition=models.Q(sent_at=None, failed_at=None))]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"

    @property
    def title(self) -> str:
        """What staff call it."""
        return kind_title(self.kind)

    def on_settled(self) -> None:
        verb = "send_notice" if self.sent_at else "give_up_notice"
        audit.record(verb, f"application:{self.application_id}", kind=self.kind, notice=str(self.pk))


def address_of(application: Application) -> str:
    """Where the applicant wants mail: the address of the first contact in the answers; empty if there is none."""
    if not dispatch.is_on():
        return ""
    return _email(application.form_version.spec.fields, application.answers)


def _email(fields: Mapping[str, Any], answers: Any) -> str:
    """The vocabulary's contact is the applicant's where it stands first; one in a table is somebody else's."""
    for name, schema in fields.items():
        answer = answers.get(name) if isinstance(answers, Mapping) else None
        if not isinstance(answer, Mapping) or not isinstance(schema, Mapping):
            continue
        own = str(answer.get("email") or "") if schema.get("x-vocabulary") == "contact" else ""
        found = own or _email(schema.get("properties", {}), answer)
        if found:
            return found
    return ""


def write(application: Application, kind: str, occasion: str = "") -> bool:
    """Write the notice and order its mail, in the transaction of its cause; False where the applicant gave no address.

    The same cause writes one notice, however often it is told.
    """
    to = address_of(application)
    if to:
        _put(application, kind, occasion, to, compose(application, kind))
    return bool(to)


def _put(application: Application, kind: str, occasion: str, to: str, letter: Letter) -> None:
    row = Notice(application=application, kind=kind, occasion=occasion, language=application.language)
    row.letter = {"to": to, "subject": letter.subject, "body": letter.body}
    insert_unless_there(row)
    deliver.enqueue(str(row.pk))


@receiver(closed, dispatch_uid="notices.closed")
def _on_closed(sender: Any, application: Application, **kwargs: Any) -> None:
    if application.outcome in KINDS:
        write(application, application.outcome)


@receiver(told, dispatch_uid="notices.told")
def _on_told(sender: Any, case: Case, step: AsideStep, to: Sequence[Any], **kwargs: Any) -> None:
    """A step of the route tells the applicant how far it has come."""
    if APPLICANT in to and isinstance(case.subject, Application):
        write(case.subject, "told", step.key)


@receiver(post_save, sender=Correction, dispatch_uid="notices.correction")
def _on_correction(sender: Any, instance: Correction, created: bool, **kwargs: Any) -> None:
    if created:
        write(instance.application, "correction", instance.pk.hex)


@transaction.atomic
def send_draft_link(application: Application, to: str) -> bool:
    """Mail the link with which the draft is continued to the address that its resident gives for that.

    The caller has checked that it is an address.  Raises TooManyLinks.  False where this office sends no mail, or the
    application was submitted: from then on, its receipt opens it.
    """
    if not dispatch.is_on() or not application.is_draft:
        return False
    Application.objects.select_for_update(of=("self",)).only("pk").get(pk=application.pk)
    number = Notice.objects.filter(application=application, kind="draft_link").count()
    if number >= MOST_LINKS:
        raise TooManyLinks
    _put(application, "draft_link", str(number + 1), to, compose(application, "draft_link"))
    audit.record("mail_draft_link", f"application:{application.pk}", RESIDENT, number=number + 1)
    return True


@transaction.atomic
def remind(application: Application, purged_on: date) -> bool:
    """Tell whoever had the link of a draft mailed that the draft is deleted on this day; False if nobody had.

    An address in the answers of a draft was never confirmed by submitting, so it gets no link.
    """
    asked = Notice.objects.filter(application=application, kind="draft_link").exclude(sent_at=None).last()
    if asked is None or not application.is_draft or not dispatch.is_on():
        return False
    letter = compose(application, "draft_expiry", purged_on)
    _put(application, "draft_expiry", purged_on.isoformat(), asked.letter["to"], letter)
    return True


# --- what it says --------------------------------------------------------------------------------------------------


def compose(application: Application, kind: str, due: date | None = None) -> Letter:
    """The letter about an application as it stands."""
    spec, language = application.form_version.spec, application.language
    link = reverse("resident:find_application")
    if application.is_draft:
        link = reverse("resident:resume", args=[application.pk, application.access_code])
    values = {
        "receipt_number": application.reference,
        "link": dispatch.address(link),
        "due": _day(due or _decided_by(application, kind), language),
    }
    answers = {} if application.is_draft else application.standing_answers()
    is_conditional = kind == "approved" and _has_conditions(application)
    return _letter(spec, kind, language, values, answers, is_conditional)


def _has_conditions(application: Application) -> bool:
    """Whether its approval is subject to conditions, which stand on the page and not in the mail."""
    case = Case.objects.of(application).first()
    return bool(case and conditions_of(case))


def preview(spec: FormSpec, kind: str, language: str = "ja") -> Letter:
    """What a notice of the form looks like, with a receipt number, a day and a link that are made up.

    Fields that it names show their first example or choice.
    """
    link = dispatch.address(reverse("resident:resume", args=[UUID(int=0), "XXXX-XXXX-XXXX-XXXX"]))
    values = {
        "receipt_number": "R8-000123",
        "due": _day(due_on(localdate(), 5), language),
        "link": link if kind.startswith("draft") else dispatch.address(reverse("resident:find_application")),
    }
    answers = {name: _example(schema) for name, schema in spec.fields.items()}
    return _letter(spec, kind, language, values, answers)


def _letter(
    spec: FormSpec,
    kind: str,
    language: str,
    values: Mapping[str, str],
    answers: Mapping[str, Any],
    is_conditional: bool = False,
) -> Letter:
    """The form's own text or ours, filled; then what every mail says, and to whom is refused how to appeal."""
    with override(interface(language)):
        known = {"title": spec.text("/title", language), "municipality": settings.MUNICIPALITY["name"], **values}
        subject = spec.text(f"/notices/{kind}/subject", language) or subject_of(kind)
        body = spec.text(f"/notices/{kind}/body", language) or body_of(kind)
        known |= _fields(spec, f"{subject}{body}", language, answers)
        appeal = [f"{number}　{text}" for number, text in enumerate(_appeal(spec) if kind == "refused" else (), 1)]
        conditional = [filled(condition_note(), known)] if is_conditional else []
        paragraphs = [filled(body, known), *conditional, *appeal, filled(tail(), known)]
    return Letter(" ".join(filled(subject, known).split()), "\n\n".join(paragraphs) + "\n")


def _appeal(spec: FormSpec) -> tuple[str, ...]:
    """The instruction on appeal, which must be given in writing (行政不服審査法 第82条); staff have none."""
    is_first = bool(spec.procedure.get("appeal_first"))
    return () if spec.is_internal else instruction(Remedy.of_office(appeal_first=is_first))


def _fields(spec: FormSpec, text: str, language: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers that a text names by pointer, as people read them."""
    found = {}
    for address in {name for name in names_in(text) if name.startswith("/")}:
        schema = _schema(spec.edition(language).plan.resolved(answers), address)
        answer = lookup(answers, address)
        if schema is not None and answer is not MISSING:
            found[address] = words(answer, schema, spec.edition(language).presentation.get(address, {}), language)
    return found


def _schema(schema: Any, address: str) -> Any:
    for part in parts(address):
        schema = schema.get("properties", {}).get(part) if isinstance(schema, Mapping) else None
    return schema


def _example(schema: Mapping[str, Any]) -> Any:
    """An answer that such a field could have."""
    if schema.get("properties"):
        return {name: _example(inner) for name, inner in schema["properties"].items()}
    offered = [*schema.get("examples", ()), *(value for value, _title in choices(schema))]
    by_type = {"boolean": True, "integer": 1000, "number": 1000}
    by_format = {"date": "2026-12-01", "time": "10:00", "year-month": "2026-12"}
    return offered[0] if offered else by_type.get(schema.get("type", ""), by_format.get(schema.get("format", ""), ""))


def _day(value: date | None, language: str) -> str:
    with override(interface(language)):
        return day(value)


def _decided_by(application: Application, kind: str) -> date | None:
    """The day by which it is to be decided; None where nothing is due any more.  At its receipt it has no case yet."""
    if application.is_closed or application.submitted_at is None or application.period_working_days is None:
        return None
    due = None if kind == "receipt" else Case.objects.of(application).values_list("due_on", flat=True).first()
    return due or due_on(localdate(application.submitted_at), application.period_working_days)


# --- sending it ----------------------------------------------------------------------------------------------------


@task()
def deliver(notice_id: str) -> bool:
    """The background task; whether the mail was sent now."""
    return any([_deliver(row) for row in Notice.objects.filter(pk=notice_id).take()])


def _deliver(row: Notice) -> bool:
    letter = row.letter
    return dispatch.send([row], letter["to"], Letter(letter["subject"], letter["body"]))


def sweep(patience: timedelta = dispatch.STALE) -> int:
    """Order the notices that are due and in nobody's hands: further tries, and what a crash left; how many."""
    found = Notice.objects.due(patience).values_list("pk", flat=True)
    return len([deliver.enqueue(str(pk)) for pk in list(found)])
