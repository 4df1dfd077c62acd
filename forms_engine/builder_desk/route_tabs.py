"""The tabs of the editor of a route: what each shows of a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk import tabs
from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.route_drawing import Joint, drawing
from forms_engine.builder_desk.route_facts import facts_of, filled_in_later, forms_of
from forms_engine.builder_desk.route_people import Organisation
from forms_engine.builder_desk.route_properties import route_settings, selected
from forms_engine.builder_desk.route_tables import Table
from forms_engine.manuscripts import Manuscript
from schemas.editing.route_palette import STEP_PARTS

Document = dict[str, Any]
Context = dict[str, Any]


def titles() -> list[tuple[str, str]]:
    """Every tab with its title, in order."""
    return [
        ("fields", _("経路")),
        ("texts", _("ほかの言語")),
        ("source", _("定義（JSON）")),
        ("history", _("履歴")),
    ]


def context(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    """What the template of the place's tab shows."""
    return CONTEXTS[place.tab](draft, document, place, language)


def _route(draft: Manuscript, document: Document, place: Place, language: str) -> Context:
    people = replace(Organisation.read(facts_of(document)), later=filled_in_later(document, place.field))
    route = drawing(document, people, language)
    step = selected(route, place.field, people, language, place.fact)
    drafts = Manuscript.objects.forms().filter(department_key=draft.department_key)
    own = dict(drafts.values_list("key", "pk"))
    is_table = step is not None and "table" in step.step
    return {
        "route": route,
        "step": step,
        "table": Table(step.node, people, language, place.pending) if step and is_table else None,
        "parts": STEP_PARTS,
        "joint": Joint.read(place.joint),
        "people": people,
        "roles": [("", _("役職を選ぶ")), *people.roles.items()],
        "wheres": people.wheres(document),
        "route_settings": route_settings(document),
        "forms": [(form.get("title", ""), own.get(form["form"])) for form in forms_of(document["workflow"])],
    }


def table_at(document: Document, place: Place) -> Table | None:
    """The rule table of the selected step; None where there is none (any more)."""
    language, people = get_language() or "ja", Organisation.read(facts_of(document))
    step = selected(drawing(document, people, language), place.field, people, language)
    return Table(step.node, people, language, place.pending) if step and "table" in step.step else None


CONTEXTS: Mapping[str, Callable[[Manuscript, Document, Place, str], Context]] = {
    "fields": _route,
    "texts": tabs.texts,
    "source": tabs.source,
    "history": tabs.history_lines,
}
