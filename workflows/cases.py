"""Cases (案件) and tasks (処理): one run of a workflow for one subject, and one step of it waiting for somebody.

Whoever writes to a case holds its lock (``Case.locked()`` or ``Task.activation()``) and reads it again under that lock.
Rows of the subject are written after that, never before: two writers who lock in different order wait for each other.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Self, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy
from viewflow.workflow.activation import Activation
from viewflow.workflow.fields import import_flow_by_ref
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

from workflows.deadlines import DUE
from workflows.definitions import WorkflowVersion
from workflows.delegations import Substitute
from workflows.handwritten import Handwritten, insert, many, one
from workflows.references import FlowReference, SubjectReference, TaskReference
from workflows.routable import Routable
from workflows.search_terms import keep_terms
from workflows.spec import HumanStep, WorkflowSpec
from workflows.staff import PERMISSION, StaffMember, departments_of, keys_of, permissions_of
from workflows.staff_fields import facts_of
from workflows.task_indexes import INDEXES, OPEN, OPEN_OF_CASE
from workflows.traces import note
from workflows.watches import Watched

#: Whom a task waits for while the applicant corrects: a key that no member of staff can hold.
APPLICANT = "applicant"
#: Kinds of tasks: a step of the route, one that somebody put in before it (追加承認), 後閲, 供覧, 遅れの報告.
STEP, ADDED, LATER_READING, CIRCULATION, ESCALATION = "step", "added", "later_reading", "circulation", "escalation"
BLOCKING = (STEP, ADDED)
#: Why a task stands before somebody: to be done, to be consulted on (合議), to be read (後閲・供覧).
WORK, CONSULTED, READ = "work", "consulted", "read"


class CaseBusy(Exception):
    """Somebody else holds the case, and still did after the time that the database lets one wait."""


class CaseRefused(Exception):
    """The case is not in a state in which this can be done; the message says so to a person."""


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(finished=None)

    def of(self, subject: models.Model) -> Self:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def visible_to(self, member: StaffMember) -> Self:
        """Cases of the member's departments, those with a task for one of the posts, those decided on or drafted."""
        own = models.Q(owner_permission__in=permissions_of(member)) | models.Q(owner=member)
        return self.filter(
            models.Q(department_key__in=departments_of(member))
            | models.Q(drafted_by=member)
            | _concerns(Task.objects.filter(own), "process")
            | _concerns(Substitute.objects.of(member), "task__process")
            | _concerns(member.decisions.filter(number__gt=0), "case")  # so that the index of the case is taken
        )


def _concerns(rows: models.QuerySet[Any], path: str) -> Any:
    """Whether one of the rows belongs to the case, asked of each case by its index; EXISTS may read a whole past."""
    first = models.Subquery(rows.order_by().filter(**{path: models.OuterRef("pk")}).values("pk")[:1])
    return models.lookups.IsNull(first, False)


