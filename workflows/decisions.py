"""Decisions (決裁): what was decided on a task, by whom or by which rule, signed into the chain of its case."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemas.writing import paragraphs
from workflows.assignees import original
from workflows.authority import Capacity, DecisionRefused, capacity_of, refuse_second_pair_of_eyes
from workflows.cases import LATER_READING, Case, CaseBusy, Task
from workflows.contents import Content, checked, written
from workflows.deadlines import stop_clock
from workflows.handwritten import Handwritten, first
from workflows.keyring import EncryptedJSONField, EncryptedTextField
from workflows.readings import ask_to_read
from workflows.references import ROUTE
from workflows.rules import Verdict
from workflows.signatures import digest_of, sign
from workflows.spec import ADDED, HumanStep
from workflows.staff import StaffMember, holdings_of
from workflows.staff_fields import sealed
from workflows.statements import payload
from workflows.traces import note

#: Outcomes whose comment is written to the applicant; any other comment stays inside the office.
TOLD_TO_APPLICANT = frozenset({"correction", "refused"})
LONGEST_ACTOR, LONGEST_NAME = 150, 200
BY_PEOPLE = models.Q(by__isnull=False)
LAST = "SELECT number, digest FROM workflows_decision WHERE case_id = %s ORDER BY number DESC LIMIT 1"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Not made void by a return."""
        return self.filter(voided_at=None)

    def last_of(self, member: StaffMember) -> Self:
        """The member's, of each case the last one only."""
        later = Decision.objects.filter(case=models.OuterRef("case"), number__gt=models.OuterRef("number"), by=member)
        return self.filter(~models.Exists(later.order_by()), by=member)


class Decision(Handwritten):
    """One decision (決裁・承認・差戻し・補正の求め), numbered in its case.  ``by`` is empty where a rule decided.

    ``in_place_of`` is the assignee key of the decider for whom a substitute decided (代決), ``urgency`` why;
    ``conditions`` (附款) are printed on the notice.
    ``voided_at`` and ``voided_by`` (the number of the returning decision) tell that its step is to be done again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", db_index=False)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="decisions", db_index=False)
    number = models.PositiveIntegerField(gettext_lazy("番号"))
    step = models.CharField(gettext_lazy("段階"), max_length=100)
    outcome = models.CharField(gettext_lazy("結果"), max_length=20)
    to = models.CharField(gettext_lazy("差戻し先"), max_length=100, blank=True)
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, db_index=False, related_name="decisions")
    actor = models.CharField(gettext_lazy("決裁者の記号"), max_length=150)
    actor_name = models.CharField(gettext_lazy("決裁者"), max_length=200)
    post = models.CharField(gettext_lazy("職"), max_length=200, blank=True)
    in_place_of = models.CharField(gettext_lazy("代決された決裁者"), max_length=150, blank=True)
    urgency = EncryptedTextField(gettext_lazy("代決の理由"), null=True)
    comment = EncryptedTextField(gettext_lazy("コメント"), default="")
    conditions = EncryptedJSONField(gettext_lazy("条件"), null=True)
    entries = EncryptedJSONField(gettext_lazy("職員の記入"), null=True)
    remarks = EncryptedJSONField(gettext_lazy("補正の指摘"), default=dict)
    explanation = EncryptedJSONField(gettext_lazy("規則の説明"), default=list)
    at = models.DateTimeField(gettext_lazy("日時"), default=now)
    jws = models.TextField()
    digest = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.PositiveIntegerField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("決裁")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="decision_number")]
        indexes = [models.Index(fields=["by", "at", "id"], name="decision_by", condition=BY_PEOPLE)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.outcome}"

    @property
    def is_by_rule(self) -> bool:
        return self.by_id is None

    @property
    def step_title(self) -> str:
        return self.case.spec.step(self.step).title

    @property
    def is_substituted(self) -> bool:
        """Whether it was taken in place of the decider (代決)."""
        return bool(self.in_place_of)

    @property
    def filled_in(self) -> Mapping[str, Any]:
        """What was filled in at the step (職員記入欄), by field."""
        found: Any = self.entries
        return dict(found["values"]) if found else {}

    @property
    def comment_to_applicant(self) -> str:
        """The comment if it is the applicant's to read; comments on an approval are not."""
        return self.comment if self.outcome in TOLD_TO_APPLICANT else ""


@dataclass(frozen=True)
class Author:
    """Who decides: a member in a post, or a rule by its key and title."""

    actor: str
    name: str
    capacity: Capacity
    member: StaffMember | None


