"""Who may sign in, and that somebody can always change the organisation."""

from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.utils.timezone import localdate

from workflows.accounts import choose_password, invite, put_member
from workflows.audit import AuditEntry
from workflows.capacities import AUDITOR, ORGANISER, CapacityRefused, grant, has_capacity, revoke
from workflows.changes import Change, OrganisationRefused
from workflows.staff import Department, Post, Role, StaffMember

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def closed(member: StaffMember, by: StaffMember | None = None) -> Change:
    return put_member(member.username, str(member), member.kana, member.email, False, by)


def test_closing_an_account_ends_its_posts_and_opening_it_gives_none_back(sato: StaffMember) -> None:
    department, role = Department.objects.get(key="general"), Role.objects.get(key="reviewer")
    Post.objects.create(member=sato, department=department, role=role, since=localdate() + timedelta(days=3))
    assert closed(sato) == Change.ENDED
    assert put_member("sato", "佐藤 花子", "サトウ ハナコ", "", True, None) == Change.CHANGED
    assert [post.until for post in Post.objects.filter(member=sato)] == [localdate()]
    verbs = AuditEntry.objects.filter(target="staff:sato").values_list("verb", flat=True)
    assert list(verbs) == ["close_account", "change_account"]


def test_new_account_has_no_password_until_its_owner_sets_one_by_the_link(organisation: None) -> None:
    assert put_member("hayashi", "林 太郎", "ハヤシ タロウ", "hayashi@example.jp", True, None) == Change.NEW
    member = StaffMember.objects.get(username="hayashi")
    assert not member.check_password("")
    token = invite(member, None)
    assert default_token_generator.check_token(member, token)
    choose_password(member, "mado-guchi-2026")
    assert member.check_password("mado-guchi-2026")
    assert not default_token_generator.check_token(member, token)


@pytest.mark.parametrize(
    ("login", "name", "mail", "words"),
    [
        ("林", "林", "", "ログイン名は半角"),
        ("", "林", "", "ログイン名は半角"),
        ("SATO", "佐藤", "", "大文字と小文字"),
        ("hayashi", " ", "", "名称"),
        ("hayashi", "林\x00", "", "制御文字"),
        ("hayashi", "林", "hayashi", "メールアドレス"),
    ],
)
def test_what_no_account_can_be_is_refused(organisation: None, login: str, name: str, mail: str, words: str) -> None:
    with pytest.raises(OrganisationRefused, match=words):
        put_member(login, name, "", mail, True, None)


def test_the_last_organiser_stays(admin: StaffMember, sato: StaffMember) -> None:
    grant(admin, ORGANISER)
    grant(sato, ORGANISER, "environment")
    with pytest.raises(CapacityRefused, match="いなくなります"):
        revoke(admin, ORGANISER)
    with pytest.raises(OrganisationRefused, match="いなくなります"):
        closed(admin)
    grant(sato, ORGANISER)
    revoke(admin, ORGANISER)
    assert has_capacity(sato, ORGANISER, "general") and not has_capacity(admin, ORGANISER)


def test_nobody_closes_the_own_account(admin: StaffMember) -> None:
    with pytest.raises(OrganisationRefused, match="自分の"):
        closed(admin, by=admin)


def test_any_other_capacity_can_be_taken_away(sato: StaffMember) -> None:
    grant(sato, AUDITOR)
    revoke(sato, AUDITOR)
    assert not has_capacity(sato, AUDITOR)
