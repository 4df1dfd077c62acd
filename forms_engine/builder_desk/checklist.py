"""The checklist (公開前の確認): what stands in the way, what was not decided, and what is under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.applications import Application
from forms_engine.builder_desk.form_routes import drafts_of_routes
from forms_engine.builder_desk.places import Place
from forms_engine.definitions import FormVersion
from schemas import Problem, check
from schemas.consents import unversioned, with_texts
from schemas.editing.consent_commands import fields_agreeing
from schemas.pointers import parts
from workflows.cases import Task
from workflows.definitions import published as published_route

Document = dict[str, Any]
#: Where in the editor what a part of the document holds is put right.
TABS = {
    "procedure": "procedure",
    "title": "procedure",
    "description": "procedure",
    "checks": "logic",
    "facts": "source",
}
TABS |= {"notices": "notices", "translations": "texts"}


@dataclass(frozen=True)
class Told:
    """One problem in words, and the place in the editor where it is put right."""

    message: str
    place: Place


@dataclass(frozen=True)
class Item:
    """One line of the checklist."""

    words: str
    is_done: bool
    place: Place


@dataclass(frozen=True)
class Running:
    """How many applications wait at one step, on one version of the form."""

    version: int
    step: str
    number: int


def told(document: Document) -> list[Told]:
    """Everything that stands in the way of publishing."""
    language = get_language() or "ja"
    unrouted = list(_unrouted(document))
    known = {one.pointer for one in unrouted}
    found = [one for one in check(document) if one.pointer not in known]
    found += [*unrouted, *([] if found else _unversioned(document))]
    return [Told(one.message(language), place_of(one, document)) for one in found]


def _unrouted(document: Document) -> Iterator[Problem]:
    key = document.get("procedure", {}).get("workflow", "")
    route = published_route(key)
    if route is None:
        title = drafts_of_routes().get(key)
        code = "form_unrouted" if title is None else "form_route_unpublished"
        yield Problem("/procedure/workflow", code, {"key": key, "title": title or ""})
    elif route.retired_at is not None:
        yield Problem("/procedure/workflow", "form_route_retired", {"title": route.title})


def _unversioned(document: Document) -> Iterator[Problem]:
    """Texts to agree to that changed since the form was last published, under the version that they had then."""
    latest = FormVersion.objects.of(document.get("form", "")).order_by("-number").first()
    return unversioned(latest.document, with_texts(document)) if latest else iter(())


def place_of(problem: Problem, document: Document) -> Place:
    """Where in the editor a pointer into the document leads."""
    path = parts(problem.pointer) if problem.pointer.startswith("/") else []
    first, second = [*path, "", ""][:2]
    if first == "pages" and second.isdigit() and int(second) < len(document.get("pages", ())):
        return Place(page=document["pages"][int(second)]["key"])
    if first == "content":
        return Place(content=second)
    if first == "calculations" or first in TABS:
        language = second if first == "translations" else ""
        return Place(tab=TABS.get(first, "logic"), language=language)
    if first == "presentation":
        return Place(field=second)
    if first == "consents":
        return Place(field=next(iter(fields_agreeing(document, second)), ""))
    return Place(field=path[path.index("properties") + 1]) if "properties" in path[:-1] else Place()


def checklist(document: Document) -> list[Item]:
    """What an office decides before it publishes; an open line does not forbid it."""
    said, at = document.get("procedure", {}), Place(tab="procedure")
    return [
        Item(_("担当課と決裁経路が決まっている"), bool(said.get("department") and said.get("workflow")), at),
        Item(_("標準処理期間が決まっている"), "working_days" in said.get("period", {}), at),
        Item(_("手数料が書いてある（無料なら 0）"), "fee" in said, at),
        Item(_("対象となる人と必要なものが書いてある"), bool(said.get("audience") and said.get("needed")), at),
        Item(_("根拠となる法令・条例が書いてある"), bool(said.get("legal_basis")), at),
        Item(_("検索で見つかる言葉がある"), bool(said.get("keywords")), at),
        Item(_("やさしい日本語か英語がある"), bool(document.get("translations")), Place(tab="texts")),
    ]


def running(key: str) -> Sequence[Running]:
    """The submitted applications on which somebody is to decide: on which version, and at which step they wait."""
    open_ones = Application.objects.filter(form_version__definition__key=key, closed_at=None)
    numbers = dict(open_ones.exclude(submitted_at=None).values_list("pk", "form_version__number"))
    kind = ContentType.objects.get_for_model(Application)
    tasks = Task.objects.filter(finished=None, process__subject_type=kind, process__subject_id__in=list(numbers))
    counted: Counter[tuple[int, str]] = Counter()
    titles: dict[str, str] = {}
    for task in tasks.exclude(step="").select_related("process__version"):
        titles = titles or _step_titles(task.process.version.document)
        counted[numbers[task.process.subject_id], titles.get(task.step, task.step)] += 1
    rest = len(numbers) - sum(counted.values())
    found = [Running(version, step, number) for (version, step), number in sorted(counted.items())]
    return [*found, Running(max(numbers.values()), "", rest)] if rest > 0 else found


def _step_titles(node: Any) -> dict[str, str]:
    """The titles of the steps of a route, by key, those inside branches too."""
    if isinstance(node, list):
        return {key: title for one in node for key, title in _step_titles(one).items()}
    if not isinstance(node, dict):
        return {}
    own = {str(node["key"]): str(node["title"])} if {"key", "title"} <= set(node) else {}
    return {**_step_titles(list(node.values())), **own}
