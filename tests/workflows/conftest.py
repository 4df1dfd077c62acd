"""A matter for the standing cast to decide on, and two who are not in the sample municipality's everyday."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.workflows import documents
from tests.workflows.subjects.models import Matter
from workflows.cases import Case, Task, start
from workflows.definitions import publish
from workflows.staff import Post, StaffMember


@pytest.fixture(autouse=True)
def in_japanese() -> Iterator[None]:
    """Whatever language the test before has left behind."""
    with translation.override("ja"):
        yield


@pytest.fixture
def ito(organisation: None) -> StaffMember:
    """伊藤 光, another reviewer of 環境課: two people may hold one role."""
    member = StaffMember.objects.create(username="ito", display_name="伊藤 光")
    sato = Post.objects.get(member__username="sato")
    Post.objects.create(member=member, role=sato.role, department=sato.department, since=sato.since)
    return member


@pytest.fixture
def admin(organisation: None) -> StaffMember:
    """管理者: superuser, and without a post."""
    return StaffMember.objects.get(username="admin")


@pytest.fixture
def opened(organisation: None) -> Callable[..., Case]:
    """Opens a case of a workflow for a matter with these answers."""

    def open_case(document: dict[str, Any] = documents.LINE, **columns: Any) -> Case:
        matter = Matter.objects.create(**{"answers": {"fee": 5000}, **columns})
        return start(matter, publish(document))

    return open_case


def waiting_task(case: Case) -> Task:
    """What the case waits for now."""
    return Task.objects.filter(process=case, finished=None).get()


def read_again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
