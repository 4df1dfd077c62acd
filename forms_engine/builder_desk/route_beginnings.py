"""What a new draft of a route is made of: nothing, a starter, or a published route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

import schemas
from forms_engine.builder_desk.beginnings import Beginning, BeginningRefused, free_key, may_build
from forms_engine.builder_desk.route_facts import departments_of
from forms_engine.manuscripts import Manuscript
from schemas.editing import edited
from schemas.editing.field_commands import KEY
from workflows.capacities import BUILDER, departments_for
from workflows.definitions import WorkflowVersion
from workflows.staff import Department, StaffMember

Document = dict[str, Any]


def of_version(key: str, by: StaffMember) -> Beginning:
    """The newest published version, to be changed by who may build for all that run on it. Raises BeginningRefused."""
    found = _newest(key)
    if not may_change(key, by):
        raise BeginningRefused(
            _("この経路を変えられるのは、これを使うすべての課の担当者だけです。写して新しい経路を作れます。")
        )
    departments = departments_of(key)
    department = departments[0] if departments else Department.objects.values_list("key", flat=True).first() or ""
    return Beginning(dict(found.document), department, found.number)


def of_wish(posted: Mapping[str, str], by: StaffMember) -> Beginning:
    """A new route under a key of its own. Raises BeginningRefused."""
    department, key, title = (posted.get(name, "").strip() for name in ("department", "key", "title"))
    if not Department.objects.filter(key=department).exists() or not may_build(by, department):
        raise BeginningRefused(_("担当課を選んでください。"), "new-department")
    published = WorkflowVersion.objects.values_list("definition__key", flat=True)
    key = key or free_key("route", published, Manuscript.objects.workflows())
    if not KEY.match(key):
        words = _("記号は英小文字で始め、英小文字・数字・下線だけで入力してください。例：parking_use")
        raise BeginningRefused(words, "new-key")
    if WorkflowVersion.objects.of(key).exists():
        raise BeginningRefused(_("「%(key)s」という記号の経路はもうあります。") % {"key": key}, "new-key")
    document = _source(posted.get("of", ""))
    title = title or str(document.get("title", ""))
    if not title:
        raise BeginningRefused(_("経路の名前を入力してください。"), "new-title")
    return Beginning({**document, "workflow": key, "title": title}, department)


def may_change(key: str, member: StaffMember) -> bool:
    """Whether somebody may build for every department whose forms run on the route; for all, if none does."""
    allowed = departments_for(member, BUILDER)
    departments = departments_of(key)
    return allowed is None or (bool(departments) and set(departments) <= set(allowed))


def empty() -> Document:
    """What most routes are: somebody checks, somebody decides."""
    document: Document = {"workflow": "", "title": "", "steps": []}
    for kind in ("approval", "decision"):
        document = edited(document, {"do": "add_step", "kind": kind})
    return document


def _source(of: str) -> Document:
    kind, _sign, name = of.partition(":")
    if kind == "version":
        return dict(_newest(name).document)
    if kind == "starter" and name in schemas.starters("workflows"):
        return schemas.starter("workflows", name)
    return empty()


def _newest(key: str) -> WorkflowVersion:
    found = WorkflowVersion.objects.of(key).select_related("definition").order_by("-number").first()
    if found is None:
        raise BeginningRefused(_("もとにする経路がありません。"), "new-of")
    return found
