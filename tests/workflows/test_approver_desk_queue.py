"""The queue as its approver uses it: trays with counts, what is late first, search, filters, several at once."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.test_blocks import act, consulting
from workflows.cases import Case, Task
from workflows.decisions import Decision, decide
from workflows.holds import hold
from workflows.staff import StaffMember
from workflows.trays import CAP, TRAYS, sizes, tray

Opened = Callable[..., Case]
Browser = Callable[[str], Client]
STOOD_IN = {**documents.DECIDE, "substitutes": [{"role": "unit_chief"}]}


def shown(browser: Client, **query: str) -> str:
    return browser.get(reverse("approver:queue"), query).content.decode()


def found(browser: Client, words: str, tray: str = "mine") -> str:
    """The page to which looking for these words leads."""
    return browser.post(reverse("approver:seek"), {"q": words, "tray": tray}, follow=True).content.decode()


def send(browser: Client, tasks: list[Task], **more: str) -> str:
    data = {"task": [str(task.public_id) for task in tasks], **more}
    return browser.post(reverse("approver:together"), data).content.decode()


def test_each_task_lies_in_the_tray_of_its_reason(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    case = opened(consulting())
    held = opened({**documents.LINE, "steps": [{**documents.REVIEW, "may": ["approve", "hold"]}, documents.DECIDE]})
    hold(waiting_task(held), sato, "照会", localdate())
    assert {name: count for name, count in sizes(sato).items() if count} == {"mine": 1, "held": 1}
    act(case, "review")
    assert {name: count for name, count in sizes(suzuki).items() if count} == {"consultations": 1}


def test_substitutes_see_what_they_may_stand_in_for(opened: Opened, sato: StaffMember, takasaki: StaffMember) -> None:
    case = opened({**documents.LINE, "steps": [documents.REVIEW, STOOD_IN]})
    assert sizes(takasaki)["substitutable"] == 0
    decide(waiting_task(case), "approved", sato)
    assert [task.case for task in tray(takasaki, "substitutable").tasks] == [case]


def test_what_waits_for_others_of_my_department_is_there_to_look_at(opened: Opened, yoshino: StaffMember) -> None:
    case, other = opened(), opened(department_key="facilities")
    assert [task.case for task in tray(yoshino, "department").tasks] == [case]
    assert other not in [task.case for task in tray(yoshino, "mine").tasks]


@pytest.mark.both
def test_the_most_overdue_comes_first_and_what_has_no_day_last(opened: Opened, sato: StaffMember) -> None:
    cases = [opened(reference=f"R8-{number}") for number in range(4)]
    for case, days in zip(cases, (3, -2, None, -9), strict=True):
        due = None if days is None else localdate() + timedelta(days=days)
        Task.objects.filter(process=case).update(due_on=due)
    everything = [task.case.reference for task in tray(sato, "mine").tasks]
    assert everything == ["R8-3", "R8-1", "R8-0", "R8-2"]
    assert [task.case.reference for task in tray(sato, "mine", order="newest").tasks] == [
        "R8-3",
        "R8-2",
        "R8-1",
        "R8-0",
    ]


@pytest.mark.both
def test_pages_sorted_by_day_hold_each_task_once(opened: Opened, sato: StaffMember) -> None:
    for number in range(60):
        case = opened(reference=f"R8-{number:06}")
        Task.objects.filter(process=case).update(
            due_on=localdate() + timedelta(days=number % 3) if number % 4 else None
        )
    seen, after = [], None
    for _ in range(3):
        page = tray(sato, "mine", after)
        seen, after = [*seen, *(task.pk for task in page.tasks)], page.next_cursor
    assert after is None
    assert len(seen) == len(set(seen)) == 60


def test_number_leads_to_a_case_however_it_is_written(opened: Opened, client_of: Browser, suzuki: StaffMember) -> None:
    opened(reference="R8-000012")
    for written in ("R8-000012", "r8-12", "Ｒ８－００００１２", " R8 12 "):
        assert "R8-000012</td>" in found(client_of("sato"), written)
    assert "R8-000012</td>" not in found(client_of("suzuki"), "R8-000012")


@pytest.mark.parametrize("tray", [*TRAYS, "drafted", "decided"])
def test_name_is_looked_for_from_every_tray(opened: Opened, client_of: Browser, tray: str) -> None:
    opened(reference="R8-000012", names=["髙﨑一郎"])
    opened(reference="R8-000013", names=["佐藤花子"], department_key="facilities")
    page = found(client_of("sato"), "高崎", tray)
    assert "R8-000012</td>" in page and f"?tray={tray}" in page
    assert "R8-000013</td>" not in found(client_of("sato"), "佐藤", tray)


def test_name_that_is_looked_for_stands_in_no_address(opened: Opened, client_of: Browser) -> None:
    opened(reference="R8-000012", names=["髙﨑一郎"])
    answer = client_of("sato").post(reverse("approver:seek"), {"q": "高崎"})
    address = unquote(answer.headers["Location"])
    assert "高崎" not in address and "R8-000012</td>" in client_of("sato").get(address).content.decode()
    assert "高崎" not in client_of("suzuki").get(address).content.decode()


def test_search_that_finds_nothing_says_what_helps(opened: Opened, client_of: Browser) -> None:
    opened()
    assert "1文字では探せません" in found(client_of("sato"), "林")
    assert "条件に合うものはありません" in found(client_of("sato"), "林太郎")


def test_list_is_narrowed_by_title_procedure_department_day_and_state(opened: Opened, client_of: Browser) -> None:
    browser = client_of("sato")
    opened(reference="R8-000001", title="犬の登録")
    case = opened(reference="R8-000002", title="道路の占用")
    Task.objects.filter(process=case).update(due_on=localdate() - timedelta(days=30))
    narrowed = [shown(browser, procedure="道路の占用"), shown(browser, due="overdue"), found(browser, "道路")]
    for page in narrowed:
        assert "R8-000002</td>" in page and "R8-000001</td>" not in page
    assert "条件に合うものはありません" in shown(browser, department="facilities")
    assert "R8-000001</td>" in shown(browser, state="unopened")
    assert "条件に合うものはありません" in shown(browser, state="opened")


def test_nonsense_in_the_address_is_no_error(opened: Opened, client_of: Browser) -> None:
    opened()
    page = shown(client_of("sato"), tray="x", sort="y", due="z", state="w", after="あ", sought="%_'\"<", far="z")
    assert "data-case" in page
    assert "条件に合うものはありません" in found(client_of("sato"), "%_'\"<", tray="x")
    for name in ("drafted", "decided"):
        assert shown(client_of("sato"), tray=name, after="2026-01-01_x")


def test_numbers_beside_the_trays_are_bounded(opened: Opened, sato: StaffMember, client_of: Browser) -> None:
    first = waiting_task(opened())
    rows = [Task(process=first.process, flow_task=first.flow_task, step="review") for _ in range(CAP + 5)]
    for row in rows:
        row.owner_permission = first.owner_permission
    Task.objects.bulk_create(rows)
    assert sizes(sato)["mine"] == CAP
    assert "99+" in shown(client_of("sato"))


def test_several_are_approved_together_each_signed_by_itself(opened: Opened, client_of: Browser) -> None:
    cases = [opened(reference=f"R8-00000{number}") for number in range(3)]
    tasks, browser = [waiting_task(case) for case in cases], client_of("sato")
    planned = send(browser, tasks)
    assert "まだ処理していません" in planned and "3件を処理する" in planned
    assert not Decision.objects.exists()
    done = send(browser, tasks, confirmed="yes", comment="確認済み")
    assert "3件のうち3件を処理しました" in done
    assert len({made.jws for made in Decision.objects.all()}) == 3


def test_going_back_to_what_was_to_be_done_shows_that_it_is_done(opened: Opened, client_of: Browser) -> None:
    cases = [opened(reference=f"R8-00000{number}", names=["髙﨑 𠮷野"]) for number in range(2)]
    tasks, browser = [waiting_task(case) for case in cases], client_of("sato")
    wanted = {"task": [str(task.public_id) for task in tasks], "confirmed": "yes"}
    page = browser.get(reverse("approver:together"), wanted).content.decode()
    assert "2件を処理する" in page and page.count("髙﨑 𠮷野") == 2
    assert not Decision.objects.exists()
    assert send(browser, tasks, confirmed="yes").count("髙﨑 𠮷野") == 2
    again = browser.get(reverse("approver:together"), wanted).content.decode()
    assert again.count("まとめて処理できません：") == 2 and "件を処理する" not in again
    assert Decision.objects.count() == 2


def test_what_cannot_be_decided_together_says_so_and_holds_up_nothing(opened: Opened, client_of: Browser) -> None:
    mine, applied = opened(), opened(applicant=StaffMember.objects.get(username="sato"))
    done = send(client_of("sato"), [waiting_task(mine), waiting_task(applied)], confirmed="yes")
    assert "2件のうち1件を処理しました" in done and "処理できませんでした：" in done
    assert [read_again(case).decisions.count() for case in (mine, applied)] == [1, 0]


def test_foreign_and_senseless_choices_are_left_out(opened: Opened, client_of: Browser) -> None:
    foreign = waiting_task(opened(department_key="facilities"))
    browser = client_of("sato")
    assert browser.post(reverse("approver:together"), {"task": ["x", str(foreign.public_id)]}).status_code == 302
    assert not Decision.objects.exists()


def test_drafter_finds_what_he_drafted(opened: Opened, client_of: Browser, katsuragi: StaffMember) -> None:
    for number in range(27):
        opened(reference=f"R8-{number:06}", drafter=katsuragi, is_internal=True)
    browser = client_of("katsuragi")
    first = shown(browser, tray="drafted")
    assert first.count("data-case") == 25 and "処理中" in first
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert browser.get(reverse("approver:queue") + link).content.decode().count("data-case") == 2


@pytest.mark.both
@pytest.mark.parametrize("tray", ["mine", "drafted", "decided"])
@pytest.mark.parametrize(
    "after",
    [
        "0001-01-01T00:00:00+14:00_1",
        "2026-01-01T00:00:00_1",
        f"2026-01-01T00:00:00+00:00_{'9' * 25}",
        urlsafe_b64encode(f"2026-01-01 {'9' * 25}".encode()).decode(),
        urlsafe_b64encode(b"9999-12-31T23:59:59-14:00 1").decode(),
    ],
)
def test_cursor_that_no_page_gave_is_the_beginning(client_of: Browser, tray: str, after: str) -> None:
    for sort in ("due", "newest"):
        asked = {"tray": tray, "after": after, "sort": sort}
        page = client_of("sato").get(reverse("approver:queue"), asked, follow=True)  # an empty one leads to the first
        assert page.status_code == 200


@pytest.mark.both
@pytest.mark.parametrize("name", ["procedure", "department", "after"])
def test_address_with_nul_is_refused(client_of: Browser, name: str) -> None:
    assert client_of("sato").get(reverse("approver:queue"), {name: "a\0b"}).status_code == 400
