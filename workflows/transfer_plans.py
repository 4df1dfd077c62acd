"""Transfer plans (移行の見込み): what would happen to one case if it went on with another version of its workflow.

Nothing that was decided may be lost or be asked for again: what stands in the way refuses, in words, and nothing is
changed by asking.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflows import places
from workflows.cases import APPLICANT, BLOCKING, Case, Task
from workflows.references import ROUTE
from workflows.spec import ADDED, HumanStep, WorkflowSpec

#: Which step of the new version takes the place of one of the old; steps not in it keep their keys.
Mapped = Mapping[str, str]


@dataclass(frozen=True)
class Position:
    """One open task and the step at which it would wait; no step while the applicant corrects."""

    task: Task
    step: str


@dataclass(frozen=True)
class Plan:
    """What would happen to a case: where each of its tasks goes and which decisions stay, or why it cannot be moved."""

    case: Case
    positions: tuple[Position, ...]
    decided: tuple[str, ...]
    refusal: str = ""

    @property
    def is_possible(self) -> bool:
        return not self.refusal


def plan(case: Case, spec: WorkflowSpec, mapped: Mapped) -> Plan:
    """What would happen to the case on this version; the caller holds its lock if it is to be true afterwards too."""
    tasks = list(Task.objects.blocking(case).select_related("owner", "came_from").order_by("pk"))
    # a step comes before what was put in before it, so that what takes its place is there
    ordered = sorted(tasks, key=lambda task: (task.before_id is not None, task.pk))
    positions = tuple(Position(task, _step(task, mapped)) for task in ordered)
    made = case.decisions.order_by("number").values_list("step", flat=True)
    decided = tuple(dict.fromkeys(made))
    refusal = next(_refusals(case, spec, mapped, positions), "")
    return Plan(case, positions, decided, refusal)


def target_of(key: str, mapped: Mapped) -> str:
    """The key under which a step goes on; a step that was put in stays before the one it was put in before."""
    base = key.removesuffix(ADDED)
    return mapped.get(base, base) + (ADDED if key.endswith(ADDED) else "")


def _step(task: Task, mapped: Mapped) -> str:
    return "" if task.owner_permission == APPLICANT else target_of(task.step, mapped)


def _refusals(case: Case, spec: WorkflowSpec, mapped: Mapped, positions: tuple[Position, ...]) -> Iterator[str]:
    """Why it cannot be moved, the plainest reason first."""
    if not case.is_open:
        yield _("すでに終わった案件です。")
    elif any(position.task.token != ROUTE for position in positions):
        yield _("合議や並列の途中です。それが終わってから移してください。")
    yield from _lost(case, spec)
    for position in positions:
        key = (position.step or _asking(position.task)).removesuffix(ADDED)
        yield from _misplaced(case, spec, key) if key else ()


def _asking(task: Task) -> str:
    """The step that asked for the correction and gets the case back; empty where the drafter took it back himself."""
    return task.came_from.step if task.came_from else ""


def _lost(case: Case, spec: WorkflowSpec) -> Iterator[str]:
    """Where people acted there has to be such a step in the new version too: their decisions name it."""
    old, new = _people(case.spec), _people(spec)
    acted = list(case.decisions.order_by("number").values_list("step", flat=True))
    acted += Task.objects.filter(process=case, kind__in=BLOCKING).exclude(finished=None).values_list("step", flat=True)
    for key in dict.fromkeys(each.removesuffix(ADDED) for each in acted):
        if key in old and (key not in new or new[key].kind != old[key].kind):
            yield _("「%(step)s」で行われた決裁が、移る先の版に残せません。") % {"step": case.spec.title_of(key)}
    beside = {step.key for step in spec.every_step()}
    due = case.deliveries.filter(arrived_at=None, given_up_at=None).values_list("step", flat=True)
    unread = Task.objects.filter(process=case, finished=None).exclude(kind__in=BLOCKING).values_list("step", flat=True)
    if any(each.removesuffix(ADDED) not in beside for each in (*due, *unread)):
        yield _("まだ読まれていない後閲・供覧・報告か、送られていない外部送付の段階が、移る先の版にありません。")


def _people(spec: WorkflowSpec) -> dict[str, HumanStep]:
    return {step.key: step for step in spec.human_steps()}


def _misplaced(case: Case, spec: WorkflowSpec, key: str) -> Iterator[str]:
    """The place has to lie behind all that stands, and not behind a decision that was never taken."""
    target = _people(spec).get(key)
    if target is None:
        yield _("「%(step)s」の移り先が決まっていません。") % {"step": case.spec.title_of(key)}
        return
    if spec.blocks(key):
        yield _("「%(step)s」は移る先の版では合議や並列の中にあるため、移れません。") % {"step": target.title}
    passed = {step.key: step for step in places.flat(spec.before(key))}
    standing = case.decisions.standing().filter(outcome__in=("approved", "objected"))
    for decided in standing.order_by("number").values_list("step", flat=True):
        if decided.removesuffix(ADDED) not in passed and decided != key + ADDED:
            names = {"step": case.spec.title_of(decided), "to": target.title}
            yield (
                _("「%(step)s」はもう済んでいますが、移る先の版では「%(to)s」の後にあり、やり直しになります。") % names
            )
    if not case.outcome and any(isinstance(step, HumanStep) and step.is_decision for step in passed.values()):
        yield _("移ると決裁の段階を飛ばしてしまいます。")
