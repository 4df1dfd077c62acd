"""Applications (申請): one resident's request – answers to one version of a form – from the first page to the archive.

What state an application is in is read from facts with their times: submitted, corrected, withdrawn, closed.
While it is a draft, or a correction is open, ``answers`` is what the resident is writing; what was submitted
stands in its revisions.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from forms_engine import drawn_signatures, progress, provenance, readout, receipts, reservations, residents, withdrawals
from forms_engine.corrections import Correction, correctable, corrected, open_pointers
from forms_engine.definitions import FormVersion
from forms_engine.fact_titles import titles_of
from forms_engine.facts import facts, settled
from forms_engine.links import id_in, resident_link, reveal_link, staff_link
from forms_engine.party_names import Named
from forms_engine.revisions import Revision
from forms_engine.settlement import Settlement
from forms_engine.staff_sheets import AskedOfStaff
from forms_engine.visits import working_days
from workflows.appeal import Remedy
from workflows.cases import Case
from workflows.handwritten import Handwritten
from workflows.keyring import EncryptedJSONField
from workflows.routable import ClockPolicy, Section
from workflows.staff import StaffMember

if TYPE_CHECKING:
    from forms_engine.progress import ProgressStep
    from workflows.decisions import Decision

__all__ = ["Application", "NotEditable", "Revision", "closed", "find", "resume", "save_answers", "start"]

#: Sent with ``application`` in the transaction that closes it; the archive orders its copy on hearing it.
closed = Signal()


class NotEditable(Exception):
    """The application was submitted and no correction is open: its answers stand."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    def drafts(self) -> Self:
        return self.filter(submitted_at=None)

    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)

    def open(self) -> Self:
        """Submitted, and neither decided nor withdrawn."""
        return self.submitted().filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def held_by(self, ids: Iterable[str]) -> Self:
        """Those whose ids a resident's session holds; anything that is no id is passed over."""
        return self.filter(pk__in=[found for text in ids if (found := id_in(text)) is not None])

    def with_version(self) -> Self:
        return self.select_related("form_version__definition").defer("form_version__text")


