"""A builder with a draft of the dog registration, and a colleague of another department."""

import pytest

from forms_engine import applications, manuscripts, submission
from forms_engine.definitions import current
from tests.forms_engine import answers
from workflows.capacities import BUILDER, PUBLISHER, grant
from workflows.staff import StaffMember


@pytest.fixture
def draft(published):
    """The dog registration of 環境課, being worked on."""
    version = current("dog_registration")
    return manuscripts.begin(version.document, "environment", version_number=version.number)


@pytest.fixture
def builder(client_of):
    """設計担当: builds and publishes for every department."""
    for kind in (BUILDER, PUBLISHER):
        grant(StaffMember.objects.get(username="builder"), kind)
    return client_of("builder")


@pytest.fixture
def sato_builds(client_of):
    """佐藤 builds for 環境課, and may not publish."""
    grant(StaffMember.objects.get(username="sato"), BUILDER, "environment")
    return client_of("sato")


@pytest.fixture
def yoshino_builds(client_of):
    """吉野 builds and publishes for 市民課 only."""
    for kind in (BUILDER, PUBLISHER):
        grant(StaffMember.objects.get(username="yoshino"), kind, "citizens")
    return client_of("yoshino")


@pytest.fixture
def running_dog(published):
    """An application on which people are to decide."""
    application = applications.start(current("dog_registration"))
    return submission.submit(applications.save_answers(application, answers.dog_of_a_company()))
