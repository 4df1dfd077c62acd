"""A matter for the standing cast to decide on, and two who are not in the sample municipality's everyday."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings
from django.utils import translation

from tests.workflows import documents
from tests.workflows.subjects.models import Matter
from workflows.cases import Case, Task, start
from workflows.definitions import publish
from workflows.staff import Post, StaffMember


@pytest.fixture(scope="package", autouse=True)
def subjects() -> Iterator[None]:
    """The app of the test subjects, for this package's tests alone."""
    with override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, "tests.workflows.subjects"]):
        yield


def make_subject_tables() -> None:
    """The tables of the test subjects, wherever the database was made without them."""
    present = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("subjects").get_models():
            if model._meta.db_table not in present:
                editor.create_model(model)


@pytest.fixture(scope="package", autouse=True)
def subject_tables(subjects: None, django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        make_subject_tables()
        ContentType.objects.get_for_models(*apps.get_app_config("subjects").get_models())


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
