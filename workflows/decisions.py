"""Decisions (決裁): what was decided on a task, by whom or by which rule, signed into the chain of its case."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any, Self

from django.db import connection, models
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemas.writing import paragraphs
from workflows.cases import Case, CaseBusy, Task
from workflows.deadlines import stop_clock
from workflows.keyring import EncryptedJSONField, EncryptedTextField
from workflows.signatures import digest_of, digest_of_content, kid_of, public_keys, sign
from workflows.spec import HumanStep, TableRow
from workflows.staff import StaffMember, holdings_of, keys_of, post_title
from workflows.traces import note

#: Outcomes whose comment is written to the applicant; any other comment stays inside the office.
TOLD_TO_APPLICANT = frozenset({"correction", "refused"})
LAST = "SELECT number, digest FROM workflows_decision WHERE case_id = %s ORDER BY number DESC LIMIT 1"


class DecisionRefused(Exception):
    """This decision cannot be taken; the message says why, in the language of whoever asked."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Not made void by a return."""
        return self.filter(voided_at=None)


class Decision(models.Model):
    """One decision (決裁・承認・差戻し・補正の求め), numbered in its case.  ``by`` is empty where a rule decided.

    ``voided_at`` and ``voided_by`` (the number of the returning decision) tell that its step is to be done again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", db_index=False)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="decisions", db_index=False)
    number = models.PositiveIntegerField(gettext_lazy("番号"))
    step = models.CharField(gettext_lazy("段階"), max_length=100)
    outcome = models.CharField(gettext_lazy("結果"), max_length=20)
    to = models.CharField(gettext_lazy("差戻し先"), max_length=100, blank=True)
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="decisions")
    actor = models.CharField(gettext_lazy("決裁者の記号"), max_length=150)
    actor_name = models.CharField(gettext_lazy("決裁者"), max_length=200)
    post = models.CharField(gettext_lazy("職"), max_length=200, blank=True)
    comment = EncryptedTextField(gettext_lazy("コメント"), default="")
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

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.outcome}"

    @property
    def is_by_rule(self) -> bool:
        return self.by_id is None

    @property
    def step_title(self) -> str:
        return self.case.spec.step(self.step).title

    @property
    def comment_to_applicant(self) -> str:
        """The comment if it is the applicant's to read; comments on an approval are not."""
        return self.comment if self.outcome in TOLD_TO_APPLICANT else ""


@dataclass(frozen=True)
class Author:
    """Who decides: a member in a post, or a rule by its key and title."""

    actor: str
    name: str
    post: str
    member: StaffMember | None


@dataclass(frozen=True)
class Content:
    """What is decided; ``to`` is where a return goes."""

    outcome: str
    comment: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    explanation: Sequence[Mapping[str, Any]] = ()
    to: str = ""


def decide(
    task: Task,
    outcome: str,
    by: StaffMember,
    comment: str = "",
    remarks: Mapping[str, str] | None = None,
    to: str | None = None,
) -> Decision:
    """Decide on the task, sign it, and move the case on: all of it, or nothing.

    ``remarks`` say by JSON pointer what the applicant is to correct; ``to`` is the key of the step to return to, that
    before it if left out.  Of several who decide at once, exactly one does.  Raises DecisionRefused.
    """
    holdings_of(by)  # read before the case is locked
    wish = Content(outcome, paragraphs(comment), _written(remarks), to=to or "")
    try:
        with task.activation() as activation:
            return _decide(activation, task, by, wish)
    except CaseBusy as busy:
        raise DecisionRefused(_("ほかの人がこの案件を処理中です。少し待ってからお試しください。")) from busy


def _written(remarks: Mapping[str, str] | None) -> dict[str, str]:
    return {pointer: text.strip() for pointer, text in (remarks or {}).items() if text.strip()}


def _decide(activation: Any, task: Task, by: StaffMember, wish: Content) -> Decision:
    refuse_unless_authorised(task, by)
    content = _checked(task, wish)
    author = Author(by.get_username(), str(by), post_title(by, task.key), by)
    decision = record(task.case, task.step, author, content, task)
    _take_effect(task, decision)
    activation.leave(content.outcome, content.to)
    _keep_outcome(task.case)
    note("decide", task.case, by, step=task.step, outcome=content.outcome)
    return decision


def refuse_unless_authorised(task: Task, by: StaffMember) -> None:
    """Raises DecisionRefused unless the member, superuser or not, holds the task's post today and did not apply."""
    if task.key not in keys_of(by):
        raise DecisionRefused(_("この処理の担当ではないため、決裁できません。"))
    if task.case.subject.is_applicant(by):
        raise DecisionRefused(_("自分が申請した案件は決裁できません。"))