def decide(
    task: Task,
    outcome: str,
    by: StaffMember,
    comment: str = "",
    remarks: Mapping[str, str] | None = None,
    to: str | None = None,
    conditions: Sequence[str] = (),
    urgent: str = "",
    entries: Mapping[str, Any] | None = None,
) -> Decision:
    """Decide on the task, sign it, and move the case on: all of it, or nothing.

    ``remarks`` say by JSON pointer what the applicant is to correct; ``to`` is the key of the step to return to, that
    before it if left out; ``conditions`` (附款) go with an approval; ``urgent`` is why a substitute does not wait for a
    decider who is there; ``entries`` are what the step's own fields (職員記入欄) hold.  Of several who decide at once,
    exactly one does.  Raises DecisionRefused.
    """
    holdings_of(by)  # read before the case is locked
    asked = tuple(filter(None, (paragraphs(each) for each in conditions)))
    wish = Content(outcome, paragraphs(comment), written(remarks or {}), (), to or "", asked, entries or {})
    try:
        with task.activation() as activation:
            return _decide(activation, task, by, wish, urgent)
    except CaseBusy as busy:
        raise DecisionRefused(_("ほかの人がこの案件を処理中です。少し待ってからお試しください。")) from busy


def _decide(activation: Any, task: Task, by: StaffMember, wish: Content, urgent: str) -> Decision:
    capacity = capacity_of(task, by, paragraphs(urgent))
    content = checked(task, wish)
    refuse_second_pair_of_eyes(task, by)
    author = Author(by.get_username(), str(by), capacity, by)
    decision = record(task.case, task.step, author, content, task)
    _take_effect(task, decision)
    activation.leave(content.outcome, content.to)
    _keep_outcome(task.case)
    note("decide", task.case, by, step=task.step, outcome=content.outcome)
    return decision


def record(case: Case, step: str, author: Author, content: Content, task: Task | None = None) -> Decision:
    """Sign a decision into the chain of its case, whose lock the caller holds."""
    number, previous = case.decision_head or _head(case)
    decision = Decision(
        case=case,
        task=task,
        number=number + 1,
        step=step,
        outcome=content.outcome,
        to=content.to,
        by=author.member,
        actor=author.actor,
        actor_name=author.name,
        post=author.capacity.post,
        in_place_of=author.capacity.in_place_of,
        urgency=author.capacity.reason or None,
        comment=content.comment,
        conditions=list(content.conditions) or None,
        entries=sealed(content.entries),
        remarks=dict(content.remarks),
        explanation=list(content.explanation),
    )
    decision.jws = sign(payload(decision), author.member, previous)
    decision.digest = digest_of(decision.jws)
    decision.save(force_insert=True)
    case.known_facts = None if decision.entries else case.known_facts
    case.fresh_decisions.append(decision)
    case.decision_head = (decision.number, decision.digest)
    return decision


def record_by_rule(case: Case, step: str, verdict: Verdict) -> Decision:
    """Sign what the rules decided, with the explanation of every row of their table."""
    keys, titles = "+".join(row.key for row in verdict.rows), "・".join(row.title for row in verdict.rows)
    author = Author(f"rule:{keys}"[:LONGEST_ACTOR], titles[:LONGEST_NAME], Capacity(""), None)
    content = Content(verdict.outcome, explanation=verdict.explanation(), conditions=verdict.conditions)
    case.deciding = record(case, step, author, content)
    return case.deciding


def _head(case: Case) -> tuple[int, str]:
    """Number and digest of the last decision; before the first, the content as it was first submitted."""
    number, digest = first(LAST, [case.pk]) or (0, case.first_sha256)
    return number, digest


def conditions_of(case: Case) -> list[str]:
    """What the approval of the case is subject to (附款): the conditions of the deciding step, that still stand."""
    made = case.decisions.standing().filter(outcome="approved", conditions__isnull=False).order_by("-number")
    deciding = (each for each in made if isinstance(step := case.spec.step(each.step), HumanStep) and step.is_decision)
    found: Any = next((each.conditions for each in deciding), None)
    return list(found or ())


def _take_effect(task: Task, decision: Decision) -> None:
    """What an outcome means for the case, besides which step comes next."""
    case = task.case
    if decision.is_substituted:
        ask_to_read(case, original(task), LATER_READING, task.step, task)
    if decision.outcome in ("approved", "refused") and task.human_step.is_decision:
        case.outcome, case.deciding = decision.outcome, decision
    elif decision.outcome == "returned":
        void_from(case, decision.to, task.step)
    elif decision.outcome == "correction":
        stop_clock(case)
        if task.token != ROUTE:
            Task.objects.blocking(case).exclude(pk=task.pk).update(is_parked=True)
        case.subject.on_correction_requested(decision.remarks, decision)


def void_from(case: Case, to: str, at: str) -> None:
    """What was approved from the step ``to`` on counts no longer, because the case goes back there from ``at``."""
    steps, case.known_facts = case.spec.redone(to, at), None
    made = case.decisions.standing().filter(step__in=steps | {step + ADDED for step in steps})
    made.filter(outcome__in=("approved", "objected")).update(
        voided_at=now(), voided_by=(case.decision_head or _head(case))[0]
    )
    if case.outcome:
        case.outcome, case.deciding = "", None
        case.save(update_fields=["outcome"])


def _keep_outcome(case: Case) -> None:
    """Where steps follow the deciding one, the case stays open with its outcome; a closed case was saved with it."""
    if case.is_open and case.outcome:
        case.save(update_fields=["outcome"])
