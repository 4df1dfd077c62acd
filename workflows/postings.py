"""Postings (発令): appointing to posts and relieving of them, and what a change of posts leaves open.

A post is never deleted once it has begun: it ends.  Decisions keep in which post they were made.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from workflows import audit
from workflows.assignees import MANAGER
from workflows.cases import Task
from workflows.changes import Change, OrganisationRefused, put
from workflows.staff import PERMISSION, Department, Post, Role, StaffMember

VERBS = {Change.NEW: "appoint", Change.CHANGED: "change_post", Change.ENDED: "relieve"}


@dataclass(frozen=True)
class Seat:
    """One role in one department with its periods, and what is amiss there, in words."""

    department: Department
    role: Role
    posts: list[Post]
    remarks: list[str]
    is_vacant: bool
    waiting: int


@transaction.atomic
def put_post(
    member: StaffMember,
    department: Department,
    role: Role,
    since: date,
    until: date | None,
    handles_my_numbers: bool,
    by: StaffMember | None,
) -> Change:
    """The member holds this post from–until, both days included.  One that began that day already is changed.

    Raises OrganisationRefused.
    """
    StaffMember.objects.select_for_update().get(pk=member.pk)
    if until and until < since:
        raise OrganisationRefused(_("解職日は発令日より後にしてください。"), "until")
    where = {"member": member, "department": department, "role": role}
    found = Post.objects.filter(**where, since=since).first()
    _refuse_if_over(department, role, member, until, is_new=found is None)
    _refuse_overlap(found or Post(**where, since=since), until)
    change = put(found or Post(**where, since=since), {"until": until, "handles_my_numbers": handles_my_numbers})
    if change in VERBS:
        period = {"since": str(since), "until": str(until or ""), "my_numbers": handles_my_numbers}
        audit.record(VERBS[change], _target(department, role), by, login=member.username[:100], **period)
    return change


@transaction.atomic
def withdraw_posting(post: Post, by: StaffMember | None) -> None:
    """A post that has not begun is never taken up; nothing points to it.  Raises OrganisationRefused once it has."""
    if post.since <= localdate():
        raise OrganisationRefused(_("すでに始まった職は取り消せません。解職日を入れてください。"), "until")
    audit.record("withdraw_posting", _target(post.department, post.role), by, login=post.member.username[:100])
    post.delete()


def end_posts_of(member: StaffMember, by: StaffMember | None, on: date | None = None) -> int:
    """All that the member holds ends that day (today); how many posts that were."""
    last = on or localdate()
    running = Post.objects.select_related("department", "role").filter(models.Q(until=None) | models.Q(until__gt=last))
    posts = list(running.filter(member=member))
    for post in posts:
        if post.since > last:
            withdraw_posting(post, by)
        else:
            put_post(member, post.department, post.role, post.since, last, post.handles_my_numbers, by)
    return len(posts)


def _target(department: Department, role: Role) -> str:
    return f"post:{department.key}/{role.key}"


def _refuse_if_over(department: Department, role: Role, member: StaffMember, until: date | None, is_new: bool) -> None:
    ends = [each.ended_on for each in (department, role) if each.ended_on]
    if ends and (until is None or until > min(ends)):
        raise OrganisationRefused(_("課か役職が、それより前に廃止されています。"), "until")
    if is_new and not member.is_active and (until is None or until >= localdate()):
        raise OrganisationRefused(_("在職していない人には発令できません。"), "member")


def _refuse_overlap(post: Post, until: date | None) -> None:
    others = Post.objects.filter(member=post.member, department=post.department, role=post.role).exclude(pk=post.pk)
    others = others.filter(models.Q(until=None) | models.Q(until__gte=post.since))
    other = (others.filter(since__lte=until) if until else others).first()
    if other:
        raise OrganisationRefused(
            _("同じ人の同じ職の期間（%(period)s）と重なっています。") % {"period": period_words(other)}, "since"
        )


def period_words(post: Post) -> str:
    """「2026/4/1～」, 「2026/4/1～2027/3/31」."""
    return f"{_short(post.since)}～{_short(post.until) if post.until else ''}"


def _short(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def waiting_for(post: Post) -> int:
    """How many open tasks wait for this post."""
    return _waiting_at(post.department, post.role)


def _waiting_at(department: Department, role: Role) -> int:
    keys = [f"{department.key}/{role.key}"] + ([f"*/{role.key}"] if role.citywide else [])
    meant = models.Q(owner_permission__in=[PERMISSION + key for key in keys]) | models.Q(meant_for__in=keys)
    return Task.objects.filter(meant, finished=None).count()


def effect_of_ending(post: Post) -> str:
    """What becomes of the tasks that wait for the post when it ends, in words."""
    count = waiting_for(post)
    if not count:
        return _("この職を待っている処理はありません。")
    others = StaffMember.objects.holding(f"{post.department.key}/{post.role.key}").exclude(pk=post.member_id)
    if others.exists():
        return _("%(count)d件の処理が待っています。同じ職のほかの人が引き続き処理できます。") % {"count": count}
    return _("%(count)d件の処理が待っています。後任を発令しないと、案件管理者に回ります。") % {"count": count}


def seats(department: Department | None = None, on: date | None = None) -> list[Seat]:
    """The roles that anybody ever held, of one department or of all, with what is amiss."""
    posts = Post.objects.select_related("department", "role", "member")
    posts = posts.filter(department=department) if department else posts
    ordered = posts.order_by("department__key", "-role__rank", "role__key", "since", "id")
    grouped = groupby(ordered, key=lambda post: (post.department_id, post.role_id))
    return [_seat(list(group), on or localdate()) for _key, group in grouped]


def keys_in_words(posts: models.QuerySet[Post]) -> dict[str, str]:
    """The assignee keys of the posts that anybody ever held among these, in words, in the order of the office."""
    facts = ("department__key", "department__title", "role__key", "role__title", "role__citywide")
    rows = posts.order_by("department__key", "-role__rank", "role__key").values_list(*facts).distinct()
    return {
        f"*/{role}" if citywide else f"{department}/{role}": title if citywide else f"{department_title} {title}"
        for department, department_title, role, title, citywide in rows
    }


def vacancies(on: date | None = None) -> list[Seat]:
    """The posts that were held once and are not now, with what waits for them."""
    return [seat for seat in seats(on=on) if seat.is_vacant]


def manager_holders() -> list[StaffMember]:
    """Who looks after what nobody can be found for (案件管理者)."""
    return list(StaffMember.objects.holding(MANAGER).order_by("username"))


def _seat(posts: list[Post], today: date) -> Seat:
    department, role = posts[0].department, posts[0].role
    ended = any(each.ended_on and each.ended_on < today for each in (department, role))
    held = [post for post in posts if post.member.is_active and _runs(post, today)]
    is_vacant = not held and not ended
    remarks = [] if ended else [*_gaps(posts, today), *_doubles(held, role)]
    return Seat(department, role, posts, remarks, is_vacant, _waiting_at(department, role) if is_vacant else 0)


def _runs(post: Post, day: date) -> bool:
    return post.since <= day and (post.until is None or post.until >= day)


def _gaps(posts: list[Post], today: date) -> list[str]:
    """Times from today on in which nobody holds the post, where somebody does before."""
    coming = [post for post in posts if post.member.is_active and (post.until is None or post.until >= today)]
    if not coming:
        last = max((post.until for post in posts if post.until), default=None)
        return [_("%(day)sから空席です。") % {"day": _short(last + timedelta(days=1))} if last else _("空席です。")]
    spans = _merged(coming)
    found = [_gap(before, after) for (_start, before), (after, _end) in pairwise(spans) if before]
    if spans[0][0] > today:
        found.insert(0, _("%(day)sまで空席です。") % {"day": _short(spans[0][0] - timedelta(days=1))})
    if spans[-1][1]:
        found.append(_("%(day)sより後は、まだ誰も発令されていません。") % {"day": _short(spans[-1][1])})
    return found


def _gap(before: date, after: date) -> str:
    first, last = before + timedelta(days=1), after - timedelta(days=1)
    return _("%(first)sから%(last)sまで空席です。") % {"first": _short(first), "last": _short(last)}


def _merged(posts: list[Post]) -> list[tuple[date, date | None]]:
    spans: list[tuple[date, date | None]] = []
    for post in sorted(posts, key=lambda each: each.since):
        end = spans[-1][1] if spans else None
        if spans and (end is None or post.since <= end + timedelta(days=1)):
            later = None if end is None or post.until is None else max(end, post.until)
            spans[-1] = (spans[-1][0], later)
        else:
            spans.append((post.since, post.until))
    return spans


def _doubles(held: list[Post], role: Role) -> list[str]:
    """Two at once are worth a word where the role is a chief's; many may be reviewers."""
    lowest = Role.objects.filter(rank__gt=0).order_by("rank").values_list("rank", flat=True).first() or 0
    if len(held) < 2 or role.rank <= lowest:
        return []
    names = "、".join(str(post.member) for post in held)
    return [_("今日は%(count)d人の期間が重なっています（%(names)s）。") % {"count": len(held), "names": names}]
