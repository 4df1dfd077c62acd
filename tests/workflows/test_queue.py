from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from tests.workflows.subjects.models import Matter
from workflows import trays
from workflows.cases import APPLICANT, Case, Task
from workflows.decisions import decide
from workflows.queue import ORDERS, Page, counts, page_of
from workflows.staff import StaffMember
from workflows.trays import TRAYS, Filters

pytestmark = pytest.mark.both
Opened = Callable[..., Case]


def waiting(member: StaffMember, after: str | None = None, limit: int = 25) -> Page:
    """What is the member's to do, oldest first."""
    return page_of(TRAYS["mine"](member), after, limit, order="arrived")


def capped_count(member: StaffMember, cap: int = 1000) -> int:
    return counts({"mine": TRAYS["mine"](member)}, cap)["mine"]


def test_queue_holds_what_my_posts_may_decide(
    opened: Opened, sato: StaffMember, suzuki: StaffMember, yoshino: StaffMember
) -> None:
    mine, other = opened(), opened(department_key="facilities")
    assert [task.case for task in waiting(sato).tasks] == [mine]
    assert [task.case for task in waiting(suzuki).tasks] == [other]
    assert waiting(yoshino).tasks == []
    decide(waiting_task(mine), "approved", sato)
    assert waiting(sato).tasks == []
    assert [task.case for task in waiting(yoshino).tasks] == [mine]


def test_task_of_the_applicant_is_in_nobodys_queue(opened: Opened, sato: StaffMember, admin: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "correction", sato, comment="理由")
    assert waiting_task(case).owner_permission == APPLICANT
    assert waiting(sato).tasks == waiting(admin).tasks == []


def test_task_given_to_me_by_name_is_in_my_queue(opened: Opened, admin: StaffMember) -> None:
    task = waiting_task(opened())
    task.owner = admin
    task.save()
    assert waiting(admin).tasks == [task]
    assert capped_count(admin) == 1


@pytest.fixture
def many(opened: Opened) -> list[Task]:
    """Sixty tasks of one case for two posts, a few of them made at the very same time."""
    case = opened()
    first = waiting_task(case)
    start = now()
    Task.objects.bulk_create(
        Task(
            process=case,
            flow_task=first.flow_task,
            step="review",
            owner_permission="post.environment/*" if number % 2 else first.owner_permission,
            created=start + timedelta(seconds=number // 3),
        )
        for number in range(60)
    )
    return list(Task.objects.order_by("created", "pk"))


def pages(member: StaffMember, limit: int) -> Iterator[list[Task]]:
    page = waiting(member, limit=limit)
    yield page.tasks
    while page.next_cursor:
        page = waiting(member, after=page.next_cursor, limit=limit)
        yield page.tasks


@pytest.mark.parametrize("limit", [1, 7, 25, 61, 100])
def test_pages_hold_every_task_once_in_order(many: list[Task], sato: StaffMember, limit: int) -> None:
    assert [task for page in pages(sato, limit) for task in page] == many


def test_paging_goes_on_though_tasks_are_decided_meanwhile(many: list[Task], sato: StaffMember) -> None:
    page = waiting(sato, limit=10)
    Task.objects.filter(pk__in=[task.pk for task in page.tasks]).update(finished=now())
    assert waiting(sato, after=page.next_cursor, limit=10).tasks == many[10:20]


@pytest.mark.parametrize("cursor", ["", "rubbish", "あ", "e30="])
def test_unreadable_cursor_means_the_beginning(many: list[Task], sato: StaffMember, cursor: str) -> None:
    assert waiting(sato, after=cursor, limit=5).tasks == many[:5]


def test_count_stops_at_its_cap(many: list[Task], sato: StaffMember, admin: StaffMember) -> None:
    assert capped_count(sato) == 61
    assert capped_count(sato, cap=10) == 10
    assert capped_count(admin) == 0


def test_page_costs_the_same_however_many_tasks_it_shows(opened: Opened, sato: StaffMember) -> None:
    for number in range(12):
        opened(reference=f"R8-{number}")
    ContentType.objects.get_for_model(Matter)
    waiting(sato)
    with CaptureQueriesContext(connection) as read:
        assert [task.case.reference for task in waiting(sato).tasks]
    assert len(read) == 2


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


def plans(verb: Callable[[], object]) -> str:
    """How the statements that merge index ranges are carried out."""
    with CaptureQueriesContext(connection) as read:
        verb()
    return "\n".join(plan_of(query["sql"]) for query in read if "part_0" in query["sql"])


def assert_no_scan(plan: str) -> None:
    assert plan
    assert "Seq Scan" not in plan
    for table in ("task", "substitute", "case", "decision", "searchtoken", "searchentry"):
        assert f"SCAN workflows_{table}" not in plan


NARROWED = [Filters(procedure="犬の登録"), Filters(department="environment"), Filters(due="week")]
NARROWED += [Filters(), Filters(among=("犬の登録", "道路の占用")), Filters(state="opened"), Filters(state="unopened")]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("tray", TRAYS)
def test_no_tray_scans_all_tasks(many: list[Task], sato: StaffMember, order: str, tray: str) -> None:
    cursor = page_of(TRAYS["mine"](sato), limit=5, order=order).next_cursor
    for after in (None, cursor):
        for by in NARROWED:
            assert_no_scan(plans(lambda after=after, by=by: trays.tray(sato, tray, after, order, by)))


def test_numbers_beside_trays_scan_nothing(many: list[Task], sato: StaffMember) -> None:
    assert_no_scan(plans(lambda: trays.sizes(sato)))


def test_sight_of_one_case_reads_nobody_else_s_tasks(many: list[Task], sato: StaffMember) -> None:
    with CaptureQueriesContext(connection) as read:
        Case.objects.visible_to(sato).filter(public_id=many[0].process.public_id).get()
    assert_no_scan(plan_of(read[-1]["sql"]))


def test_place_of_a_cursor_is_entered_by_the_index(many: list[Task], sato: StaffMember) -> None:
    """Comparing column by column would read everything before that place again and again."""
    with CaptureQueriesContext(connection) as read:
        page_of(TRAYS["mine"](sato), page_of(TRAYS["mine"](sato), limit=5).next_cursor, limit=5)
    sql = next(query["sql"] for query in read.captured_queries[::-1] if "part_0" in query["sql"])
    plan = plan_of(sql)
    entered = "ROW(" if connection.vendor == "postgresql" else "sort_on>?"
    assert entered in plan and " OR " not in sql


def test_unroutable_task_is_still_there(opened: Opened, sato: StaffMember) -> None:
    case = opened(documents.LINE, department_key="nowhere")
    assert waiting(sato).tasks == []
    assert case.open_tasks()
