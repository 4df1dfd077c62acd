"""The list of routes: what is published, what is being worked on, which forms run on each, and how one is begun."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import schemas
from forms_engine.builder_desk import beginnings, route_beginnings
from forms_engine.builder_desk.beginnings import BeginningRefused
from forms_engine.builder_desk.definitions import begun
from forms_engine.builder_desk.editor import shown
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404, manuscripts_of
from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.route_tabs import table_at
from forms_engine.definitions import FormVersion
from forms_engine.manuscripts import Manuscript
from schemas.editing import CommandRefused
from workflows.capacities import BUILDER, departments_for
from workflows.cases import Case
from workflows.definitions import WorkflowVersion
from workflows.staff import Department


@dataclass(frozen=True)
class RouteEntry:
    """One route as the list shows it."""

    key: str
    title: str
    version: int | None
    forms: Sequence[str]
    running: int
    draft: Manuscript | None
    may_change: bool
    is_retired: bool = False

    def is_found(self, search: str) -> bool:
        return search.casefold() in f"{self.title} {self.key} {' '.join(self.forms)}".casefold()


@require_safe
@for_builders
def routes(request: BuilderRequest) -> HttpResponse:
    """Every route that may be worked on or copied, and what a new one can be made of."""
    return _list(request)


@require_POST
@for_builders
def begin_route(request: BuilderRequest) -> HttpResponse:
    """A new draft of a route; what does not fit is said where it was typed, and nothing typed is lost."""
    posted = request.POST
    try:
        if "change" in posted:
            return begun(request, route_beginnings.of_version(posted["change"], request.user))
        return begun(request, route_beginnings.of_wish(posted, request.user))
    except BeginningRefused as refused:
        return _list(request, {"refused": refused, "typed": posted}, 422)


@require_POST
@for_builders
def try_rules(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """What the rules of a table say of some answers, row by row; nothing is kept."""
    draft, place = manuscript_or_404(request.user, draft_id), Place.read(request.POST)
    table = table_at(draft.document, place)
    if table is None:
        return shown(request, draft, place, {"said": _("その表はもうありません。")}, 422)
    table = replace(table, typed={name: str(text) for name, text in request.POST.items() if name.startswith("try_")})
    try:
        return shown(request, draft, place, {"table": table, "tried": table.tried(request.POST)})
    except CommandRefused as refused:
        return shown(request, draft, place, {"table": table, "said": refused.problem.message()}, 422)


def _list(request: BuilderRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    search, entries = request.GET.get("q", "").strip(), list(_entries(request))
    starters = [(name, schemas.starter("workflows", name)["title"]) for name in schemas.starters("workflows")]
    context = {
        "entries": [one for one in entries if one.is_found(search)],
        "published": [one for one in entries if one.version],
        "search": search,
        "starters": starters,
        "departments": [one for one in Department.objects.all() if beginnings.may_build(request.user, one.key)],
        **(more or {}),
    }
    return render(request, "builder_desk/routes.html", context, status=status)


def _entries(request: BuilderRequest) -> list[RouteEntry]:
    working = {draft.key: draft for draft in manuscripts_of(request.user).workflows().defer("text")}
    running, forms, allowed = _running(), _forms(), departments_for(request.user, BUILDER)
    found = []
    for version in _newest_versions():
        key, used = version.definition.key, forms.get(version.definition.key, [])
        may = allowed is None or (bool(used) and {department for _title, department in used} <= set(allowed))
        draft = working.pop(key, None)
        title = draft.title if draft else version.definition.title
        names = [name for name, _department in used]
        ended = version.definition.retired_at is not None
        found.append(RouteEntry(key, title, version.number, names, running[key], draft, may, ended))
    found += list(_unpublished(working, forms))
    return sorted(found, key=lambda entry: (entry.draft is None, entry.title))


def _unpublished(working: dict[str, Manuscript], forms: dict[str, list[tuple[str, str]]]) -> Iterator[RouteEntry]:
    for draft in working.values():
        yield RouteEntry(draft.key, draft.title, None, [one for one, _key in forms.get(draft.key, ())], 0, draft, True)


def _newest_versions() -> Iterator[WorkflowVersion]:
    newest = WorkflowVersion.objects.filter(definition=OuterRef("definition")).order_by("-number").values("pk")[:1]
    return iter(WorkflowVersion.objects.filter(pk=Subquery(newest)).select_related("definition").defer("document"))


def _forms() -> dict[str, list[tuple[str, str]]]:
    """The titles and departments of the published forms by the route that they run on."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for version in FormVersion.objects.newest().select_related("definition"):
        procedure = version.document["procedure"]
        found[procedure["workflow"]].append((version.definition.title, procedure["department"]))
    return found


def _running() -> Counter[str]:
    """How many cases are open, by route."""
    rows = Case.objects.filter(finished=None).order_by().values_list("version__definition__key")
    return Counter(dict(rows.annotate(number=Count("pk"))))
