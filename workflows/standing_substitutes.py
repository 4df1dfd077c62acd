"""Standing substitutes (代決の指定): the posts that may decide in place of another, first, second, …, from–until.

They count at every decision whose route names no substitutes of its own, and at no other step.  For what waits already
they are named anew at once, and by the sweep when a period has begun or ended.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db import connection, models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows import audit
from workflows.assignees import keys_for
from workflows.cases import Case, Task
from workflows.changes import Change, OrganisationRefused, put
from workflows.delegations import drop_substitutes, name_substitutes, substitutes_of
from workflows.spec import HumanStep
from workflows.staff import PERMISSION, StaffMember

#: How many may be named for one post.
MOST = 9
#: The sweep looks back as far as this, so that a worker that stood still for some days catches up.
LOOK_BACK = timedelta(days=7)

#: Written by hand, because every decision asks it (see handwritten).
NAMED = """
    SELECT substitute FROM workflows_standingsubstitute
    WHERE post = %s AND since <= %s AND (until IS NULL OR until >= %s) ORDER BY place, since, id
"""


class SubstituteRefused(OrganisationRefused):
    """This post cannot be named as substitute; the message says why, ``field`` what to look at."""


class StandingSubstitute(models.Model):
    """One post that may decide in place of another, both days included; both are assignee keys."""

    post = models.CharField(gettext_lazy("決裁する職"), max_length=120)
    substitute = models.CharField(gettext_lazy("代決する職"), max_length=120)
    place = models.PositiveSmallIntegerField(gettext_lazy("順位"))
    since = models.DateField(gettext_lazy("初日"))
    until = models.DateField(gettext_lazy("最終日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("代決の指定")
        ordering = ["post", "place", "since", "id"]
        indexes = [models.Index(fields=["post", "place"], name="standing_substitute_post")]

    def __str__(self) -> str:
        return f"{self.post} {self.place} {self.substitute}"


@transaction.atomic
def name_substitute(
    post: str, substitute: str, place: int, since: date, until: date | None, by: StaffMember | None
) -> StandingSubstitute:
    """From–until, both days included, this post may decide in place of that one, in this place.

    Raises SubstituteRefused.
    """
    made = StandingSubstitute(post=post, substitute=substitute, place=place, since=since, until=until)
    _refuse_unfit(made, _named_under_lock(post))
    _put(made, place, until, by)
    return made


@transaction.atomic
def put_substitute(
    post: str, substitute: str, place: int, since: date, until: date | None, by: StaffMember | None
) -> Change:
    """It shall be so; where it began that day already, it is changed.  Raises SubstituteRefused."""
    named = _named_under_lock(post)
    found = next((one for one in named if (one.substitute, one.since) == (substitute, since)), None)
    made = StandingSubstitute(post=post, substitute=substitute, place=place, since=since, until=until)
    _refuse_unfit(made, [one for one in named if one is not found])
    return _put(found or made, place, until, by)


def _named_under_lock(post: str) -> list[StandingSubstitute]:
    return list(StandingSubstitute.objects.select_for_update().filter(post=post))


def _put(row: StandingSubstitute, place: int, until: date | None, by: StaffMember | None) -> Change:
    change = put(row, {"place": place, "until": until})
    if change != Change.UNCHANGED:
        verb = "end_substitute" if change == Change.ENDED else "name_substitute"
        period = {"since": str(row.since), "until": str(until or "")}
        audit.record(verb, f"post:{row.post}", by, substitute=row.substitute, place=place, **period)
        renew({row.post})
    return change


def load_substitutes(entries: Iterable[Mapping[str, str]]) -> None:
    """Name those of a document, ``{"post", "substitute", "since"}``, that were never named before."""
    for one in entries:
        names = {name: one[name] for name in ("post", "substitute")}
        if not StandingSubstitute.objects.filter(**names).exists():
            place = StandingSubstitute.objects.filter(post=one["post"]).count() + 1
            name_substitute(**names, place=place, since=date.fromisoformat(one["since"]), until=None, by=None)


@transaction.atomic
def end_substitute(named: StandingSubstitute, by: StaffMember | None) -> None:
    """From today on it does not count any more; what never counted is as if it had not been named."""
    found = StandingSubstitute.objects.select_for_update().get(pk=named.pk)
    yesterday = localdate() - timedelta(days=1)
    audit.record("end_substitute", f"post:{found.post}", by, substitute=found.substitute, place=found.place)
    if found.since > yesterday:
        found.delete()
    elif found.until is None or found.until > yesterday:
        found.until = yesterday
        found.save(update_fields=["until"])
    renew({found.post})


def named_for(post: str, on: date | None = None) -> list[str]:
    """The posts that may decide in place of this one that day (today), in their order."""
    day = connection.ops.adapt_datefield_value(on or localdate())
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [post, day, day])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def put_substitutes_on(task: Task, step: HumanStep, case: Case) -> None:
    """Write down who may decide on a task that has just been made: whom the route names, else whom the office does."""
    name_substitutes(task, _keys(task, step, case))


def renew(posts: Collection[str]) -> int:
    """Name anew who may decide on what waits for these posts now; how many tasks that changed."""
    keys = [*posts]
    named = {key: named_for(key) for key in keys}
    meant = models.Q(owner_permission__in=[PERMISSION + key for key in keys]) | models.Q(meant_for__in=keys)
    waiting = Task.objects.filter(meant, finished=None).exclude(step="").select_related("process")
    tasks = ((task.meant_for or task.key, task) for task in waiting.iterator(chunk_size=500))
    return sum(_renewed(task, named[key]) for key, task in tasks if key in named)


def sweep() -> int:
    """Look at the posts for which a period began or ended lately; how many tasks that changed."""
    today = localdate()
    ended = models.Q(until__gte=today - LOOK_BACK, until__lt=today)
    turned = StandingSubstitute.objects.filter(ended | models.Q(since__gt=today - LOOK_BACK, since__lte=today))
    return renew(set(turned.values_list("post", flat=True)))


def _keys(task: Task, step: HumanStep, case: Case) -> list[str]:
    if step.substitutes:
        return [keys_for(by, case) for by in step.substitutes]
    is_of_a_post = step.is_decision and task.owner is None
    return named_for(task.meant_for or task.key) if is_of_a_post else []


@transaction.atomic
def _renewed(task: Task, wanted: list[str]) -> bool:
    step = task.human_step if task.is_blocking else None
    if step is None or step.substitutes or not step.is_decision or task.owner is not None:
        return False
    if substitutes_of(task) == wanted:
        return False
    drop_substitutes(task)
    name_substitutes(task, wanted)
    return True


def _overlap(one: StandingSubstitute, other: StandingSubstitute) -> bool:
    ends_before = one.until is not None and one.until < other.since
    begins_after = other.until is not None and other.until < one.since
    return not (ends_before or begins_after)


def _refuse_unfit(made: StandingSubstitute, named: Collection[StandingSubstitute]) -> None:
    """Raises SubstituteRefused if it cannot stand beside what is named already."""
    beside = [other for other in named if _overlap(made, other)]
    if made.until is not None and made.until < made.since:
        raise SubstituteRefused(_("最終日は初日より後にしてください。"), "until")
    if made.substitute == made.post:
        raise SubstituteRefused(_("決裁する職と同じ職は、代決する職にできません。"), "substitute")
    if not 1 <= made.place <= MOST:
        raise SubstituteRefused(_("順位は1から9までの数にしてください。"), "place")
    if any(other.place == made.place for other in beside):
        raise SubstituteRefused(_("この期間には、同じ順位の職がすでに指定されています。"), "place")
    if any(other.substitute == made.substitute for other in beside):
        raise SubstituteRefused(_("この職は、この期間にすでに指定されています。"), "substitute")
