"""A full tray for one member of staff: applications of mixed procedures, brought so far that they wait there."""

import json
from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any

from django.utils.timezone import localdate

from forms_engine import applications, submission
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from tests.forms_engine.starters import attached, drafter, opened
from tests.schemas.answers import variants
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.staff import StaffMember

#: What comes before 総務課 課長, with answers on which that post is asked.
BEFORE_THE_CHIEF_OF_GENERAL_AFFAIRS = (
    ("personal_information_disclosure", "own", {}),
    ("event_endorsement", "first_time", {}),
    ("purchase_request", "section_chief", {"section": "general"}),
    ("facility_use", "concert", {}),
    ("disclosure_request", "resident", {}),
    ("event_endorsement", "award", {}),
    ("personal_information_disclosure", "parent", {}),
    ("disclosure_request", "newspaper", {}),
)


def wait_for(member: StaffMember, number: int) -> list[Application]:
    """So many applications, each a task that waits for the member."""
    kinds = BEFORE_THE_CHIEF_OF_GENERAL_AFFAIRS
    versions = {name: opened(name) for name, _variant, _other in kinds}
    wanted = islice(cycle(kinds), number)
    return [until(member, submitted(versions[name], variant, other)) for name, variant, other in wanted]


def submitted(version: FormVersion, variant: str, other: Mapping[str, Any]) -> Application:
    name = version.definition.key
    application = applications.start(version, applied_by=drafter(name))
    answers = json.loads(json.dumps(variants(name, localdate())[variant] | other))
    return submission.submit(applications.save_answers(application, attached(application, answers)))


def until(member: StaffMember, application: Application) -> Application:
    """Approved by others as long as somebody else is asked."""
    case = Case.objects.of(application).get()
    while (task := Task.objects.filter(process=case, finished=None).first()) and not task.waits_for(member):
        other = StaffMember.objects.holding(task.key).exclude(pk=application.applied_by_id).first()
        assert other is not None, task.key
        decide(task, "approved", other)
    assert task is not None, f"{application.receipt_number} never waited for {member}"
    return application
