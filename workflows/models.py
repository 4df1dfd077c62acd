"""The tables of this app; each lives with its verbs in the file of its noun."""

from workflows.audit import AuditEntry
from workflows.capacities import Capacity
from workflows.cases import Case, Task
from workflows.decisions import Decision
from workflows.definitions import WorkflowDefinition, WorkflowVersion
from workflows.notices import NoticePreference, StaffNotice
from workflows.signatures import SigningKey
from workflows.staff import Department, Post, Role, StaffMember

__all__ = [
    "AuditEntry",
    "Capacity",
    "Case",
    "Decision",
    "Department",
    "NoticePreference",
    "Post",
    "Role",
    "SigningKey",
    "StaffMember",
    "StaffNotice",
    "Task",
    "WorkflowDefinition",
    "WorkflowVersion",
]
