"""Addresses of an application's pages are those that Django would find, wherever the site is mounted."""

from uuid import uuid4

import pytest
from django.urls import reverse, set_script_prefix

from forms_engine.shell import page_link


@pytest.mark.parametrize(
    ("name", "rest"), [("resident:fill", ["owner"]), ("resident:check", []), ("resident:done", [])], ids=str
)
@pytest.mark.parametrize("prefix", ["/", "/procedures-of-the-city/"])
def test_an_address_is_that_of_the_route(name: str, rest: list[str], prefix: str) -> None:
    set_script_prefix(prefix)
    try:
        for application in (uuid4(), uuid4()):
            found = page_link(name, application, *rest)
            assert found == reverse(name, args=[application, *rest]) and found.startswith(prefix)
    finally:
        set_script_prefix("/")