class Application(AskedOfStaff, Named, Handwritten):
    """One request (申請).  Its id is made before the row is written, so the answers are bound to it by encryption."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="applications")
    answers = EncryptedJSONField(default=dict)
    language = models.CharField(_("言語"), max_length=10, default="ja")
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("作成日時"), default=now)
    updated_at = models.DateTimeField(_("更新日時"), default=now)
    is_internal = models.BooleanField(_("庁内手続き"), default=False)
    submitted_at = models.DateTimeField(_("到達日時"), null=True, blank=True)
    receipt_number = models.CharField(_("受付番号"), max_length=20, unique=True, null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取下げ日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("完了日時"), null=True, blank=True)
    outcome = models.CharField(_("結果"), max_length=20, blank=True)

    objects = ApplicationQuerySet.as_manager()

    submission: Revision | None = None  # as it was submitted just now, so that it need not be read again,
    opened: Case | None = None  # with the case that this opened
    has_attachments = has_provenance = True  # unless rows.application knows better

    class Meta:
        verbose_name = verbose_name_plural = _("申請")
        indexes = [
            models.Index(fields=["updated_at"], condition=models.Q(submitted_at=None), name="application_draft"),
            models.Index(fields=["closed_at"], name="application_closed"),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.id)

    @property
    def reference(self) -> str:
        return self.receipt_number or ""

    @property
    def title(self) -> str:
        return str(self.form_version.document["title"])

    @property
    def department_key(self) -> str:
        return str(self.form_version.document["procedure"]["department"])

    @property
    def period_working_days(self) -> int | None:  # type: ignore[override]
        """Set by the procedure (標準処理期間)."""
        return working_days(self.form_version.spec)

    @property
    def clock_policy(self) -> ClockPolicy:  # type: ignore[override]
        return ClockPolicy.of(self.form_version.document["procedure"].get("period", {}))

    def facts(self) -> dict[str, Any]:
        """As they stand now, of what was last submitted, calculated as of the day on which it arrived."""
        return facts(self.settlement, self.standing_answers(), self.pk)

    def fact_titles(self, language: str) -> Mapping[str, str]:
        return titles_of(self.form_version.spec, self.standing_answers(), language)

    def signed_content(self) -> dict[str, str]:
        """The digest of the last revision's document."""
        return {"kind": "application", "sha256": self.latest_revision().digest}

    def read_out(self, language: str) -> list[Section]:
        """What was last submitted, in words, with what was changed from the revision before it, and why withdrawn."""
        latest, *earlier = self.revisions.order_by("-number")[:2]
        found = readout.sections(self.form_version.spec, latest.answers, language, staff_link)
        if earlier:
            before = readout.sections(self.form_version.spec, earlier[0].answers, language, staff_link)
            found = readout.marked(found, before)
        found = readout.revealing(provenance.marked(self, found, latest.answers, language), reveal_link)
        return [*found, *withdrawals.sections(self.pk)]

    def is_applicant(self, member: StaffMember) -> bool:
        return self.applied_by_id is not None and self.applied_by_id == member.pk

    @property
    def drafter(self) -> StaffMember | None:
        return self.applied_by

    def not_correctable(self, pointers: Iterable[str]) -> list[str]:
        return sorted({*pointers} - correctable(self.form_version.spec.schema, self.standing_answers()))

    def remedy(self) -> Remedy:
        return Remedy.of_office(appeal_first=bool(self.form_version.spec.procedure.get("appeal_first")))

    def drafter_url(self) -> str:
        return reverse("drafting:go_on", args=[self.pk]) if self.is_internal and self.open_correction() else ""

    def copy_url(self) -> str:
        return reverse("staff_copy", args=[self.pk]) if hasattr(self, "archive_copy") else ""

    def on_correction_requested(self, remarks: Mapping[str, str], decision: "Decision") -> None:
        Correction.objects.create(application=self, remarks=dict(remarks), comment=decision.comment)

    def on_pulled_back(self, by: StaffMember) -> None:
        Correction.objects.create(application=self, remarks={})

    def on_closed(self, outcome: str, decision: "Decision | None") -> None:
        """An approved application keeps its reservation, or gets the one it asked for; any other gives it back."""
        self.closed_at, self.outcome = now(), outcome
        self.withdrawn_at = self.closed_at if outcome == "withdrawn" else None
        self.save(update_fields=["closed_at", "outcome", "withdrawn_at"])
        if outcome != "approved":
            reservations.release(self.pk)
        elif self.form_version.spec.facts:
            reservations.keep(self.pk, self.form_version.spec.facts.values(), self.standing_answers())
        closed.send(Application, application=self)

    # --- what it is to the resident --------------------------------------------------------------------------------

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def access_code(self) -> str:
        """What opens the application together with its receipt number; shown to its resident only."""
        return residents.code_of(self.pk)

    @property
    def arrival_date(self) -> date:
        """The day it reached the office (到達), today while it has not: what is calculated stays as it was then."""
        return localdate(self.submitted_at) if self.submitted_at else localdate()

    @cached_property
    def settlement(self) -> Settlement:
        """What its answers come to as of the day of its arrival; the object lives no longer than a request."""
        return Settlement(self.form_version.spec, self.arrival_date)

    def open_correction(self) -> Correction | None:
        """What the office asked for and is still waiting for."""
        if self.is_draft or self.is_closed:
            return None
        return Correction.objects.open().filter(application=self).order_by("requested_at").last()

    def open_pointers(self) -> frozenset[str]:
        """The fields that may be written now: ``{""}`` for all, nothing at all once it was submitted."""
        correction = self.open_correction()
        if self.is_draft or correction is None:
            return frozenset({""} if self.is_draft else ())
        spec, previous = self.form_version.spec, self.latest_revision().answers
        return open_pointers(spec.schema, previous, self.answers, self._reopened(correction))

    def _reopened(self, correction: Correction) -> frozenset[str]:
        """What is corrected, and the signatures that stand under it."""
        return correction.pointers | drawn_signatures.pointers(self.form_version.spec)

    def proposal(self) -> dict[str, Any]:
        """What would be submitted now, with what is calculated; in a correction, with the open answers as they are."""
        spec, given = self.form_version.spec, self.answers
        correction = self.open_correction()
        if correction:
            given = corrected(spec.schema, self.latest_revision().answers, given, self._reopened(correction))
        return settled(self.settlement, given, self.pk)

    def preview(self, language: str, proposal: Mapping[str, Any] | None = None) -> list[Section]:
        """The proposal in words, for the check page, which may have it at hand."""
        spec, answers = self.form_version.spec, self.proposal() if proposal is None else proposal
        sections = readout.sections(spec, answers, language, lambda file_id: resident_link(self.pk, file_id))
        return provenance.marked(self, sections, answers, language)

    def submitted_view(self, language: str) -> list[Section]:
        """What was last submitted, in words, with links that the resident may open."""
        spec = self.form_version.spec
        return readout.sections(spec, self.standing_answers(), language, lambda file: resident_link(self.pk, file))

    def progress(self, language: str) -> "list[ProgressStep]":
        """受付 → 審査 → 決裁 → 完了, each with its day, as far as it has come."""
        return progress.steps(self, language)

    def status(self, language: str) -> str:
        """In one word where it stands."""
        return progress.status(self, language)

    def latest_revision(self) -> Revision:
        """What counts.  Raises Revision.DoesNotExist for a draft."""
        return self.submission or self.revisions.latest("number")

    def standing_answers(self) -> dict[str, Any]:
        """The answers as last submitted; of a draft, as they would be if submitted now."""
        return self.proposal() if self.is_draft else dict(self.latest_revision().answers)


def start(form_version: FormVersion, language: str = "ja", applied_by: StaffMember | None = None) -> Application:
    """A new draft.  ``applied_by`` is a member of staff who applies for himself, and so will not decide on it."""
    named: dict[str, Any] = {"form_version": form_version, "language": language, "applied_by": applied_by}
    return Application.objects.create(**named, is_internal=form_version.spec.is_internal)


@transaction.atomic
def save_answers(application: Application, patch: Mapping[str, Any]) -> Application:
    """Put these top-level answers in place of what was there; None takes an answer away.

    Two tabs of one resident lose nothing to each other.  Raises NotEditable once it was submitted.
    """
    row = Application.objects.select_for_update(of=("self",)).with_version().get(pk=application.pk)
    if not row.is_draft and row.open_correction() is None:
        raise NotEditable
    row.answers = {key: value for key, value in {**row.answers, **patch}.items() if value is not None}
    row.updated_at = now()
    row.save(update_fields=["answers", "updated_at"])
    application.answers, application.updated_at = row.answers, row.updated_at
    return application


def find(receipt_number: str, code: str) -> Application | None:
    """The application that both belong to, however they are written; None tells nobody which of them was wrong.

    Raises residents.TooManyGuesses.
    """
    theirs = Application.objects.submitted().with_version().filter(is_internal=False)
    application = theirs.filter(receipt_number=receipts.normalised(receipt_number)).first()
    return application if application and residents.admit(application.pk, code) else None


def resume(application_id: uuid.UUID, code: str) -> Application | None:
    """The application that a saved link leads back to, draft or submitted.  Raises residents.TooManyGuesses."""
    application = Application.objects.with_version().filter(pk=application_id, is_internal=False).first()
    return application if application and residents.admit(application.pk, code) else None