def _checked(task: Task, wish: Content) -> Content:
    """The wish as it can be granted now; raises DecisionRefused if it cannot."""
    if not task.is_open:
        raise DecisionRefused(_("この処理はすでに終わっています。ほかの人が先に決裁したか、申請が取り下げられました。"))
    if wish.outcome not in task.human_step.outcomes:
        raise DecisionRefused(_("この段階では選べない結果です。"))
    if wish.outcome == "refused" and not wish.comment:
        raise DecisionRefused(_("不承認には理由が必要です。"))  # 行政手続法 第8条
    if wish.outcome == "correction" and not (wish.remarks or wish.comment):
        raise DecisionRefused(_("補正を求めるには、直してほしい項目か理由を書いてください。"))
    if unknown := task.case.subject.not_correctable(wish.remarks):
        raise DecisionRefused(_("補正を求められる項目ではありません：%(pointers)s") % {"pointers": "、".join(unknown)})
    return replace(wish, to=_returned_to(task, wish.to) if wish.outcome == "returned" else "")


def _returned_to(task: Task, to: str) -> str:
    earlier = [step.key for step in earlier_steps(task)]
    if not earlier:
        raise DecisionRefused(_("これより前に、差し戻せる段階はありません。"))
    if to and to not in earlier:
        raise DecisionRefused(_("差戻し先は、すでに通った段階から選んでください。"))
    return to or earlier[-1]


def earlier_steps(task: Task) -> list[HumanStep]:
    """The steps of people that the case came through on its way to this task, in order: where it can be returned to."""
    passed = set(task.case.decisions.standing().filter(outcome="approved").values_list("step", flat=True))
    return [step for step in task.case.spec.before(task.step) if step.key in passed]


def offered(task: Task) -> tuple[str, ...]:
    """The outcomes that can be chosen on this task now."""
    outcomes = task.human_step.outcomes
    if "returned" in outcomes and not earlier_steps(task):
        return tuple(outcome for outcome in outcomes if outcome != "returned")
    return outcomes


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
        post=author.post,
        comment=content.comment,
        remarks=dict(content.remarks),
        explanation=list(content.explanation),
    )
    decision.jws = sign(_payload(decision), author.member, previous)
    decision.digest = digest_of(decision.jws)
    decision.save(force_insert=True)
    case.fresh_decisions.append(decision)
    case.decision_head = (decision.number, decision.digest)
    return decision


def record_by_rule(case: Case, step: str, row: TableRow, explanation: Sequence[Mapping[str, Any]]) -> Decision:
    """Sign what a rule decided, with the explanation of every row of its table."""
    author = Author(f"rule:{row.key}", row.title, "", None)
    return record(case, step, author, Content(row.outcome, explanation=explanation))


def _head(case: Case) -> tuple[int, str]:
    """Number and digest of the last decision; before the first, the content as it was first submitted."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [case.pk])
        return cursor.fetchone() or (0, case.first_sha256)


def _payload(decision: Decision) -> dict[str, Any]:
    case = decision.case
    return {
        "subject_sha256": case.content_sha256,
        "workflow": case.spec.key,
        "workflow_version": case.flow_class.number,
        "case": str(case.public_id),
        **_words(decision),
        "comment_sha256": digest_of_content(decision.comment),
        "remarks_sha256": digest_of_content(decision.remarks),
        "explanation_sha256": digest_of_content(decision.explanation),
    }


def _words(decision: Decision) -> dict[str, Any]:
    """What is signed as it stands, and archived beside the signature for people to read."""
    names = ("number", "step", "actor", "actor_name", "post", "outcome", "to")
    at = decision.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {**{name: getattr(decision, name) for name in names}, "at": at}


def _take_effect(task: Task, decision: Decision) -> None:
    """What an outcome means for the case, besides which step comes next."""
    case = task.case
    if task.human_step.is_decision and decision.outcome in ("approved", "refused"):
        case.outcome = decision.outcome
    elif decision.outcome == "returned":
        case.outcome = ""
        redone = case.spec.redone(decision.to, task.step)
        void = case.decisions.standing().filter(outcome="approved", step__in=redone)
        void.update(voided_at=decision.at, voided_by=decision.number)
    elif decision.outcome == "correction":
        stop_clock(case)
        case.subject.on_correction_requested(decision.remarks, decision)


def _keep_outcome(case: Case) -> None:
    """Where steps follow the deciding one, the case stays open with its outcome; a closed case was saved with it."""
    if case.is_open and case.outcome:
        case.save(update_fields=["outcome"])


def chain(case: Case) -> dict[str, Any]:
    """The decisions of a case as they are archived (decisions.json): signatures, what they say, whose keys made them.

    Holds what the applicant may read: comments on approvals stand in it as digests only.
    """
    decisions = list(case.decisions.select_related("case").order_by("number"))
    return {
        "reference": case.reference,
        "workflow": case.spec.key,
        "workflow_version": case.flow_class.number,
        "decisions": [_link(decision) for decision in decisions],
        "keys": public_keys({kid_of(decision.jws) for decision in decisions}),
        "head": decisions[-1].digest if decisions else case.first_sha256,
    }


def _link(decision: Decision) -> dict[str, Any]:
    words = {"comment": decision.comment_to_applicant, "remarks": decision.remarks, "explanation": decision.explanation}
    return {
        "jws": decision.jws,
        "digest": decision.digest,
        **_words(decision),
        "step_title": decision.step_title,
        "voided_by": decision.voided_by,
        **{name: content for name, content in words.items() if content},
    }
