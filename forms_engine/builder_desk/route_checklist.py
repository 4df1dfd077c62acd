"""What stands in the way of publishing a route, what is only to be known, and what runs on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk.checklist import Item, Running, Told
from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.route_facts import conditions, departments_meant, facts_of, forms_of
from forms_engine.builder_desk.route_people import Organisation, vacant
from schemas import Problem, check
from schemas.editing.route_palette import ROUTE_PALETTE
from schemas.editing.step_commands import every_step
from schemas.pointers import parts
from workflows.cases import Task
from workflows.definitions import WorkflowVersion

Document = dict[str, Any]


def told(document: Document) -> list[Told]:
    """Everything that stands in the way of publishing, each with its step."""
    language = get_language() or "ja"
    return [Told(_named(one, document, language), place_of(one, document)) for one in check(document)]


def warnings(document: Document, department: str) -> list[Told]:
    """What can be published all the same: posts that nobody holds today, facts that no form has."""
    people = Organisation.read(facts_of(document))
    return [*_vacant(document, department, people), *_unknown(document)]


def place_of(problem: Problem, document: Document) -> Place:
    """The innermost step that a pointer leads to."""
    node: Any = document
    key = ""
    for part in parts(problem.pointer) if problem.pointer.startswith("/") else []:
        inside = node[int(part)] if isinstance(node, list) and part.isdigit() and int(part) < len(node) else None
        node = inside if isinstance(node, list) else node.get(part) if isinstance(node, Mapping) else None
        key = str(node["key"]) if isinstance(node, Mapping) and "kind" in node and "key" in node else key
    first = problem.pointer.split("/")[1:2]
    return Place(tab="texts") if first == ["translations"] else Place(field=key)


def checklist(document: Document) -> list[Item]:
    """What an office decides before it publishes; an open line does not forbid it."""
    steps = list(every_step(document["steps"]))
    human = [step for step in steps if step["kind"] in ("approval", "decision", "consultation")]
    undue = next((step["key"] for step in human if "working_days" not in step), "")
    unowned = next((step["key"] for step in steps if any("owner" not in row for row in step.get("table", ()))), "")
    return [
        Item(_("人の段階のすべてに期限がある"), bool(human) and not undue, Place(field=undue)),
        Item(_("自動承認の規則のすべてに、責任を持つ課がある"), not unowned, Place(field=unowned)),
        Item(_("この経路を使う様式がある"), bool(forms_of(document["workflow"])), Place()),
        Item(_("やさしい日本語か英語がある"), bool(document.get("translations")), Place(tab="texts")),
    ]


def running(key: str) -> Sequence[Running]:
    """Open cases by the version that they run on and the step at which they wait."""
    newest = WorkflowVersion.objects.of(key).order_by("-number").first()
    titles = {step["key"]: step_title(step) for step in every_step(newest.document["steps"])} if newest else {}
    waiting = Task.objects.filter(finished=None, process__finished=None, process__version__definition__key=key)
    rows = waiting.exclude(step="").order_by().values_list("process__version__number", "step")
    counted = sorted(rows.annotate(number=Count("pk")))
    return [Running(version, titles.get(step, step), number) for version, step, number in counted]


def _named(problem: Problem, document: Document, language: str) -> str:
    """The problem with the title of the step that it is about."""
    key = place_of(problem, document).field
    step = next((one for one in every_step(document["steps"]) if one["key"] == key), None)
    words = problem.message(language)
    return f"{step_title(step)}：{words}" if step else words


def step_title(step: Mapping[str, Any]) -> str:
    """What a step is called: by its own title, else by its kind."""
    part = ROUTE_PALETTE.get(str(step["kind"]))
    return str(step.get("title") or (part.title(get_language() or "ja") if part else step["key"]))


def _vacant(document: Document, department: str, people: Organisation) -> Iterator[Told]:
    """A step that waits for a post nobody holds: cases would wait there until somebody does."""
    where = departments_meant(document["workflow"]) or [department]
    for step, by, lacking in vacant(document, where):
        words = people.words({**by, "department": lacking} if lacking else by)
        sentence = _("「%(step)s」を受け持つ「%(who)s」の職にある職員が、今日はいません")
        yield Told(sentence % {"step": step_title(step), "who": words}, Place(field=str(step["key"])))


def _unknown(document: Document) -> Iterator[Told]:
    """A condition on what no form asks never holds."""
    known = facts_of(document)
    for name in dict.fromkeys(name for when in conditions(document) for name in when):
        if not known[name].schema and forms_of(document["workflow"]):
            words = _("条件にある「%(fact)s」は、この経路を使う様式のどこにもありません") % {"fact": name}
            yield Told(words, Place())
