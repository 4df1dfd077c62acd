"""Standings (版ごとの状況): how many cases run on which version of a workflow, and at which of its steps they wait.

Counts end at CAP for each version: what is asked costs a range of an index, however many cases there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Subquery

from workflows.cases import APPLICANT, STEP, Case, Task
from workflows.definitions import WorkflowVersion

#: How many cases of a version are counted at most.
CAP = 1000


@dataclass(frozen=True)
class Standing:
    """The open cases of one version.  ``steps``: how many of them wait there, by its key; APPLICANT for corrections.

    A case in a parallel block waits at several steps.  ``is_capped``: there are more than were counted.
    """

    number: int
    cases: int
    is_capped: bool
    steps: Mapping[str, int] = field(default_factory=dict)


def standings(key: str) -> list[Standing]:
    """The versions of a workflow that cases run on, the oldest first; none if there are no open cases."""
    versions = WorkflowVersion.objects.of(key).order_by("number").values_list("pk", "number")
    found = (_standing(pk, number) for pk, number in versions)
    return [standing for standing in found if standing.cases]


@dataclass(frozen=True)
class LeftBehind:
    """A version on which cases still run although a newer one was published: ``newest`` is the last one's number."""

    version: WorkflowVersion
    newest: int
    standing: Standing


def left_behind() -> list[LeftBehind]:
    """The older versions that cases run on, by the title of their workflow."""
    last = WorkflowVersion.objects.filter(definition=OuterRef("definition")).order_by("-number").values("number")[:1]
    running = Case.objects.open().filter(version=OuterRef("pk")).order_by()
    older = WorkflowVersion.objects.annotate(newest_number=Subquery(last)).filter(number__lt=F("newest_number"))
    found = older.filter(Exists(running)).select_related("definition").order_by("definition__title", "number")
    return [LeftBehind(one, one.newest_number, _standing(one.pk, one.number)) for one in found]


def _standing(pk: int, number: int) -> Standing:
    running = Case.objects.open().filter(version=pk).order_by("pk").values_list("pk", flat=True)
    counted = list(running[: CAP + 1])
    if not counted:
        return Standing(number, 0, False)
    waiting = Task.objects.filter(process__in=running[:CAP], finished=None, kind=STEP, is_parked=False).order_by()
    at = waiting.values_list("step", "owner_permission").annotate(Count("process", distinct=True))
    steps: dict[str, int] = {}
    for step, permission, count in at:
        named = APPLICANT if permission == APPLICANT else step
        steps[named] = steps.get(named, 0) + count
    return Standing(number, min(len(counted), CAP), len(counted) > CAP, steps)
