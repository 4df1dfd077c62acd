"""Notices to staff (職員への通知): mail with a link, never with data, to those whose post a task waits for.

Each chooses how often: at once, every hour, every morning, or never.  What waits for the same moment is one mail.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate, localtime, make_aware, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django_tasks import task as background

from workflows import audit, dispatch
from workflows.cases import Case, Task
from workflows.delegations import is_away, substitutes_of
from workflows.dispatch import Dispatch, DispatchQuerySet, Letter
from workflows.handwritten import first
from workflows.staff import StaffMember, StaffQuerySet

MORNING = time(8, 0)
LANGUAGE = "ja"


class Rhythm(models.TextChoices):
    """How often somebody wants to be told (通知の頻度)."""

    AT_ONCE = "at_once", gettext_lazy("すぐに")
    HOURLY = "hourly", gettext_lazy("1時間に1回まとめて")
    DAILY = "daily", gettext_lazy("毎朝1回まとめて")
    NEVER = "never", gettext_lazy("受け取らない")


class NoticePreference(models.Model):
    """How often a member wants to be told; who said nothing is told at once."""

    member = models.OneToOneField(StaffMember, models.CASCADE, primary_key=True, related_name="notice_preference")
    rhythm = models.CharField(gettext_lazy("通知の頻度"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("通知の設定")

    def __str__(self) -> str:
        return f"{self.member}: {self.rhythm}"


class StaffNotice(Dispatch):
    """What one member is to hear of (職員への通知): a task, once for each kind, or a case: "mentioned", "told"."""

    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="notices")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="notices")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("職員への通知")
        constraints = [models.UniqueConstraint(fields=["task", "member", "kind"], name="staff_notice_once")]
        indexes = [
            models.Index(fields=["due_at"], name="staff_notice_due", condition=models.Q(sent_at=None, failed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"


#: Whether anybody who can be written to holds a post; asked of every task, written out because mostly nobody is.
REACHABLE = """
    SELECT EXISTS (
      SELECT 1 FROM workflows_post post
      JOIN workflows_staffmember member ON member.id = post.member_id
      JOIN workflows_role role ON role.id = post.role_id
      JOIN workflows_department department ON department.id = post.department_id
      WHERE member.is_active AND member.email <> ''
        AND post.since <= %s AND (post.until IS NULL OR post.until >= %s)
        AND %s IN ('*', role.key)
        AND (department.key = %s OR (%s = '*' AND role.citywide))
    )
