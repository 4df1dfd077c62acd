"""Cases (案件) and tasks (処理): one run of a workflow for one subject, and one step of it waiting for somebody.

Whoever writes to a case holds its lock (``Case.locked()`` or ``Task.activation()``) and reads it again under that lock.
Rows of the subject are written after that, never before: two writers who lock in different order wait for each other.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Self, cast

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow.workflow.activation import Activation
from viewflow.workflow.fields import import_flow_by_ref
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import PROCESS, STATUS

from workflows.closing import WITHDRAWN, close
from workflows.deadlines import period_end
from workflows.definitions import WorkflowVersion
from workflows.delegations import Substitute
from workflows.handwritten import Handwritten, one
from workflows.references import FlowReference, TaskReference
from workflows.routable import Routable
from workflows.spec import HumanStep, WorkflowSpec
from workflows.staff import PERMISSION, StaffMember, departments_of, keys_of, permissions_of
from workflows.traces import note
from workflows.watches import Watched

#: Whom a task waits for while the applicant corrects: a key that no member of staff can hold.
APPLICANT = "applicant"
#: Kinds of tasks: a step of the route, one that somebody put in before it (追加承認), 後閲, 供覧, 遅れの報告.
STEP, ADDED, LATER_READING, CIRCULATION, ESCALATION = "step", "added", "later_reading", "circulation", "escalation"
BLOCKING = (STEP, ADDED)


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
        """Cases of the member's departments, cases with a task for one of the member's posts, and cases decided on."""
        tasks = Task.objects.filter(owner_permission__in=permissions_of(member))
        return self.filter(
            models.Q(department_key__in=departments_of(member))
            | models.Q(pk__in=tasks.values("process"))
            | models.Q(pk__in=Task.objects.filter(owner=member).values("process"))
            | models.Q(pk__in=Substitute.objects.of(member).values("task__process"))
            | models.Q(pk__in=member.decisions.values("case"))
        )


class Case(AbstractProcess, Handwritten):
    """One run of a workflow (案件).  Open until ``finished``; ``outcome`` is set by the deciding step."""

    flow_class = FlowReference(gettext_lazy("決裁経路"))
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(WorkflowVersion, models.PROTECT, related_name="cases")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, db_index=False)
    subject_id = models.UUIDField()
    subject: Any = GenericForeignKey("subject_type", "subject_id")
    reference = models.CharField(gettext_lazy("受付番号"), max_length=40)
    title = models.CharField(gettext_lazy("件名"), max_length=200)
    department_key = models.CharField(gettext_lazy("課"), max_length=50)
    outcome = models.CharField(gettext_lazy("結果"), max_length=20, blank=True)
    due_on = models.DateField(gettext_lazy("処理期限"), null=True, blank=True)
    stopped_at = models.DateTimeField(gettext_lazy("期間停止"), null=True, blank=True)
    first_sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)

    objects = CaseQuerySet.as_manager()
    # what viewflow's start node touches, and our cases do not have
    parent_task = seed = artifact = None

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("案件")
        default_permissions = ("add", "change", "delete", "view", "manage")
        indexes = [
            models.Index(fields=["department_key", "-created"], name="case_department"),
            models.Index(fields=["reference"], name="case_reference"),
            models.Index(fields=["subject_type", "subject_id"], name="case_subject"),
            models.Index(fields=["due_on"], name="case_due", condition=models.Q(finished=None)),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_facts: Mapping[str, Any] | None = None
        self.fresh_decisions: list[Any] = []
        self.decision_head: tuple[int, str] | None = None
        self.deciding: Any = None
        self.left_blocks: set[str] = set()

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
        if self.known_facts is None:
            self.known_facts = self.subject.facts()
        return self.known_facts

    def open_tasks(self) -> "list[Task]":
        """What the case waits for now, in the order in which it got there; nothing once it is closed."""
        return list(Task.objects.blocking(self).filter(is_parked=False).order_by("pk"))

    def open_readings(self) -> "list[Task]":
        """What is still to be read (後閲・供覧); it holds nothing up and outlives the case."""
        return list(Task.objects.filter(process=self, finished=None).exclude(kind__in=BLOCKING).order_by("pk"))

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
    outcome = models.CharField(gettext_lazy("結果"), max_length=20, blank=True)
    due_on = models.DateField(gettext_lazy("期限"), null=True, blank=True)
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

    # columns of viewflow's own timers, jobs and permissions on single objects, which compiled workflows do not use;
    # the last cannot be left out, as a generic foreign key of viewflow's names it
    scheduled = external_task_id = seed = artifact = None
    owner_permission_content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("処理")
        indexes = [
            models.Index(
                fields=["owner_permission", "created", "id"], name="task_queue", condition=models.Q(finished=None)
            ),
            models.Index(fields=["owner", "created", "id"], name="task_owner", condition=models.Q(finished=None)),
            models.Index(fields=["due_on"], name="task_due", condition=models.Q(finished=None)),
            models.Index(fields=["look_on"], name="task_look", condition=models.Q(finished=None)),
        ]

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
        if is_noted:
            note("start_case", case, None, workflow=case.spec.key, version=flow_class.number)
    return case


def open_case(activation: Any, subject: Any, version: WorkflowVersion, facts: Mapping[str, Any] | None) -> Case:
    """Fill the new case that a workflow starts with."""
    case: Case = activation.process
    if case.spec.is_part:
        raise CaseRefused(_("この決裁経路は部品です。これを組み込んだ経路を使ってください。"))
    case.version, case.subject, case.known_facts = version, subject, facts
    case.reference, case.title, case.department_key = subject.reference, subject.title, subject.department_key
    case.first_sha256 = case.content_sha256 = subject.signed_content()["sha256"]
    case.decision_head = (0, case.first_sha256)
    case.due_on = period_end(case)
    return case


def withdraw(case: Case, by: StaffMember | str | None = None) -> Case:
    """The applicant takes the subject back (取下げ).  Raises CaseRefused once it is decided, CaseBusy."""
    with case.locked():
        if not case.is_open or case.outcome:
            raise CaseRefused(_("この申請はすでに決裁が終わっているため、取り下げられません。"))
        Task.objects.filter(process=case, finished=None).cancel()
        case.outcome = WITHDRAWN
        close(case, PROCESS.CANCELED)
        note("withdraw", case, by)
    return case
