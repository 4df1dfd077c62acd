"""The shell (外枠) of a page: all of it that neither the person nor the request changes, rendered once and kept.

A template is rendered as a stencil for the facts that its wording depends on, and a request fills the slots.  Those
facts are the key, so another version of a form, another language or another department's name is another shell.
"""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import get_script_prefix, reverse

from forms_engine import ruby
from forms_engine.fields.stencil import Stencil, slot
from forms_engine.languages import current

SHELLS = 1024
#: Stands for an application in the pattern of an address.
NOBODY = str(UUID(int=0))


def answer(
    request: HttpRequest, template: str, about: Hashable, slots: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a template that knows ``about`` and nothing else; ``{{ slot.name }}`` is filled for this request.

    What is put into a slot is escaped unless it is marked safe.  Context processors do not run.
    """
    shell = _shell(template, current(), ruby.is_on(), about)
    filled = shell.fill({"csrf_token": get_token(request), "address": request.get_full_path(), **(slots or {})})
    return has_readings(HttpResponse(filled, status=status))


def has_readings(response: HttpResponse) -> HttpResponse:
    """Marks a page that was drawn from stencils: its readings are there, if its reader wants any."""
    response.has_readings = True  # type: ignore[attr-defined]
    return response


def page_link(name: str, application: object, *args: str) -> str:
    """Where a page of an application is, by the name of its route and what its address says besides."""
    return _pattern(get_script_prefix(), name, *args).replace(NOBODY, str(application))


@lru_cache(maxsize=SHELLS)
def _pattern(prefix: str, name: str, *args: str) -> str:
    """The same for every application, so Django looks for it once."""
    return reverse(name, args=[NOBODY, *args])


def path(name: str, *args: str) -> str:
    """The address of an application's page in a shell: the application's id is its slot ``application``."""
    return page_link(name, slot("application"), *args)


@lru_cache(maxsize=SHELLS)
def _shell(template: str, language: str, with_readings: bool, about: Hashable) -> Stencil:
    request = {"get_full_path": slot("address")}
    return Stencil(template, {"about": about, "request": request, "csrf_token": slot("csrf_token")}, language)