class Case(AbstractProcess, Handwritten):
    """One run of a workflow (案件).  Open until ``finished``; ``outcome`` is set by the deciding step."""

    flow_class = FlowReference(gettext_lazy("決裁経路"))
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(WorkflowVersion, models.PROTECT, related_name="cases")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, db_index=False)
    subject_id = models.UUIDField()
    subject: Any = SubjectReference("subject_type", "subject_id")
    reference = models.CharField(gettext_lazy("受付番号"), max_length=40)
    title = models.CharField(gettext_lazy("件名"), max_length=200)
    department_key = models.CharField(gettext_lazy("課"), max_length=50)
    outcome = models.CharField(gettext_lazy("結果"), max_length=20, blank=True)
    drafted_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, db_index=False, related_name="+")
    due_on = models.DateField(gettext_lazy("処理期限"), null=True, blank=True)
    stopped_at = models.DateTimeField(gettext_lazy("期間停止"), null=True, blank=True)
    first_sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)

    objects = CaseQuerySet.as_manager()
    parent_task = seed = artifact = None  # what viewflow's start node touches, and our cases do not have

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("案件")
        default_permissions = ("add", "change", "delete", "view", "manage")
        indexes = [
            models.Index(fields=["department_key", "-created"], name="case_department"),
            models.Index(fields=["reference"], name="case_reference"),
            models.Index(fields=["subject_type", "subject_id"], name="case_subject"),
            models.Index(
                fields=["drafted_by", "-created"], name="case_drafter", condition=models.Q(drafted_by__isnull=False)
            ),
            models.Index(fields=["due_on"], name="case_due", condition=OPEN),
            models.Index(fields=["version", "id"], name="case_open_version", condition=OPEN),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_facts: Mapping[str, Any] | None = None
        self.fresh_decisions: list[Any] = []
        self.decision_head: tuple[int, str] | None = None
        self.deciding: Any = None
        self.left_blocks: set[str] = set()
        self.running_suspensions: str | None = None  # known while it opens (see suspensions.running_question)

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def brief(self) -> str:
        """viewflow would render a title as a Django template; titles are written by people."""
        return str(self)

    @property
    def spec(self) -> WorkflowSpec:
        return self.flow_class.spec

    @property
    def is_open(self) -> bool:
        return self.finished is None

    @property
    def opened_at(self) -> datetime:
        return self.created

    @property
    def closed_at(self) -> datetime | None:
        return self.finished

    @property
    def facts(self) -> Mapping[str, Any]:
        """What rules and choices look at, read once for each time that the case is read."""
        self.known_facts = {**self.subject.facts(), **facts_of(self)} if self.known_facts is None else self.known_facts
        return self.known_facts

    def open_tasks(self) -> "list[Task]":
        """What the case waits for now, in the order in which it got there; nothing once it is closed."""
        return self.own(many(Task, OPEN_OF_CASE, [self.pk, *BLOCKING]))

    def open_readings(self) -> "list[Task]":
        """What is still to be read (後閲・供覧); it holds nothing up and outlives the case."""
        return self.own(Task.objects.filter(process=self, finished=None).exclude(kind__in=BLOCKING).order_by("pk"))

    def own(self, tasks: "Iterable[Task]") -> "list[Task]":
        """Tasks of this case, which they need not read again."""
        found = list(tasks)
        for task in found:
            task.process = self
        return found

    @contextmanager
    def locked(self) -> Iterator[Self]:
        """Nobody else writes to the case inside; it is read again first.  Raises CaseBusy."""
        with self.flow_class.lock(self.pk) as case:
            self.__dict__.update(case.__dict__)
            yield self


class TaskQuerySet(models.QuerySet["Task"]):
    def blocking(self, case: Case) -> Self:
        """The open tasks that hold this case up, parked ones included."""
        return self.filter(process=case, finished=None, kind__in=BLOCKING)

    def cancel(self) -> int:
        Substitute.objects.filter(task__in=self).delete()
        return self.update(status=STATUS.CANCELED, finished=now())


class Task(Watched, AbstractTask, Handwritten):
    """One step waiting, or done, in one case (処理).  ``came_from`` is the task that led here.

    ``owner``: it waits for one person by name; ``meant_for``: nobody answered to this key, so it waits for the process
    manager.  A parked task waits for others first: those added ``before`` it, or the applicant.
    """

    process = models.ForeignKey(Case, models.CASCADE)
    flow_task = TaskReference(gettext_lazy("段階"))
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.CharField(gettext_lazy("段階"), max_length=150, blank=True)
    kind = models.CharField(max_length=20, default=STEP)
    lane = models.CharField(max_length=10, default=WORK)
    procedure = models.CharField(max_length=200, blank=True)  # as its case's, so that a queue is narrowed by index
    department_key = models.CharField(max_length=50, blank=True)
    outcome = models.CharField(gettext_lazy("結果"), max_length=20, blank=True)
    due_on = models.DateField(gettext_lazy("期限"), null=True, blank=True)
    sort_on = models.GeneratedField(expression=DUE, output_field=models.DateField(), db_persist=True)
    came_from = models.ForeignKey("self", models.CASCADE, null=True, related_name="led_to", db_index=False)
    before = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="added", db_index=False)
    status = models.CharField(max_length=50, choices=STATUS.choices, default=STATUS.NEW)
    created = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(gettext_lazy("開いた日時"), null=True, blank=True)
    owner = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, db_index=False, related_name="+")
    meant_for = models.CharField(gettext_lazy("本来の担当先"), max_length=120, blank=True)
    is_parked = models.BooleanField(default=False)
    held_at = models.DateTimeField(gettext_lazy("保留"), null=True, blank=True)
    held_until = models.DateField(gettext_lazy("保留の期限"), null=True, blank=True)

    objects: ClassVar[Any] = TaskQuerySet.as_manager()

    # viewflow's own timers, jobs and permissions on single objects are not used; a generic key of it names the last
    scheduled = external_task_id = seed = artifact = None
    owner_permission_content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("処理")
        indexes = INDEXES

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.procedure, self.department_key = self.process.title, self.process.department_key
        super().save(*args, **kwargs)

    def put(self, question: str, params: Sequence[Any]) -> Any:
        """Save the new task and ask the database something in the same statement (see handwritten.insert)."""
        self.procedure, self.department_key = self.process.title, self.process.department_key
        return insert(self, question, params)

    def __str__(self) -> str:
        return f"{self.process_id} {self.step or self.flow_task_type}"

    @property
    def case(self) -> Case:
        return self.process

    @property
    def key(self) -> str:
        """The assignee key that the task waits for."""
        return (self.owner_permission or "").removeprefix(PERMISSION)

    @property
    def human_step(self) -> HumanStep:
        """The step as its version defines it; raises KeyError on a task that is not for staff."""
        return cast(HumanStep, self.process.spec.step(self.step))

    @property
    def brief(self) -> str:
        """See Case.brief."""
        return self.title or ""

    @property
    def is_open(self) -> bool:
        return self.finished is None

    @property
    def is_blocking(self) -> bool:
        return self.kind in BLOCKING

    @property
    def is_unroutable(self) -> bool:
        """Whether nobody held the post that it was meant for."""
        return bool(self.meant_for)

    def waits_for(self, member: StaffMember) -> bool:
        """Whether it is the member's, by name or by a post held today."""
        if self.owner_id:
            return member.is_active and self.owner_id == member.pk
        return self.key in keys_of(member)

    @contextmanager
    def activation(self) -> Iterator[Activation]:
        """Act on the task: its case is locked, and both are read again.  Raises CaseBusy."""
        with self.flow_task.flow_class.lock(self.process_id) as case:
            self.__dict__.update(one(Task, "SELECT * FROM workflows_task WHERE id = %s", [self.pk]).__dict__)
            self.process = case
            yield self.flow_task.activation_class(self)


def start(
    subject: Routable, version: WorkflowVersion, facts: Mapping[str, Any] | None = None, is_noted: bool = True
) -> Case:
    """Open a case for the subject and run it to its first person, or to its end if a rule decides.

    ``facts`` are the subject's, where the caller has them.  What is not noted here the caller notes with ``trace()``.
    """
    flow_class = import_flow_by_ref(version.flow_reference)
    with transaction.atomic(savepoint=False):
        case: Case = flow_class.begin.run(subject=subject, version=version, facts=facts)
        keep_terms(case, subject, is_new=True)
        if is_noted:
            note("start_case", case, None, workflow=case.spec.key, version=flow_class.number)
    return case
