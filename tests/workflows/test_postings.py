"""Appointing and relieving, and what that leaves open."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from tests.workflows.conftest import waiting_task
from workflows import assignees
from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.changes import Change, OrganisationRefused
from workflows.departments import put_department
from workflows.postings import effect_of_ending, manager_holders, put_post, seats, vacancies, withdraw_posting
from workflows.roles import put_role
from workflows.staff import Department, Post, Role, StaffMember, is_held

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Opened = Callable[..., Case]
KEY = "environment/reviewer"


def post_of(member: StaffMember) -> Post:
    return Post.objects.select_related("member", "department", "role").get(member=member)


def until(post: Post, day: date | None) -> Change:
    return put_post(post.member, post.department, post.role, post.since, day, post.handles_my_numbers, None)


def remarks(key: str = KEY) -> list[str]:
    found = {f"{seat.department.key}/{seat.role.key}": seat for seat in seats()}
    return found[key].remarks


def test_relieving_ends_a_post_and_leaves_it_in_the_book(sato: StaffMember) -> None:
    today = localdate()
    assert until(post_of(sato), today) == Change.ENDED
    assert until(post_of(sato), today) == Change.UNCHANGED
    entry = AuditEntry.objects.last()
    assert entry is not None and (entry.verb, entry.target) == ("relieve", "post:environment/reviewer")
    assert is_held(KEY) and post_of(sato).until == today


def test_before_a_post_ends_one_hears_what_waits_for_it(opened: Opened, sato: StaffMember) -> None:
    assert "ありません" in effect_of_ending(post_of(sato))
    for number in range(3):
        opened(reference=f"R8-00000{number}")
    assert effect_of_ending(post_of(sato)).startswith("3件の処理が待っています。後任")


def test_another_holder_of_the_post_goes_on_with_what_waits(
    opened: Opened, sato: StaffMember, ito: StaffMember
) -> None:
    opened()
    assert "同じ職のほかの人" in effect_of_ending(post_of(sato))


def test_vacant_post_is_listed_with_what_waits_for_it(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    until(post_of(sato), localdate() - timedelta(days=1))
    found = [seat for seat in vacancies() if seat.role.key == "reviewer" and seat.department.key == "environment"]
    assert [seat.waiting for seat in found] == [1]
    assert waiting_task(case).key == KEY


def test_gaps_are_said_in_words(sato: StaffMember, ito: StaffMember) -> None:
    assert remarks() == []
    today, post = localdate(), post_of(ito)
    until(post_of(sato), today)
    until(post, today + timedelta(days=1))
    after = today + timedelta(days=5)
    put_post(ito, post.department, post.role, after, None, False, None)
    first, last = today + timedelta(days=2), today + timedelta(days=4)
    assert remarks() == [f"{first.year}/{first.month}/{first.day}から{last.year}/{last.month}/{last.day}まで空席です。"]


def test_two_chiefs_at_once_are_named(yoshino: StaffMember, ito: StaffMember) -> None:
    post = post_of(yoshino)
    put_post(ito, post.department, post.role, localdate(), None, False, None)
    assert remarks("environment/section_chief") == ["今日は2人の期間が重なっています（𠮷野 恵、伊藤 光）。"]


def test_the_same_post_is_not_held_twice_by_one_person(sato: StaffMember) -> None:
    post = post_of(sato)
    with pytest.raises(OrganisationRefused, match="重なって"):
        put_post(sato, post.department, post.role, post.since + timedelta(days=9), None, False, None)
    with pytest.raises(OrganisationRefused, match="発令日より後"):
        until(post, post.since - timedelta(days=1))


def test_only_what_has_not_begun_is_withdrawn(sato: StaffMember) -> None:
    with pytest.raises(OrganisationRefused, match="すでに始まった"):
        withdraw_posting(post_of(sato), None)
    role, department = Role.objects.get(key="unit_chief"), Department.objects.get(key="general")
    put_post(sato, department, role, localdate() + timedelta(days=9), None, False, None)
    withdraw_posting(Post.objects.get(department=department, role=role), None)
    assert not Post.objects.filter(department=department, role=role).exists()


def test_department_ends_after_its_people_and_sections(organisation: None) -> None:
    general = Department.objects.get(key="general")
    with pytest.raises(OrganisationRefused, match="解職"):
        put_department("general", general.title, general.parent, localdate(), None)
    with pytest.raises(OrganisationRefused, match="下にある"):
        put_department("mayor_office", "市長部局", None, localdate(), None)
    put_department("empty", "空き課", None, localdate() - timedelta(days=1), None)
    with pytest.raises(OrganisationRefused, match="廃止"):
        put_post(
            StaffMember.objects.get(username="sato"),
            Department.objects.get(key="empty"),
            Role.objects.get(key="reviewer"),
            localdate(),
            None,
            False,
            None,
        )


def test_department_belongs_to_none_of_its_own_sections(organisation: None) -> None:
    with pytest.raises(OrganisationRefused, match="自分の下"):
        put_department("mayor_office", "市長部局", Department.objects.get(key="general"), None, None)


def test_the_role_that_looks_after_the_lost_stays(organisation: None) -> None:
    key = assignees.MANAGER.removeprefix("*/")
    assert [member.username for member in manager_holders()] == ["watanabe"]
    with pytest.raises(OrganisationRefused, match="案件管理者"):
        put_role(key, "案件管理者", 0, False, None, None)
    with pytest.raises(OrganisationRefused, match="案件管理者"):
        put_role(key, "案件管理者", 0, True, localdate(), None)


def test_role_ends_after_its_people(organisation: None) -> None:
    with pytest.raises(OrganisationRefused, match="先に解職"):
        put_role("reviewer", "担当", 10, False, localdate(), None)
    assert put_role("clerk", "主事", 5, False, None, None) == Change.NEW
    assert put_role("clerk", "主事", 5, False, localdate(), None) == Change.ENDED
