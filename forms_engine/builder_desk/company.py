"""Company (居合わせる人): who else is here, told every few seconds to who has the editor open."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forms_engine import presences
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.structure import structure
from forms_engine.manuscripts import Manuscript
from schemas.editing.step_commands import every_step


@require_safe
@for_builders
def company(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """The others, and at which field; the script hears of it when the draft is no longer what its page shows."""
    draft = manuscript_or_404(request.user, draft_id)
    others = presences.note(draft, request.user, request.GET.get("field", ""))
    titles = _titles(draft) if others else {}
    here = [(one.member, titles.get(one.field.split("/")[1] if "/" in one.field else one.field, "")) for one in others]
    response = render(request, "builder_desk/_company.html", {"others": here})
    if request.GET.get("serial") != str(draft.serial):
        response.headers["HX-Trigger"] = "edited-elsewhere"
    return response


def _titles(draft: Manuscript) -> dict[str, str]:
    """What somebody may be at: fields of a form, steps of a route."""
    document = draft.document
    if draft.is_form:
        return structure(document).titles()
    return {step["key"]: str(step.get("title") or step["key"]) for step in every_step(document["steps"])}
