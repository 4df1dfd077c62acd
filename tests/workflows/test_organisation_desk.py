"""What an organiser and an auditor see and do at the desk, and what nobody else does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from workflows.audit import AuditEntry
from workflows.capacities import AUDITOR, ORGANISER, Capacity, grant, has_capacity
from workflows.cases import Case
from workflows.closing_days import ClosingDay
from workflows.delegations import Absence
from workflows.rosters.imports import export
from workflows.staff import Department, Post, Role, StaffMember

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
OPEN = ["overview", "departments", "roles", "members", "new_member", "closing_days", "rosters"]


@pytest.fixture
def office(admin: StaffMember, client_of: Browser) -> Client:
    """Somebody who may change the whole office, and audit it."""
    grant(admin, ORGANISER)
    grant(admin, AUDITOR)
    return client_of("admin")


@pytest.fixture
def section(sato: StaffMember, client_of: Browser) -> Client:
    """Somebody who may change 環境課 alone."""
    grant(sato, ORGANISER, "environment")
    return client_of("sato")


def to(name: str, *args: Any) -> str:
    return reverse(f"organisation:{name}", args=args)


def read(browser: Client, address: str, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("name", [*OPEN, "audit"])
def test_the_desk_is_closed_to_who_has_no_capacity(client_of: Browser, client: Client, name: str) -> None:
    assert client_of("yoshino").get(to(name)).status_code == 403
    assert client.get(to(name)).url.startswith(reverse("login"))


@pytest.mark.parametrize("name", [*OPEN, "audit"])
def test_every_page_opens_for_who_has(office: Client, name: str) -> None:
    assert "<h1>" in read(office, to(name))


def test_organiser_is_no_auditor_nor_the_other_way(client_of: Browser, sato: StaffMember, yoshino: StaffMember) -> None:
    grant(sato, ORGANISER)
    grant(yoshino, AUDITOR)
    assert client_of("sato").get(to("audit")).status_code == 403
    assert client_of("sato").post(to("verification")).status_code == 403
    assert client_of("yoshino").get(to("overview")).status_code == 403


def test_section_organiser_reaches_the_own_section_only(section: Client, suzuki: StaffMember) -> None:
    assert "環境課" in read(section, to("department", "environment"))
    read(section, to("department", "facilities"), 404)
    read(section, to("member", suzuki.pk), 404)
    read(section, to("post", Post.objects.get(member=suzuki).pk), 404)
    for name in ("roles", "new_member", "rosters"):
        read(section, to(name), 403)


def test_section_organiser_gives_no_office_wide_post_or_capacity(section: Client, sato: StaffMember) -> None:
    typed = {"department": Department.objects.get(key="environment").pk, "since": "2026-04-01"}
    mayor = {**typed, "role": Role.objects.get(key="mayor").pk}
    assert section.post(to("appoint", sato.pk), mayor).status_code == 422
    assert section.post(to("capacity", sato.pk), {"kind": AUDITOR}).status_code == 403
    assert section.post(to("invitation", sato.pk)).status_code == 403
    assert section.post(to("department", "environment"), {"title": "別の課"}).status_code == 200
    assert Department.objects.get(key="environment").title == "環境課"


def test_department_is_founded_renamed_and_ended(office: Client) -> None:
    assert office.post(to("departments"), {"key": "harbour", "title": "港湾課"}).status_code == 302
    office.post(to("department", "harbour"), {"title": "港湾部", "ended_on": localdate().isoformat()})
    row = Department.objects.get(key="harbour")
    assert (row.title, row.ended_on) == ("港湾部", localdate())


def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(office: Client) -> None:
    response = office.post(to("departments"), {"key": "港", "title": "髙﨑港湾課"})
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_key_error">＊記号は半角' in shown and 'value="髙﨑港湾課"' in shown


def test_role_is_set_up_and_changed(office: Client) -> None:
    office.post(to("roles"), {"key": "clerk", "title": "主事", "rank": "5"})
    office.post(to("role", "clerk"), {"title": "主任", "rank": "6", "citywide": "on"})
    role = Role.objects.get(key="clerk")
    assert (role.title, role.rank, role.citywide) == ("主任", 6, True)


def test_new_member_gets_a_link_that_works_once(office: Client, client: Client) -> None:
    typed = {"login": "hayashi", "display_name": "林 太郎", "kana": "ハヤシ タロウ", "is_active": "on"}
    assert office.post(to("new_member"), typed).status_code == 302
    member = StaffMember.objects.get(username="hayashi")
    shown = office.post(to("invitation", member.pk)).content.decode()
    link = re.search(r"/organisation/welcome/[^<\s]+", shown)
    assert link is not None
    form = client.get(link[0]).url
    chosen = {"new_password1": "mado-guchi-2026", "new_password2": "mado-guchi-2026"}
    assert client.post(form, chosen).url == reverse("login")
    assert StaffMember.objects.get(pk=member.pk).check_password("mado-guchi-2026")
    assert "この案内は使えません" in Client().get(link[0]).content.decode()


def test_link_of_who_has_left_opens_nothing(office: Client, client: Client, sato: StaffMember) -> None:
    link = re.search(r"/organisation/welcome/[^<\s]+", office.post(to("invitation", sato.pk)).content.decode())
    StaffMember.objects.filter(pk=sato.pk).update(is_active=False)
    assert link is not None and "この案内は使えません" in client.get(link[0]).content.decode()


def test_login_in_use_is_not_taken_over(office: Client, sato: StaffMember) -> None:
    response = office.post(to("new_member"), {"login": "sato", "display_name": "別人", "is_active": "on"})
    assert response.status_code == 422 and "すでに使われています" in response.content.decode()
    assert StaffMember.objects.get(pk=sato.pk).display_name == "佐藤 花子"


def test_before_a_post_ends_the_page_says_what_waits(
    office: Client, opened: Callable[..., Case], sato: StaffMember
) -> None:
    opened()
    post = Post.objects.get(member=sato)
    assert "1件の処理が待っています" in read(office, to("post", post.pk))
    office.post(to("post", post.pk), {"until": (localdate() - timedelta(days=1)).isoformat()})
    assert "環境課 担当" in read(office, to("overview"))


def test_somebody_is_appointed_and_it_is_taken_back_before_it_begins(office: Client, sato: StaffMember) -> None:
    typed = {"member": sato.pk, "role": Role.objects.get(key="reviewer").pk}
    since = (localdate() + timedelta(days=5)).isoformat()
    assert office.post(to("appointment", "general"), {**typed, "since": since}).status_code == 302
    post = Post.objects.get(member=sato, department__key="general")
    office.post(to("withdrawal", post.pk))
    assert not Post.objects.filter(pk=post.pk).exists()


def test_capacity_is_given_and_taken_but_not_the_last_organisers(office: Client, sato: StaffMember) -> None:
    general = Department.objects.get(key="general")
    office.post(to("capacity", sato.pk), {"kind": "builder", "department": general.pk})
    assert has_capacity(sato, "builder", "general")
    office.post(to("revocation", Capacity.objects.get(member=sato).pk))
    assert not has_capacity(sato, "builder")
    last = Capacity.objects.get(kind=ORGANISER, department_key="")
    shown = office.post(to("revocation", last.pk), follow=True).content.decode()
    assert "いなくなります" in shown and Capacity.objects.filter(pk=last.pk).exists()


def test_absence_of_somebody_else_is_announced_and_cancelled(section: Client, sato: StaffMember) -> None:
    today = localdate().isoformat()
    assert section.post(to("absence", sato.pk), {"since": today, "until": today, "reason": " "}).status_code == 422
    section.post(to("absence", sato.pk), {"since": today, "until": today, "reason": "出張"})
    absence = Absence.objects.get()
    assert "出張" in read(section, to("member", sato.pk))
    section.post(to("cancellation", absence.pk))
    assert "出張" not in read(section, to("member", sato.pk))


def test_closing_days_of_the_office_are_for_who_may_change_it(office: Client, section: Client) -> None:
    days = {"title": "夏季休業", "first": "2027-08-13", "last": "2027-08-15", "yearly": "on"}
    assert section.post(to("closing_days"), days).status_code == 422
    assert office.post(to("closing_days"), days).status_code == 302
    row = ClosingDay.objects.get()
    assert section.post(to("opening", row.pk)).status_code == 404
    office.post(to("opening", row.pk))
    assert not ClosingDay.objects.exists()


def test_table_is_shown_and_then_carried_out(office: Client) -> None:
    text = export("departments").decode() + "harbour,港湾課,,\r\n"
    upload = SimpleUploadedFile("課.csv", text.encode())
    shown = office.post(to("rosters"), {"file": upload}).content.decode()
    assert "港湾課" in shown and not Department.objects.filter(key="harbour").exists()
    hidden = dict(re.findall(r'name="(content|expected)" value="([^"]*)"', shown))
    after = office.post(to("carrying_out"), hidden, follow=True).content.decode()
    assert "1件を変更" in after and Department.objects.filter(key="harbour").exists()


def test_table_with_a_problem_names_the_line_and_offers_no_button(office: Client) -> None:
    upload = SimpleUploadedFile("a.csv", "課の記号,課の名称,上位の課の記号,廃止日\nx y,港,,\n".encode())
    shown = office.post(to("rosters"), {"file": upload}).content.decode()
    assert "2行目" in shown and "この内容で取り込む" not in shown


def test_no_file_or_a_broken_request_is_told_in_words(office: Client) -> None:
    assert "ファイルを選んで" in office.post(to("rosters"), {}).content.decode()
    for content in ("", "###", "あ"):
        said = office.post(to("carrying_out"), {"content": content}, follow=True)
        assert said.status_code == 200 and "notice--error" in said.content.decode()


def test_export_is_a_file_that_changes_nothing(office: Client) -> None:
    response = office.get(to("exported", "posts"))
    assert response.content == export("posts") and "attachment" in response["Content-Disposition"]
    assert office.get(to("exported", "nothing")).status_code == 404


def test_auditor_finds_entries_by_who_what_target_and_day(office: Client, admin: StaffMember) -> None:
    office.post(to("departments"), {"key": "harbour", "title": "港湾課"})
    for query in ("actor=admin", "verb=found_department", "target=department:harb", f"since={localdate()}"):
        assert "department:harbour" in read(office, f"{to('audit')}?{query}")
    for query in ("actor=sato", "verb=decide", "target=harb", "until=2020-01-01"):
        assert "department:harbour" not in read(office, f"{to('audit')}?{query}")
    assert "日付を 2026/4/1 の形" in read(office, f"{to('audit')}?since=x", 422)
    assert "department:harbour" in read(office, f"{to('audit')}?since=0001-01-01")


def test_audit_entries_go_on_page_by_page(office: Client, sato: StaffMember) -> None:
    for number in range(60):
        grant(sato, "builder", f"section-{number}")
    first = read(office, to("audit") + "?verb=grant")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None and "verb=grant" in following[1]
    second = read(office, following[1].replace("&amp;", "&"))
    assert first.count('scope="row"') == 50 and second.count('scope="row"') == 12
    assert read(office, to("audit") + "?before=x")


def test_auditor_sees_whether_the_chain_holds(office: Client) -> None:
    assert "どれも変えられていません" in office.post(to("verification")).content.decode()
    AuditEntry.objects.filter(number=1)._raw_delete("default")
    assert "1番の記録から" in office.post(to("verification")).content.decode()
