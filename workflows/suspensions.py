"""Suspensions (停止): one row of a table of rules decides nothing until it is resumed, in every process at once.

The frozen version is not touched: each reading of a table asks which of its rows are suspended.  A suspension of a row
in a part (部品) holds wherever that part was taken over.
"""

from collections.abc import Iterable
from typing import Self

from django.db import IntegrityError, connection, models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows import audit
from workflows.assignees import MANAGER
from workflows.definitions import WorkflowVersion
from workflows.keyring import EncryptedTextField
from workflows.spec import WorkflowSpec
from workflows.staff import StaffMember, departments_of, keys_of
from workflows.tables import RulesStep, TableRow


class SuspensionRefused(Exception):
    """The row cannot be suspended or resumed; the message says why."""


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(until=None)

    def of(self, origins: Iterable[tuple[str, str]]) -> Self:
        """Those of any row of a step, by the workflows and keys under which it is known."""
        named = (models.Q(workflow=workflow, step=step) for workflow, step in origins)
        return self.filter(models.Q(*named, _connector=models.Q.OR))


class Suspension(models.Model):
    """One row suspended, since when, by whom and why.  The reason is for the office alone and encrypted at rest."""

    workflow = models.CharField(gettext_lazy("決裁経路"), max_length=63)
    step = models.CharField(gettext_lazy("段階"), max_length=150)
    row = models.CharField(gettext_lazy("規則"), max_length=63)
    since = models.DateTimeField(gettext_lazy("停止"), default=now)
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    reason = EncryptedTextField(gettext_lazy("理由"), default="")
    until = models.DateTimeField(gettext_lazy("再開"), null=True, blank=True)
    ended_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("規則の停止")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workflow", "step", "row"], name="suspension_once", condition=models.Q(until=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.workflow} {self.step} {self.row}"


def suspended_rows(spec: WorkflowSpec, step: str, known: str | None = None) -> frozenset[str]:
    """The keys of the rows of a step that are suspended at this moment; ``known`` is the answer
    to ``running_question()``, where it was asked just now."""
    if known is None:
        return frozenset(Suspension.objects.running().of(spec.origins(step)).values_list("row", flat=True))
    running = [tuple(one.split("/")) for one in known.split()]
    return frozenset(row for *place, row in running if tuple(place) in spec.origins(step))


def running_question() -> str:
    """The statement that names every suspended row as ``workflow/step/row``, apart by blanks; keys hold neither."""
    join = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    return f"""SELECT COALESCE({join}(workflow || '/' || step || '/' || "row", ' '), '')
               FROM workflows_suspension WHERE until IS NULL"""  # noqa: S608


@transaction.atomic
def suspend(workflow: str, step: str, row: str, by: StaffMember | None, reason: str) -> Suspension:
    """From now on the row decides nothing: its cases go to people.  ``by`` is empty on the command line.

    Who answers for the row may, and the process manager.  Raises SuspensionRefused, also without a reason.
    """
    found = _row(workflow, step, row)
    if not may_suspend(found, by):
        raise SuspensionRefused(_("この規則を止められるのは、規則の責任者と案件管理者だけです。"))
    if found.outcome != "approved":
        raise SuspensionRefused(_("この規則は案件を人に回すだけなので、止める必要はありません。"))
    if not reason.strip():
        raise SuspensionRefused(_("停止の理由を書いてください。"))
    try:
        with transaction.atomic():
            made = Suspension.objects.create(workflow=workflow, step=step, row=row, by=by, reason=reason.strip())
    except IntegrityError as twice:
        raise SuspensionRefused(_("この規則はすでに停止中です。")) from twice
    audit.record("suspend_rule", f"workflow:{workflow}", by, step=step[: audit.LONGEST_TEXT], row=row)
    return made


@transaction.atomic
def resume(workflow: str, step: str, row: str, by: StaffMember | None) -> Suspension:
    """From now on the row decides again.  Raises SuspensionRefused."""
    if not may_suspend(_row(workflow, step, row), by):
        raise SuspensionRefused(_("この規則を再開できるのは、規則の責任者と案件管理者だけです。"))
    found = Suspension.objects.select_for_update(of=("self",)).running()
    suspension = found.filter(workflow=workflow, step=step, row=row).first()
    if suspension is None:
        raise SuspensionRefused(_("この規則は停止していません。"))
    suspension.until, suspension.ended_by = now(), by
    suspension.save(update_fields=["until", "ended_by"])
    audit.record("resume_rule", f"workflow:{workflow}", by, step=step[: audit.LONGEST_TEXT], row=row)
    return suspension


def may_suspend(row: TableRow, by: StaffMember | None) -> bool:
    """Whether the member answers for the row, or is the process manager; whoever has the command line may."""
    if by is None:
        return True
    owner = row.owner or {}
    is_owner = owner.get("login") == by.get_username() or owner.get("department") in departments_of(by)
    return by.is_active and (is_owner or MANAGER in keys_of(by))


def _row(workflow: str, step: str, row: str) -> TableRow:
    """The row as the current version has it, or the newest in which it stands: running cases may stand on that."""
    for found in _versions(workflow):
        table = next((each for each in found.every_step() if each.key == step and isinstance(each, RulesStep)), None)
        named = next((each for each in table.table if each.key == row), None) if isinstance(table, RulesStep) else None
        if named is not None:
            return named
    raise SuspensionRefused(_("「%(row)s」という規則はありません。") % {"row": row})


def _versions(workflow: str) -> Iterable[WorkflowSpec]:
    versions = WorkflowVersion.objects.of(workflow).order_by("-number")
    return (WorkflowSpec.load(version.document) for version in versions.iterator(chunk_size=10))
