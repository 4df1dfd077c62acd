"""The tables of this app; each lives with its verbs in the file of its noun."""

from workflows.assessments import Assessment
from workflows.audit import AuditEntry
from workflows.capacities import Capacity
from workflows.cases import Case, Task
from workflows.closing_days import ClosingDay
from workflows.comments import Comment
from workflows.deadlines import ClockStop
from workflows.decisions import Decision
from workflows.definitions import WorkflowDefinition, WorkflowVersion
from workflows.delegations import Absence, Substitute
from workflows.deliveries import Delivery
from workflows.movements import Movement
from workflows.notices import NoticePreference, StaffNotice
from workflows.search_terms import SearchEntry, SearchToken
from workflows.signatures import SigningKey
from workflows.staff import Department, Post, Role, StaffMember
from workflows.standing_substitutes import StandingSubstitute
from workflows.suspensions import Suspension
from workflows.transfers import Transfer, TransferredCase

__all__ = [
    "Absence",
    "Assessment",
    "AuditEntry",
    "Capacity",
    "Case",
    "ClockStop",
    "ClosingDay",
    "Comment",
    "Decision",
    "Delivery",
    "Department",
    "Movement",
    "NoticePreference",
    "Post",
    "Role",
    "SearchEntry",
    "SearchToken",
    "SigningKey",
    "StaffMember",
    "StaffNotice",
    "StandingSubstitute",
    "Substitute",
    "Suspension",
    "Task",
    "Transfer",
    "TransferredCase",
    "WorkflowDefinition",
    "WorkflowVersion",
]