"""


def arrive(task: Task) -> None:
    """Save the new task and tell everybody whose post it waits for, asking whether anybody can be told on the way."""
    question, params = _reachability(task) if dispatch.is_on() and not task.owner_id else ("", ())
    if task.put(question, params) or task.owner_id:
        _notify(task, "arrived")


def notify_staff(task: Task, kind: str = "arrived") -> int:
    """Tell everybody whose post the task waits for; how many are told.  Telling the same twice does nothing.

    To be called in the transaction of its cause.  ``kind`` is "arrived", or one of those in watches.
    Nobody who wants no mail, has no address, or applied for the subject is told.
    """
    return 0 if kind == "arrived" and not _is_reachable(task) else _notify(task, kind)


def _notify(task: Task, kind: str) -> int:
    if not dispatch.is_on():
        return 0
    rows = [StaffNotice(task=task, member=member, kind=kind, due_at=_moment(member)) for member in _told(task, kind)]
    if rows:
        StaffNotice.objects.bulk_create(rows, ignore_conflicts=True)
    for member_id in [row.member_id for row in rows if row.due_at <= now()]:
        deliver_to.enqueue(member_id)
    return len(rows)


def _is_reachable(task: Task) -> bool:
    """Whether somebody with an address holds the post; a task by name is looked at in `_told`."""
    if task.owner_id or not dispatch.is_on():
        return bool(task.owner_id)
    (is_somebody_there,) = first(*_reachability(task)) or (False,)
    return bool(is_somebody_there)


def _reachability(task: Task) -> tuple[str, Sequence[Any]]:
    """REACHABLE and what it is asked with."""
    department, role = task.key.split("/")
    day = connection.ops.adapt_datefield_value(localdate())
    return REACHABLE, (day, day, role, department, department)


def _told(task: Task, kind: str) -> list[StaffMember]:
    """Whom it waits for; of what is late, his substitutes too while he is away."""
    named = StaffMember.objects.active().filter(pk=task.owner_id)
    holders = named if task.owner_id else StaffMember.objects.holding(task.key)
    if kind != "arrived" and is_away(task):
        stand_ins = (StaffMember.objects.holding(key).values("pk") for key in substitutes_of(task))
        among = [models.Q(pk__in=found) for found in (holders.values("pk"), *stand_ins)]
        holders = StaffMember.objects.active().filter(models.Q(*among, _connector=models.Q.OR))
    return _wanting(holders, task.case)


@transaction.atomic
def notify_about(case: Case, members: Iterable[StaffMember], kind: str) -> int:
    """Write down that these members are to look at the case ("mentioned", "told"); how many of them are told."""
    if not dispatch.is_on():
        return 0
    found = StaffMember.objects.active().filter(pk__in=[member.pk for member in members])
    rows = [StaffNotice(case=case, member=each, kind=kind, due_at=_moment(each)) for each in _wanting(found, case)]
    StaffNotice.objects.bulk_create(rows)
    for member_id in [row.member_id for row in rows if row.due_at <= now()]:
        deliver_to.enqueue(member_id)
    return len(rows)


def _wanting(members: StaffQuerySet, case: Case) -> list[StaffMember]:
    found = members.exclude(email="").select_related("notice_preference")
    wanting = [member for member in found if rhythm_of(member) != Rhythm.NEVER]
    return [member for member in wanting if not case.subject.is_applicant(member)]


def rhythm_of(member: StaffMember) -> Rhythm:
    """How often the member wants to be told."""
    chosen: NoticePreference | None = getattr(member, "notice_preference", None)
    return Rhythm(chosen.rhythm) if chosen else Rhythm.AT_ONCE


@transaction.atomic
def choose_rhythm(member: StaffMember, rhythm: str) -> NoticePreference:
    """How often the member will be told from now on.  Raises ValueError for what is no rhythm."""
    chosen = Rhythm(rhythm)
    preference, _created = NoticePreference.objects.update_or_create(member=member, defaults={"rhythm": chosen})
    member.notice_preference = preference
    audit.record("choose_rhythm", f"staff:{member.get_username()}"[:150], member, rhythm=str(chosen))
    return preference


def _moment(member: StaffMember) -> datetime:
    """When the next mail to the member leaves: now, at the full hour, or in the morning."""
    rhythm, today = rhythm_of(member), localdate()
    if rhythm == Rhythm.HOURLY:
        return localtime().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if rhythm == Rhythm.DAILY:
        return make_aware(datetime.combine(today + timedelta(days=localtime().time() >= MORNING), MORNING))
    return now()


@background()
def deliver_to(member_id: int) -> int:
    """The background task: one mail with all that is due for a member; how many notices it told of.

    Tasks that somebody did meanwhile are not told of any more.
    """
    rows = StaffNotice.objects.filter(member=member_id).take()
    member = StaffMember.objects.active().exclude(email="").filter(pk=member_id).first()
    open_tasks = (
        Task.objects.filter(pk__in=[row.task_id for row in rows], finished=None) if member else Task.objects.none()
    )
    standing = set(open_tasks.values_list("pk", flat=True))
    fresh = [row for row in rows if row.task_id in standing or row.case_id] if member else []
    StaffNotice.objects.filter(pk__in={row.pk for row in rows} - {row.pk for row in fresh}).delete()
    if not fresh or member is None:
        return 0
    return len(fresh) * dispatch.send(fresh, member.email, letter(fresh))


def letter(rows: Iterable[StaffNotice]) -> Letter:
    """The mail about these tasks: what kind, how many, the receipt number of each, and where to look."""
    with override(LANGUAGE):
        lines = [line for row in rows for line in _lines(row)]
        count = len(lines) // 2
        subject = ngettext(
            "【Kakanai】処理待ちのお知らせ（%(count)s件）", "【Kakanai】処理待ちのお知らせ（%(count)s件）", count
        )
        tail = _("このメールには申請の内容を書いていません。リンクを開き、ログインして確認してください。")
        return Letter(subject % {"count": count}, "\n".join([*lines, "", tail]))


def _lines(row: StaffNotice) -> tuple[str, str]:
    case = row.task.case if row.task else row.case
    if case is None:
        return "", ""
    return f"■ {kind_title(row.kind)}　{case.reference}　{case.title}", f"　{dispatch.address(_path(case.public_id))}"


def _path(public_id: Any) -> str:
    try:
        return reverse("approver:case", args=[public_id])
    except NoReverseMatch:  # an installation without that desk
        return "/"


def kind_title(kind: str) -> str:
    """What a kind of notice is called in the mail."""
    kinds = {
        "arrived": _("新しい処理"),
        "due_soon": _("期限が近い処理"),
        "overdue": _("期限を過ぎた処理"),
        "escalated": _("担当で遅れている処理"),
        "hold_over": _("保留の期限を過ぎた処理"),
        "period_over": _("標準処理期間を過ぎた案件の処理"),
        "mentioned": _("コメントであなたが呼ばれました"),
        "told": _("案件のお知らせ"),
    }
    return kinds.get(kind, _("処理のお知らせ"))


def sweep(patience: timedelta = dispatch.STALE) -> int:
    """Order what is due and in nobody's hands: digests, further tries, and what a crash left; for how many members."""
    members = sorted(set(StaffNotice.objects.due(patience).values_list("member", flat=True)))
    for member in members:
        deliver_to.enqueue(member)
    return len(members)
