"""One office of some size, or viewflow's list beside it, in a process that answers with milliseconds by row.

Imports of models stand inside the functions: each competitor has settings of its own, and Django must be set up first.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

Rows = dict[str, Callable[[], Any]]
#: Each row so often in a round, or until so many seconds have passed, but three times at least.
REPEATS, PATIENCE, FEWEST = 9, 2.0, 3


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds of SQL and of all of it: the median of some repetitions, after one that warms up."""
    from django.db import connection

    spent: list[float] = []

    def clock(execute: Callable[..., Any], *call: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(*call)
        finally:
            spent[-1] += time.perf_counter() - begin

    whole = []
    with connection.execute_wrapper(clock):
        for _ in range(REPEATS + 1):
            spent.append(0.0)
            begin = time.perf_counter()
            work()
            whole.append(time.perf_counter() - begin)
            if sum(whole) > PATIENCE and len(whole) > FEWEST:
                break
    return statistics.median(spent[1:]) * 1000, statistics.median(whole[1:]) * 1000


def filled_office(most: int) -> Any:
    """So many open tasks in an office of their own; the member whose trays are opened."""
    from bench import queue_rows
    from bench.filling import in_haste
    from tests.workflows.documents import LINE
    from tests.workflows.subjects.models import Matter
    from workflows import cases, definitions

    with in_haste():
        member = queue_rows.office()
        template = cases.start(Matter.objects.create(answers={}, department_key="s100"), definitions.publish(LINE))
        queue_rows.cases(template, most)
        queue_rows.decisions(member, template, most)
        queue_rows.terms(most)
    return member


def kakanai(most: int) -> Rows:
    """The trays of one member, first and deep, narrowed and sorted, their numbers, and searches."""
    from bench import queue_rows
    from workflows import trays
    from workflows.cases import Case
    from workflows.search import search
    from workflows.trays import Filters

    member = filled_office(most)
    deep, decided = deep_cursor(member), deep_decision(member)
    procedure, stood_in = (trays.tray(member, name).tasks[0].procedure for name in ("mine", "substitutable"))
    common, full = queue_rows.COMMON, queue_rows.name(queue_rows.OWN + queue_rows.SECTIONS * 3)
    check(member, [common, full, full[:2], full[1:3]], most)
    rows: Rows = {
        f"page, {tray}": (lambda tray=tray: trays.tray(member, tray)) for tray in ("mine", *list(trays.TRAYS)[1:])
    }
    return rows | {
        "page, deep": lambda: trays.tray(member, "mine", deep),
        "page, newest first": lambda: trays.tray(member, "mine", order="newest"),
        "page, one procedure": lambda: trays.tray(member, "mine", by=Filters(procedure=procedure)),
        "page, one department": lambda: trays.tray(member, "mine", by=Filters(department="s200")),
        "page, consulted by one department": lambda: trays.tray(member, "consultations", by=Filters(department="s193")),
        "page, opened": lambda: trays.tray(member, "mine", by=Filters(state="opened")),
        "page, unopened": lambda: trays.tray(member, "mine", by=Filters(state="unopened")),
        "page, substitutable, one procedure": lambda: trays.tray(
            member, "substitutable", by=Filters(procedure=stood_in)
        ),
        "page, decided on": lambda: trays.decided_page(member),
        "page, decided on, deep": lambda: trays.decided_page(member, decided),
        "page, substitutable by arrival": lambda: trays.tray(member, "substitutable", order="arrived"),
        "page, due this week": lambda: trays.tray(member, "mine", by=Filters(due="week")),
        "numbers of all trays": lambda: trays.sizes(member),
        "one case, if visible": lambda: Case.objects.visible_to(member).filter(pk=queue_rows.FIRST + 300).first(),
        "look-up of 25 cases": lambda: look_up(member),
        "search, common surname": lambda: search(member, common),
        "search, full name": lambda: search(member, full),
        "search, two characters": lambda: search(member, full[1:3]),
    }


def deep_cursor(member: Any) -> str | None:
    """The place behind nine of ten pages of the member's own tasks, as far as a bench has patience to turn them."""
    from workflows import trays
    from workflows.cases import Task
    from workflows.queue import ORDERS, _cursor

    own = Task.objects.filter(owner_permission="post.s200/reviewer", lane="work", held_at=None, finished=None)
    number = own.count() * 9 // 10
    place = _cursor(own.order_by("sort_on", "pk")[number], ORDERS["due"])
    assert trays.tray(member, "mine", place).tasks
    return place


def deep_decision(member: Any) -> str:
    """The place behind nine of ten of the member's own decisions."""
    from workflows import trays

    made = trays.decided(member)
    last = made[made.count() * 9 // 10]
    place = f"{last.at.isoformat()}_{last.pk}"
    assert trays.decided_page(member, place)["decided"]
    return place


def look_up(member: Any) -> Any:
    """What any list of cases costs that stands in one index in its order."""
    from workflows.cases import Case

    return list(Case.objects.filter(department_key="s200").order_by("-created")[:25])


def check(member: Any, texts: list[str], most: int) -> None:
    """What is found is what reading the names of both sections finds; ends the bench if not."""
    from bench.queue_rows import FIRST, OWN, SECTIONS, name
    from workflows.search import search

    own = [number for number in range(1, most + 1) if number % SECTIONS in (OWN, OWN + 1)]
    for text in texts:
        expected = sorted((FIRST + number for number in own if text in name(number)), reverse=True)
        found = [case.pk for case in search(member, text, 1000).cases]
        if found != expected[:1000]:
            sys.exit(f"search for {text} finds {len(found)}, reading finds {len(expected)}")


def viewflow(most: int) -> Rows:
    """viewflow's list of what a user may take: its count, its page and the choices of its filter."""
    from viewflow.workflow.models import Task

    from bench.filling import in_haste
    from bench.peers.flows import PlainFlow

    with in_haste():
        user = peer_rows(most)
    user.get_all_permissions()

    def listed() -> Any:
        tasks = Task.objects.user_queue(user, flow_class=PlainFlow).filter(status="NEW").select_related("process")
        tasks = tasks.order_by("-created")
        list(tasks.order_by("flow_task").values_list("flow_task", flat=True).distinct())
        return [tasks.count(), *tasks[:25]]

    if len(listed()) != 26:
        sys.exit("viewflow lists nothing")
    return {"its task list": listed}


def peer_rows(most: int) -> Any:
    """As many tasks of viewflow's own for the same sections; gives a user who may take those of two."""
    from django.contrib.auth.models import Permission, User
    from django.contrib.contenttypes.models import ContentType
    from viewflow.workflow.models import Process, Task

    from bench.filling import step, unindexed
    from bench.peers.flows import start
    from bench.queue_rows import FIRST, moment, multiply, section

    process = start({})
    user = User.objects.get(username="first")
    of = ContentType.objects.get_for_model(Task)
    for number in (200, 201):
        user.user_permissions.add(Permission.objects.create(codename=f"s{number}", name="-", content_type=of))
    task = Task.objects.filter(process=process, status="NEW").get()
    waits = {"id": f"i + {FIRST}", "created": moment("i")}
    with step("processes"), unindexed(Process):
        multiply(Process, process.pk, most, waits)
    waits |= {"owner_permission": f"'{of.app_label}.' || {section('i')}", "process_id": f"i + {FIRST}"}
    with step("tasks"), unindexed(Task):
        multiply(Task, task.pk, most, waits)
    return User.objects.get(pk=user.pk)


def main(name: str, most: int) -> None:
    import django

    django.setup()
    rows = {"kakanai": kakanai, "viewflow": viewflow}[name](most)
    for _question in sys.stdin:
        print(json.dumps({title: timed(work) for title, work in rows.items()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
