"""Transfers (版の移行): chosen cases go on with another version of their workflow.

Somebody proposes which step takes the place of which, a second person reviews what would happen to each case, and who
did not propose carries it out, case by case, each under its own lock.  Decisions and their signatures are not touched.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows import audit
from workflows.authority import is_manager
from workflows.cases import Case, CaseBusy
from workflows.definitions import WorkflowVersion
from workflows.keyring import EncryptedTextField
from workflows.movements import keep
from workflows.spec import HumanStep, WorkflowSpec
from workflows.staff import StaffMember
from workflows.traces import note
from workflows.transfer_plans import Plan, plan
from workflows.transferring import transferred

#: What became of a case: not yet, moved, or refused, and ``why``.
WAITING, MOVED, REFUSED = "waiting", "moved", "refused"
#: How many cases one transfer takes, so that its dry run can be read by a person.
LARGEST = 1000


class TransferRefused(Exception):
    """This cannot be done with the transfer; the message says why."""


class Transfer(models.Model):
    """One of them (版の移行).  ``mapped`` holds the step of the new version by that of the old, where they differ."""

    source = models.ForeignKey(WorkflowVersion, models.PROTECT, related_name="+")
    target = models.ForeignKey(WorkflowVersion, models.PROTECT, related_name="+")
    mapped = models.JSONField(gettext_lazy("段階の対応"), default=dict)
    reason = EncryptedTextField(gettext_lazy("理由"), default="")
    proposed_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(gettext_lazy("提案日時"), default=now)
    reviewed_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(gettext_lazy("確認日時"), null=True, blank=True)
    carried_out_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    carried_out_at = models.DateTimeField(gettext_lazy("実行日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("版の移行")
        ordering = ["proposed_at", "id"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target.number}"

    @property
    def is_begun(self) -> bool:
        """Whether something became of one of its cases."""
        return self.rows.exclude(state=WAITING).exists()

    @property
    def spec(self) -> WorkflowSpec:
        """The structure of the version that the cases go on with."""
        return WorkflowSpec.load(self.target.document)


class TransferredCase(models.Model):
    """One case of a transfer, and what became of it; ``why`` names what stood in its way, never people."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="rows")
    case = models.ForeignKey(Case, models.CASCADE, related_name="transfers")
    state = models.CharField(gettext_lazy("状態"), max_length=20, default=WAITING)
    why = models.CharField(gettext_lazy("理由"), max_length=1000, blank=True)
    at = models.DateTimeField(gettext_lazy("日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("移行する案件")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["transfer", "case"], name="transfer_case_once")]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.case_id} {self.state}"


@transaction.atomic
def propose(
    source: WorkflowVersion,
    target: WorkflowVersion,
    mapped: Mapping[str, str],
    by: StaffMember,
    reason: str,
    cases: Sequence[Case] | None = None,
) -> Transfer:
    """Propose that these cases of ``source``, without a choice all open ones, go on with ``target``.

    Raises TransferRefused.
    """
    _refuse_unless_allowed(by)
    if not reason.strip():
        raise TransferRefused(_("移行の理由を書いてください。"))
    _refuse_unfit(source, target, mapped)
    running = Case.objects.open().filter(version=source).order_by("pk")
    chosen = list(running[: LARGEST + 1]) if cases is None else list(cases)
    if not chosen or len(chosen) > LARGEST or any(case.version_id != source.pk for case in chosen):
        raise TransferRefused(
            _("移す案件を、この版で進行中の案件から1件以上%(most)s件以内で選んでください。") % {"most": LARGEST}
        )
    made = Transfer.objects.create(
        source=source, target=target, mapped=dict(mapped), proposed_by=by, reason=reason.strip()
    )
    TransferredCase.objects.bulk_create(TransferredCase(transfer=made, case=case) for case in chosen)
    _record("propose_transfer", made, by, cases=len(chosen))
    return made


def may_transfer(by: StaffMember) -> bool:
    """Whether he may have to do with transfers at all."""
    return is_manager(by) or by.has_perm("workflows.manage_case")


def dry_run(transfer: Transfer, most: int = LARGEST) -> list[Plan]:
    """What would happen to each case that still waits, ``most`` of them, as it stands now; nothing is changed."""
    spec = transfer.spec
    rows = transfer.rows.filter(state=WAITING).select_related("case")[:most]
    return [plan(row.case, spec, transfer.mapped) for row in rows]


@transaction.atomic
def review(transfer: Transfer, by: StaffMember) -> Transfer:
    """A second person has looked at the dry run and agrees.  Raises TransferRefused."""
    _refuse_unless_allowed(by)
    found = _locked(transfer)
    if found.proposed_by_id == by.pk:
        raise TransferRefused(_("移行を提案した人は、その確認をできません。ほかの人に頼んでください。"))
    if found.reviewed_at:
        raise TransferRefused(_("この移行はすでに確認されています。"))
    found.reviewed_by, found.reviewed_at = by, now()
    found.save(update_fields=["reviewed_by", "reviewed_at"])
    _record("review_transfer", found, by)
    return found


@transaction.atomic
def call_off(transfer: Transfer, by: StaffMember) -> None:
    """It is not done after all; its cases stay where they are.  Raises TransferRefused once one of them was moved."""
    _refuse_unless_allowed(by)
    found = _locked(transfer)
    if found.is_begun:
        raise TransferRefused(_("この移行はもう始まっているため、取りやめられません。"))
    _record("call_off_transfer", found, by, cases=found.rows.count())
    found.delete()


def carry_out(transfer: Transfer, by: StaffMember, most: int = LARGEST) -> list[TransferredCase]:
    """Move the cases that still wait, at most ``most``, each in its own transaction and judged again under its lock.

    What cannot be moved stays where it is, with the reason; what somebody else is at just now waits for the next time.
    Raises TransferRefused.
    """
    _refuse_unless_allowed(by)
    transfer.refresh_from_db()
    if transfer.proposed_by_id == by.pk:
        raise TransferRefused(_("移行を提案した人は、それを実行できません。ほかの人に頼んでください。"))
    if transfer.reviewed_at is None:
        raise TransferRefused(_("この移行はまだ確認されていません。"))
    spec = transfer.spec
    rows = list(transfer.rows.filter(state=WAITING).select_related("case")[:most])
    done = [_carry_out(row, transfer, spec, by) for row in rows]
    if not transfer.rows.filter(state=WAITING).exists():
        ended = Transfer.objects.filter(pk=transfer.pk, carried_out_at=None)
        ended.update(carried_out_by=by, carried_out_at=now())
        transfer.refresh_from_db()
    return done


def _carry_out(row: TransferredCase, transfer: Transfer, spec: WorkflowSpec, by: StaffMember) -> TransferredCase:
    """One case; of several who carry out at once exactly one moves it.  Raises TransferRefused if it was called off."""
    try:
        with row.case.locked():
            _locked(transfer)  # nobody calls it off meanwhile
            row.refresh_from_db(fields=["state", "why", "at"])
            if row.state == WAITING:
                _settle(row, transfer, spec, by)
    except CaseBusy:
        row.state = WAITING
    return row


def _settle(row: TransferredCase, transfer: Transfer, spec: WorkflowSpec, by: StaffMember) -> None:
    case = row.case
    found = plan(case, spec, transfer.mapped)
    refusal = found.refusal
    if case.version_id != transfer.source_id:
        refusal = _("もうほかの版に移っています。")
    row.state, row.why, row.at = (REFUSED if refusal else MOVED), refusal, now()
    row.save(update_fields=["state", "why", "at"])
    if not refusal:
        transferred(found, transfer.target)
        keep("transfer", case, by, to=str(transfer.target.number), reason=transfer.reason)
        numbers = {"from_version": transfer.source.number, "to_version": transfer.target.number}
        note("transfer", case, by, transfer=transfer.pk, **numbers)


def _refuse_unless_allowed(by: StaffMember) -> None:
    if not may_transfer(by):
        raise TransferRefused(_("版の移行ができるのは、案件管理者だけです。"))


def _refuse_unfit(source: WorkflowVersion, target: WorkflowVersion, mapped: Mapping[str, str]) -> None:
    """Two versions of one workflow, and a mapping from steps of people to steps of people."""
    if source.definition_id != target.definition_id or source.number >= target.number:
        raise TransferRefused(_("同じ決裁経路の、より新しい版を選んでください。"))
    old, new = WorkflowSpec.load(source.document), WorkflowSpec.load(target.document)
    if new.is_part:
        raise TransferRefused(_("この決裁経路は部品です。これを組み込んだ経路を使ってください。"))
    for spec, keys in ((old, mapped.keys()), (new, mapped.values())):
        known = {step.key for step in spec.every_step() if isinstance(step, HumanStep)}
        if unknown := next((key for key in keys if key not in known), ""):
            raise TransferRefused(_("「%(step)s」という段階がありません。") % {"step": unknown})


def _locked(transfer: Transfer) -> Transfer:
    found = Transfer.objects.select_for_update(of=("self",)).filter(pk=transfer.pk).first()
    if found is None:
        raise TransferRefused(_("この移行は取りやめられました。"))
    return found


def _record(verb: str, transfer: Transfer, by: StaffMember, **detail: Any) -> None:
    numbers = {"from_version": transfer.source.number, "to_version": transfer.target.number}
    target = f"workflow:{transfer.source.definition.key}"
    audit.record(verb, target, by, transfer=transfer.pk, **numbers, **detail)
