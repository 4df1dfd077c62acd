"""The list of definitions: what is published, what is being worked on, and how a new one is begun."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms_engine import manuscripts
from forms_engine.applications import Application
from forms_engine.builder_desk import beginnings
from forms_engine.builder_desk.beginnings import Beginning, BeginningRefused
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404, manuscripts_of
from forms_engine.builder_desk.starters import gallery
from forms_engine.definitions import FormVersion
from forms_engine.manuscripts import Manuscript, ManuscriptExists
from workflows.capacities import BUILDER, departments_for
from workflows.staff import Department


@dataclass(frozen=True)
class Entry:
    """One form as the list shows it: published, retired, being worked on, or several of these."""

    key: str
    title: str
    department_key: str
    department: str
    version: int | None
    is_retired: bool
    running: int
    draft: Manuscript | None
    may_change: bool

    def is_found(self, search: str, department: str) -> bool:
        words = f"{self.title} {self.key} {self.department}".casefold()
        return search.casefold() in words and department in ("", self.department_key)


@require_safe
@for_builders
def definitions(request: BuilderRequest) -> HttpResponse:
    """Every form that may be worked on or copied, and what a new one can be made of."""
    return _list(request)


@require_POST
@for_builders
def begin(request: BuilderRequest) -> HttpResponse:
    """A new draft; what does not fit is said where it was typed, and nothing typed is lost."""
    of, posted = request.POST.get("of", ""), request.POST
    try:
        if "change" in posted:
            beginning = beginnings.of_version(posted["change"], request.user)
        else:
            beginning = beginnings.of_wish(posted, request.FILES.get("file"), request.user)
        return begun(request, beginning)
    except BeginningRefused as refused:
        return _list(request, {"refused": refused, "typed": posted, "typed_of": of}, 422)


@require_POST
@for_builders
def discard(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Throw a draft away; what is published stays."""
    draft = manuscript_or_404(request.user, draft_id)
    manuscripts.discard(draft, request.user)
    messages.success(request, _("「%(title)s」の下書きを捨てました。") % {"title": draft.title})
    return redirect("builder:definitions" if draft.is_form else "builder:routes")


def begun(request: BuilderRequest, beginning: Beginning) -> HttpResponse:
    """A draft of what was wished, or the one that there is already under its key. Raises BeginningRefused."""
    try:
        draft = manuscripts.begin(beginning.document, beginning.department, request.user, beginning.version)
    except ManuscriptExists as exists:
        draft = exists.draft
        if not manuscripts_of(request.user).filter(pk=draft.pk).exists():
            raise BeginningRefused(_("この記号はほかの課が使っています。"), "new-key") from exists
        messages.info(request, _("この記号の下書きはもうあります。続きから作れます。"))
    for remark in beginning.remarks:
        messages.warning(request, remark)
    return redirect("builder:editor", draft.pk)


def _list(request: BuilderRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    search, department = request.GET.get("q", "").strip(), request.GET.get("department", "")
    entries = list(_entries(request))
    context = {
        "entries": [one for one in entries if one.is_found(search, department)],
        "published": [one for one in entries if one.version],
        "search": search,
        "chosen": department,
        "starters": [(one.key, one.title) for one in gallery()],
        "departments": [one for one in Department.objects.all() if beginnings.may_build(request.user, one.key)],
        "shown_departments": sorted({(one.department_key, one.department) for one in entries}),
        "typed_of": request.GET.get("of", ""),
        "starter": request.GET.get("starter", "").strip(),
        "gallery": gallery(request.GET.get("starter", "").strip()),
        **(more or {}),
    }
    return render(request, "builder_desk/definitions.html", context, status=status)


def _entries(request: BuilderRequest) -> list[Entry]:
    working = {draft.key: draft for draft in manuscripts_of(request.user).forms().defer("text")}
    titles, allowed = dict(Department.objects.values_list("key", "title")), departments_for(request.user, BUILDER)
    running = _running()
    found = []
    for version in FormVersion.objects.newest().select_related("definition"):
        key, one = version.document["procedure"]["department"], version.definition
        may = allowed is None or key in allowed
        draft = working.pop(one.key, None)
        title, retired = draft.title if draft else one.title, one.retired_at is not None
        found.append(
            Entry(one.key, title, key, titles.get(key, key), version.number, retired, running[one.key], draft, may)
        )
    found += list(_unpublished(working, titles))
    return sorted(found, key=lambda entry: (entry.draft is None, entry.title))


def _unpublished(working: dict[str, Manuscript], titles: dict[str, str]) -> Iterator[Entry]:
    for draft in working.values():
        key = draft.department_key
        yield Entry(draft.key, draft.title, key, titles.get(key, key), None, False, 0, draft, True)


def _running() -> Counter[str]:
    """How many submitted applications are not closed, by form."""
    rows = Application.objects.filter(closed_at=None).exclude(submitted_at=None)
    counted = rows.order_by().values_list("form_version__definition__key").annotate(number=Count("pk"))
    return Counter(dict(counted))
