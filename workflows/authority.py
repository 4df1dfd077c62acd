"""Authority (権限): who may act on a task today, in which post, and who in place of whom (代決)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflows.assignees import MANAGER
from workflows.cases import Case, Task
from workflows.delegations import absent_among, are_away
from workflows.staff import PERMISSION, StaffMember, keys_of, post_title

ABSENT = "absent"


class DecisionRefused(Exception):
    """This decision cannot be taken; the message says why, in the language of whoever asked."""


@dataclass(frozen=True)
class Capacity:
    """In which post somebody acts; ``in_place_of`` is the assignee key of the decider for whom he stands in (代)."""

    post: str
    in_place_of: str = ""
    reason: str = ""


def capacity_of(task: Task, by: StaffMember, urgent: str = "") -> Capacity:
    """In which capacity the member, superuser or not, may decide on the task today.

    ``urgent`` is why a substitute cannot wait for a decider who is there.  Raises DecisionRefused.
    """
    refuse_own(task.case, by)
    if is_at_post(task, by):
        return Capacity(post_title(by, task.key))
    return _as_substitute(task, by, urgent)


def refuse_unless_authorised(task: Task, by: StaffMember) -> None:
    """Raises DecisionRefused unless the member may decide on the task today, himself or as a substitute."""
    capacity_of(task, by)


def may_decide(task: Task, by: StaffMember, urgent: str = "") -> bool:
    """Whether the member may decide on the task today; ``urgent`` as for ``capacity_of``."""
    try:
        capacity_of(task, by, urgent)
    except DecisionRefused:
        return False
    return True


def refuse_own(case: Case, by: StaffMember) -> None:
    """Nobody decides on what he applied for or drafted.  Raises DecisionRefused."""
    if case.subject.is_applicant(by) or case.subject.drafter == by:
        raise DecisionRefused(_("自分が申請・起案した案件は決裁できません。"))


def is_outsider(case: Case, by: StaffMember) -> bool:
    """Whether he applied for it as a resident: what the office says among itself about it is not for him."""
    return case.subject.is_applicant(by) and not case.subject.is_internal


def is_at_post(task: Task, by: StaffMember) -> bool:
    """Whether it is the member's to act on; the process manager only passes on what nobody answers to."""
    return task.is_blocking and task.waits_for(by) and not task.is_unroutable


def is_manager(by: StaffMember) -> bool:
    """Whether he looks after what nobody can be found for (案件管理者)."""
    return MANAGER in keys_of(by)


def refuse_second_pair_of_eyes(task: Task, by: StaffMember) -> None:
    """Where the route asks for four eyes, nobody acts at two of its steps.  Raises DecisionRefused."""
    if task.case.spec.four_eyes:
        made = task.case.decisions.filter(voided_at=None, by=by, outcome__in=("approved", "objected"))
        if made.exclude(step=task.step).exists():
            raise DecisionRefused(
                _("この経路では、同じ人が2つの段階を処理できません。ほかの担当者に転送してください。")
            )


def _as_substitute(task: Task, by: StaffMember, urgent: str) -> Capacity:
    named = _named_before(task, by)
    if named is None:
        unknown = task.is_unroutable and task.waits_for(by)
        raise DecisionRefused(
            _("担当者が決まっていない処理です。担当者に転送してください。")
            if unknown
            else _("この処理の担当ではないため、決裁できません。")
        )
    own, earlier = named
    if not all(are_away(key) for key in earlier):
        raise DecisionRefused(_("先に代決する人が不在ではないため、代決できません。"))
    if not _is_decider_away(task) and not urgent.strip():
        raise DecisionRefused(_("決裁する人が不在ではないため、代決できません。急ぐときは理由を書いてください。"))
    post = _("%(post)s（代）") % {"post": post_title(by, own)}
    decider = task.owner.get_username() if task.owner else task.meant_for or task.key
    return Capacity(post, decider, urgent.strip() or ABSENT)


def _named_before(task: Task, by: StaffMember) -> tuple[str, Sequence[str]] | None:
    """The key under which the member is named as substitute, and those named before it; None if he is not."""
    if not (task.is_blocking and task.is_open and task.step and task.human_step.is_decision):
        return None
    keys = [each.removeprefix(PERMISSION) for each in task.substitutes.values_list("permission", flat=True)]
    own = keys_of(by)
    place = next((place for place, key in enumerate(keys) if key in own), None)
    return None if place is None else (keys[place], keys[:place])


def _is_decider_away(task: Task) -> bool:
    if task.owner is not None:
        return bool(absent_among([task.owner]))
    return task.is_unroutable or are_away(task.key)
