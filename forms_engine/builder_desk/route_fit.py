"""Where a form no longer fits its route (経路との食い違い): conditions on what it asks no more, or asks otherwise.

None of that stands in the way of publishing: such a condition just never holds, and what its rule approved goes to
people. Whoever publishes is to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk.checklist import Told
from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.route_checklist import step_title
from forms_engine.builder_desk.route_facts import Facts, entry_facts, facts_of_form, titles_of
from forms_engine.definitions import FormVersion
from schemas.editing.kind_commands import fits
from schemas.editing.step_commands import every_step
from schemas.wording import in_words
from workflows.definitions import WorkflowVersion, current

Document = Mapping[str, Any]


def misfits(form: Document) -> Iterator[Told]:
    """The conditions of the published route that cases of this form could meet, and after its publication cannot."""
    try:
        route = current(form.get("procedure", {}).get("workflow", "")).document
    except WorkflowVersion.DoesNotExist:
        return
    known, before = _facts(form), _facts_before(form)
    entries = entry_facts(route)
    for where, when in _conditions(route):
        for name, wanted in when.items():
            was = before.get(name)
            if name in entries or (was is None and before) or (was is not None and not fits(wanted, was.schema)):
                continue
            if name not in known:
                words = _("決裁経路の「%(where)s」が見る「%(fact)s」が、この様式にありません。当てはまらなくなります。")
                yield Told(words % {"where": where, "fact": was.title if was else name}, Place())
            elif not fits(wanted, known[name].schema):
                words = _("決裁経路の「%(where)s」の条件（%(fact)s：%(wanted)s）は、今の項目では答えられません。")
                said = in_words(wanted, get_language() or "ja", name, titles_of(before or known))
                place = Place(field=name.strip("/").split("/")[0])
                yield Told(words % {"where": where, "fact": known[name].title, "wanted": said}, place)


def _facts(form: Document) -> Facts:
    return {one.name: one for one in facts_of_form(form)}


def _facts_before(form: Document) -> Facts:
    """Those of the version that is published now; none of a form that never was."""
    newest = FormVersion.objects.of(form.get("form", "")).order_by("-number").first()
    return _facts(newest.document) if newest else {}


def _conditions(route: Document) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every condition with the titles of the step and the row in which it stands."""
    for step in every_step(route["steps"]):
        for name in ("cases", "authority", "table"):
            for row in step.get(name, ()):
                yield "：".join(filter(None, [step_title(step), str(row.get("title", ""))])), row.get("when") or {}
