"""The five kinds of roster: their headings, what stands in a line, and how a line becomes so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.accounts import put_member
from workflows.changes import Change, OrganisationRefused
from workflows.departments import put_department
from workflows.postings import put_post, withdraw_posting
from workflows.roles import put_role
from workflows.rosters.cells import NO, YES, day, number, truth
from workflows.staff import Department, Post, Role, StaffMember
from workflows.standing_substitutes import StandingSubstitute, end_substitute, put_substitute

# Headings are the file's language, whatever language the screen has.
LOGIN, NAME, KANA, MAIL, ACTIVE = "ログイン名", "氏名", "フリガナ", "メール", "在職"
DEPARTMENT, DEPARTMENT_TITLE, PARENT = "課の記号", "課の名称", "上位の課の記号"
ROLE, ROLE_TITLE, RANK, CITYWIDE = "役職の記号", "役職の名称", "職位", "全庁"
ENDED, SINCE, UNTIL, MY_NUMBERS = "廃止日", "発令日", "解職日", "個人番号の事務取扱担当者"
DECIDERS, DECIDING = "決裁する職の課の記号", "決裁する職の役職の記号"
SUBSTITUTES, SUBSTITUTING = "代決する職の課の記号", "代決する職の役職の記号"
PLACE, FIRST_DAY, LAST_DAY = "順位", "初日", "最終日"

Cells = Mapping[str, str]
By = StaffMember | None


@dataclass(frozen=True)
class Kind:
    """One kind of roster.  ``names`` are the headings whose cells say which row it is.

    ``put`` makes the organisation as a line says; ``rows`` gives all of it as lines; ``end`` ends what no line names.
    """

    key: str
    title: Any
    headings: Sequence[str]
    names: Sequence[str]
    put: Callable[[Cells, By], Change]
    rows: Callable[[], Iterable[Sequence[str]]]
    end: Callable[[Sequence[str], By], Change]

    def name_of(self, cells: Cells) -> tuple[str, ...]:
        """Which row a line is about, as its export writes it."""
        return tuple(_written(heading, cells.get(heading, "")) for heading in self.names)


def _written(heading: str, text: str) -> str:
    found = day(text, heading) if heading in (SINCE, FIRST_DAY) else None
    return found.isoformat() if found else text.strip()


def _put_department(cells: Cells, by: By) -> Change:
    parent = _department(cells[PARENT], PARENT) if cells[PARENT].strip() else None
    return put_department(cells[DEPARTMENT].strip(), cells[DEPARTMENT_TITLE], parent, day(cells[ENDED], ENDED), by)


def _departments() -> Iterable[Sequence[str]]:
    for row in Department.objects.select_related("parent"):
        yield row.key, row.title, row.parent.key if row.parent else "", _iso(row.ended_on)


def _end_department(name: Sequence[str], by: By) -> Change:
    row = Department.objects.select_related("parent").get(key=name[0])
    return put_department(row.key, row.title, row.parent, row.ended_on or localdate(), by)


def _put_role(cells: Cells, by: By) -> Change:
    rank, citywide = number(cells[RANK], RANK), truth(cells[CITYWIDE], CITYWIDE)
    return put_role(cells[ROLE].strip(), cells[ROLE_TITLE], rank, citywide, day(cells[ENDED], ENDED), by)


def _roles() -> Iterable[Sequence[str]]:
    for row in Role.objects.all():
        yield row.key, row.title, str(row.rank), _mark(row.citywide), _iso(row.ended_on)


def _end_role(name: Sequence[str], by: By) -> Change:
    row = Role.objects.get(key=name[0])
    return put_role(row.key, row.title, row.rank, row.citywide, row.ended_on or localdate(), by)


def _put_member(cells: Cells, by: By) -> Change:
    login, is_active = cells[LOGIN].strip(), truth(cells[ACTIVE], ACTIVE)
    return put_member(login, cells[NAME], cells[KANA], cells[MAIL], is_active, by)


def _members() -> Iterable[Sequence[str]]:
    for row in StaffMember.objects.order_by("username"):
        yield row.username, str(row), row.kana, row.email, _mark(row.is_active)


def _end_member(name: Sequence[str], by: By) -> Change:
    row = StaffMember.objects.get(username=name[0])
    return put_member(row.username, str(row), row.kana, row.email, False, by)


def _put_post(cells: Cells, by: By) -> Change:
    member = StaffMember.objects.filter(username=cells[LOGIN].strip()).first()
    if member is None:
        raise OrganisationRefused(_("ログイン名「%(login)s」の職員がいません。") % {"login": cells[LOGIN]})
    since = day(cells[SINCE], SINCE)
    if since is None:
        raise OrganisationRefused(_("発令日を書いてください。"))
    department, role = _department(cells[DEPARTMENT], DEPARTMENT), _role(cells[ROLE])
    my_numbers = truth(cells[MY_NUMBERS], MY_NUMBERS)
    return put_post(member, department, role, since, day(cells[UNTIL], UNTIL), my_numbers, by)


def _posts() -> Iterable[Sequence[str]]:
    rows = Post.objects.select_related("member", "department", "role")
    for row in rows.order_by("member__username", "department__key", "role__key", "since"):
        where = row.member.username, row.department.key, row.role.key
        yield *where, _iso(row.since), _iso(row.until), _mark(row.handles_my_numbers)


def _end_post(name: Sequence[str], by: By) -> Change:
    login, department, role, since = name
    where = {"member__username": login, "department__key": department, "role__key": role, "since": since}
    post = Post.objects.select_related("member", "department", "role").get(**where)
    today = localdate()
    if post.since > today:
        withdraw_posting(post, by)
        return Change.ENDED
    until = min(post.until or today, today)
    return put_post(post.member, post.department, post.role, post.since, until, post.handles_my_numbers, by)


def _put_substitute(cells: Cells, by: By) -> Change:
    since = day(cells[FIRST_DAY], FIRST_DAY)
    if since is None:
        raise OrganisationRefused(_("初日を書いてください。"))
    post, substitute = _key(cells, DECIDERS, DECIDING), _key(cells, SUBSTITUTES, SUBSTITUTING)
    return put_substitute(post, substitute, number(cells[PLACE], PLACE), since, day(cells[LAST_DAY], LAST_DAY), by)


def _substitutes() -> Iterable[Sequence[str]]:
    for row in StandingSubstitute.objects.all():
        yield *_parts(row.post), *_parts(row.substitute), str(row.place), _iso(row.since), _iso(row.until)


def _end_substitute(name: Sequence[str], by: By) -> Change:
    post, substitute = ("/".join(part or "*" for part in pair) for pair in (name[:2], name[2:4]))
    row = StandingSubstitute.objects.get(post=post, substitute=substitute, since=name[4])
    if row.until and row.until < localdate():
        return Change.UNCHANGED
    end_substitute(row, by)
    return Change.ENDED


def _parts(key: str) -> Sequence[str]:
    """Department and role of an assignee key; no department where the whole office has one."""
    department, _slash, role = key.partition("/")
    return "" if department == "*" else department, role


def _key(cells: Cells, department: str, role: str) -> str:
    """The assignee key of a post."""
    found = _role(cells[role])
    if not found.citywide:
        return f"{_department(cells[department], department).key}/{found.key}"
    if cells[department].strip():
        raise OrganisationRefused(_("全庁に1つの役職「%(key)s」には、課を書かないでください。") % {"key": found.key})
    return f"*/{found.key}"


def _department(key: str, heading: str) -> Department:
    found = Department.objects.filter(key=key.strip()).first()
    if found is None:
        raise OrganisationRefused(
            _("「%(heading)s」の「%(key)s」という課がありません。") % {"heading": heading, "key": key}
        )
    return found


def _role(key: str) -> Role:
    found = Role.objects.filter(key=key.strip()).first()
    if found is None:
        raise OrganisationRefused(_("「%(key)s」という役職がありません。") % {"key": key})
    return found


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _mark(value: bool) -> str:
    return YES if value else NO


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "departments",
            gettext_lazy("課"),
            (DEPARTMENT, DEPARTMENT_TITLE, PARENT, ENDED),
            (DEPARTMENT,),
            _put_department,
            _departments,
            _end_department,
        ),
        Kind(
            "roles",
            gettext_lazy("役職"),
            (ROLE, ROLE_TITLE, RANK, CITYWIDE, ENDED),
            (ROLE,),
            _put_role,
            _roles,
            _end_role,
        ),
        Kind(
            "members",
            gettext_lazy("職員"),
            (LOGIN, NAME, KANA, MAIL, ACTIVE),
            (LOGIN,),
            _put_member,
            _members,
            _end_member,
        ),
        Kind(
            "posts",
            gettext_lazy("職（発令）"),
            (LOGIN, DEPARTMENT, ROLE, SINCE, UNTIL, MY_NUMBERS),
            (LOGIN, DEPARTMENT, ROLE, SINCE),
            _put_post,
            _posts,
            _end_post,
        ),
        Kind(
            "substitutes",
            gettext_lazy("代決の指定"),
            (DECIDERS, DECIDING, SUBSTITUTES, SUBSTITUTING, PLACE, FIRST_DAY, LAST_DAY),
            (DECIDERS, DECIDING, SUBSTITUTES, SUBSTITUTING, FIRST_DAY),
            _put_substitute,
            _substitutes,
            _end_substitute,
        ),
    )
}


def kind_of(headings: Sequence[str]) -> Kind:
    """The kind of roster that has these headings, in any order.  Raises OrganisationRefused."""
    for kind in KINDS.values():
        if set(kind.headings) <= set(headings):
            return kind
    nearest = max(KINDS.values(), key=lambda kind: len(set(kind.headings) & set(headings)))
    missing = "、".join(heading for heading in nearest.headings if heading not in headings)
    raise OrganisationRefused(
        _("1行目の見出しが足りません（%(title)sの名簿なら：%(missing)s）。")
        % {"title": nearest.title, "missing": missing},
        "file",
    )
