"""What the editor lists of a form, in the words of the form."""

import re

import pytest

import schemas
from forms_engine.builder_desk.structure import structure

CODE = re.compile(r"[a-z_0-9]+")


def test_a_file_is_one_thing_and_not_the_rules_about_its_type() -> None:
    found = structure(schemas.starter("forms", "disaster_certificate")).entry("power_of_attorney")
    assert found is not None
    assert found.title == "委任状" and found.columns == ()


@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_everything_has_a_name_that_people_gave_it(name: str) -> None:
    drawn = structure(schemas.starter("forms", name))
    said = [title for entry in drawn.fields() for title in (entry.title, *(one.title for one in entry.columns))]
    assert said and [title for title in said if CODE.fullmatch(title)] == []
