"""Somebody publishes a form while somebody else ends its route: one of them is refused, so nothing is undecided."""

import pytest

import schemas
from forms_engine import definitions, routes
from forms_engine.routes import RouteInUse
from tests.forms_engine.at_once import all_at_once
from workflows import definitions as workflow_definitions
from workflows.definitions import DefinitionRefused

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(5))
def test_form_and_the_end_of_its_route_do_not_both_come_to_be(organisation, attempt):
    workflow_definitions.publish(schemas.starter("workflows", "dog_registration"))
    form = schemas.starter("forms", "dog_registration")
    tasks = [lambda: definitions.publish(form), lambda: routes.retire("dog_registration")]
    published, ended = all_at_once(2, lambda number: tasks[number]())
    refused = [one for one in (published, ended) if isinstance(one, DefinitionRefused | RouteInUse)]
    assert len(refused) == 1, (published, ended)
    is_ended = workflow_definitions.published("dog_registration").retired_at is not None
    assert is_ended == (routes.forms_on("dog_registration") == [])
