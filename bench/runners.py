"""One competitor's engine in a process of its own, which answers questions on its standard input.

Imports of models stand inside the functions: each competitor has settings of its own, and Django must be set up first.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, Self

from bench.servers import ROOT

Steps = list[Callable[[Any], Any]]


class Runner:
    """A child process that runs `python -m bench.runners NAME`; ``ask`` sends a line and gives the answer."""

    def __init__(self, name: str, env: dict[str, str]) -> None:
        self.command, self.env = [sys.executable, "-m", "bench.runners", name], env

    def __enter__(self) -> Self:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.env, **pipes)
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.stdin.close()
        self.process.wait(20)

    def ask(self, question: str) -> str:
        print(question, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().strip()
        if not answer:
            sys.exit(f"{self.command} ended")
        return answer


def kakanai_steps() -> Steps:
    """Two people decide on a subject whose answers are encrypted; the decisions are signed, chained and audited."""
    from django.core.management import call_command
    from django.db import transaction

    from bench.leaves import ANSWERS
    from tests.workflows.documents import LINE
    from tests.workflows.subjects.models import Matter
    from workflows import cases, decisions, definitions
    from workflows.staff import StaffMember

    call_command("migrate", verbosity=0)  # the subject's table
    sato, yoshino = (StaffMember.objects.get(username=login) for login in ("sato", "yoshino"))
    definitions.publish(LINE)

    def start(_: Any) -> Any:
        with transaction.atomic():  # as submission does: the subject is there with its case, or not at all
            return cases.start(Matter.objects.create(answers=ANSWERS), definitions.current("line"))

    def approve(by: StaffMember) -> Callable[[Any], Any]:
        def decide(case: Any) -> Any:
            decisions.decide(case.open_tasks()[0], "approved", by)
            return case

        return decide

    return [start, approve(sato), approve(yoshino)]


def plain_steps() -> Steps:
    """Plain viewflow keeps the answers in its process row."""
    from django.contrib.auth.models import User

    from bench.leaves import ANSWERS
    from bench.peers import flows

    first, second = (User.objects.get(username=name) for name in ("first", "second"))

    def approve(by: User) -> Callable[[Any], Any]:
        return lambda process: (flows.approve(process, by), process)[1]

    return [lambda _: flows.start(ANSWERS), approve(first), approve(second)]


def peer_steps() -> Steps:
    """django-forms-workflows through its own functions, as its views call them."""
    from django.contrib.auth.models import User
    from django.db import transaction
    from django.utils import timezone
    from django_forms_workflows.models import ApprovalTask, FormDefinition, FormSubmission
    from django_forms_workflows.workflow_engine import create_workflow_tasks, handle_approval

    from bench.leaves import ANSWERS

    form = FormDefinition.objects.get(slug="dog")
    workflow = form.workflows.get()
    first, second = (User.objects.get(username=name) for name in ("first", "second"))

    def start(_: Any) -> Any:
        submission = FormSubmission.objects.create(form_definition=form, form_data=ANSWERS, status="submitted")
        create_workflow_tasks(submission)
        return submission

    def approve(by: User) -> Callable[[Any], Any]:
        def decide(submission: Any) -> Any:
            with transaction.atomic():
                task = ApprovalTask.objects.get(submission=submission, status="pending")
                task.status, task.completed_by, task.completed_at = "approved", by, timezone.now()
                task.save()
                handle_approval(submission, task, workflow)
            return submission

        return decide

    return [start, approve(first), approve(second)]


def rate(steps: Steps, number: int) -> float:
    """Cases per second, from start to the last approval."""
    begin = time.perf_counter()
    for _ in range(number):
        case = None
        for step in steps:
            case = step(case)
    return number / (time.perf_counter() - begin)


def statements(steps: Steps) -> str:
    """SQL statements of each step, the second time it runs (caches are warm)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rate(steps, 1)
    case, counts = None, []
    for step in steps:
        with CaptureQueriesContext(connection) as captured:
            case = step(case)
        spoken = [query for query in captured.captured_queries if not query["sql"].startswith(NOT_COUNTED)]
        counts.append(str(len(spoken)))
    return " / ".join(counts)


def grow(number: int) -> str:
    """So many more closed cases with their tasks and decisions, copied from one that is closed."""
    from bench.filling import run, settle
    from bench.queue_rows import fresh_uuid, multiply
    from workflows.cases import Case, Task
    from workflows.decisions import Decision

    case = Case.objects.exclude(finished=None).latest("pk")
    top = Case.objects.latest("pk").pk
    multiply(Case, case.pk, number, {"id": f"i + {top}", "public_id": fresh_uuid(), "subject_id": fresh_uuid()})
    for task in Task.objects.filter(process=case):
        key = f"i + {Task.objects.latest('pk').pk}"
        multiply(Task, task.pk, number, {"id": key, "public_id": fresh_uuid(), "process_id": f"i + {top}"})
    for made in case.decisions.all():
        multiply(Decision, literal(made.pk), number, {"id": fresh_uuid(), "case_id": f"i + {top}"})
    if connection_is_postgres():
        for table in ("case", "task"):
            run(f"SELECT setval('workflows_{table}_id_seq', (SELECT MAX(id) FROM workflows_{table}))")
    settle()
    return str(Case.objects.count())


def aged(steps: Steps, history: int, number: int) -> float:
    """Cases a second decided by two people, each with so many decisions made on it before (which are not timed)."""
    from bench.queue_rows import fresh_uuid, multiply
    from workflows.decisions import Decision

    start, *decide = steps
    model = literal(Decision.objects.filter(number=1).latest("at").pk)
    opened = [start(None) for _ in range(number)]
    for case in opened:
        past = {"id": fresh_uuid(), "case_id": str(case.pk), "number": "i", "digest": "'past'"}
        multiply(Decision, model, history, past)
    begin = time.perf_counter()
    for case in opened:
        for step in decide:
            step(case)
    return number / (time.perf_counter() - begin)


def literal(pk: Any) -> str:
    return f"'{pk}'" if connection_is_postgres() else f"'{pk.hex}'"


def connection_is_postgres() -> bool:
    from bench.filling import is_postgres

    return is_postgres()


NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
ANSWERS: dict[str, Callable[..., Any]] = {
    "sql": statements,
    "rate": rate,
    "grow": lambda _steps, number: grow(number),
    "aged": aged,
}
STEPS = {"kakanai": kakanai_steps, "plain": plain_steps, "peer": peer_steps}


def main(name: str) -> None:
    import django

    django.setup()
    steps = STEPS[name]()
    for line in sys.stdin:
        question, *numbers = line.split()
        print(ANSWERS[question](steps, *map(int, numbers)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
