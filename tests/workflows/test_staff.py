import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from workflows.audit import AuditEntry
from workflows.staff import (
    Department,
    Post,
    Role,
    StaffMember,
    assignee_key,
    citywide_roles,
    departments_of,
    keys_of,
    load_organisation,
    post_title,
)


def test_post_gives_the_keys_of_its_place_and_rank(sato: StaffMember, mayor: StaffMember) -> None:
    assert keys_of(sato) == {"environment/reviewer", "environment/*"}
    assert keys_of(mayor) == {"mayor_office/mayor", "mayor_office/*", "*/mayor"}
    assert departments_of(sato) == {"environment"}


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_post_counts_from_its_first_day_to_its_last(sato: StaffMember, day: date, held: bool) -> None:
    sato.posts.update(since=date(2026, 4, 1), until=date(2027, 3, 31))
    assert bool(keys_of(sato, day)) is held


def test_account_that_is_closed_holds_nothing(sato: StaffMember) -> None:
    sato.is_active = False
    assert keys_of(sato) == frozenset()


def test_keys_are_read_once_for_a_request(sato: StaffMember, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert keys_of(sato) == keys_of(sato)
        assert post_title(sato, "environment/reviewer") == "環境課 担当"


def test_citywide_post_is_called_without_its_department(mayor: StaffMember) -> None:
    assert post_title(mayor, "*/mayor") == "市長"


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ({"role": "section_chief"}, "environment/section_chief"),
        ({"role": "mayor"}, "*/mayor"),
        ({"department": "general"}, "general/*"),
        ({"department": "general", "role": "section_chief"}, "general/section_chief"),
    ],
)
def test_step_waits_for_whom_the_workflow_says(organisation: None, by: dict[str, str], key: str) -> None:
    assert assignee_key(by, "environment") == key


def test_role_that_becomes_citywide_is_known_at_once(organisation: None) -> None:
    assert "section_chief" not in citywide_roles()
    role = Role.objects.get(key="section_chief")
    role.citywide = True
    role.save()
    assert "section_chief" in citywide_roles()


@pytest.mark.parametrize(
    ("key", "logins"),
    [
        ("environment/reviewer", {"sato"}),
        ("environment/*", {"sato", "takasaki", "yoshino"}),
        ("*/mayor", {"mayor"}),
        ("*/reviewer", set()),
    ],
)
def test_holders_of_a_key_are_found(organisation: None, key: str, logins: set[str]) -> None:
    assert {member.username for member in StaffMember.objects.holding(key)} == logins


def test_runtime_may_ask_for_posts_as_permissions(sato: StaffMember) -> None:
    assert sato.has_perm("post.environment/reviewer")
    assert not sato.has_perm("post.environment/section_chief")
    assert not sato.has_perm("workflows.delete_case")


def test_organisation_is_loaded_once_however_often(municipality: None) -> None:
    document = json.loads((Path(settings.BASE_DIR) / "forms_engine" / "demo" / "municipality.json").read_text())
    tables = (Department, Role, StaffMember, Post)
    before = [table.objects.count() for table in tables]
    load_organisation(document, password="another")
    assert [table.objects.count() for table in tables] == before
    assert StaffMember.objects.get(username="sato").check_password("demo")
    assert AuditEntry.objects.filter(verb="load_organisation").count() == 3


def test_member_loaded_without_password_cannot_log_in(db: None) -> None:
    load_organisation({"departments": [], "roles": [], "members": [{"login": "ito", "display_name": "伊藤"}]})
    assert not StaffMember.objects.get(username="ito").has_usable_password()


def test_loading_again_leaves_an_earlier_time_in_the_same_post_alone(organisation: None, sato: StaffMember) -> None:
    post = Post.objects.get(member=sato)
    earlier = Post.objects.create(
        member=sato, department=post.department, role=post.role, since=date(2020, 4, 1), until=date(2021, 3, 31)
    )
    again = {"department": post.department.key, "role": post.role.key, "since": post.since.isoformat()}
    member = {"login": "sato", "posts": [again]}
    section = {"key": post.department.key, "title": "環境課"}
    role = {"key": post.role.key, "title": "担当", "rank": 10}
    load_organisation({"departments": [section], "roles": [role], "members": [member]})
    assert list(Post.objects.filter(member=sato)) == [earlier, post]
