"""Company (居合わせる人): who else is here, told every few seconds to who has the editor open."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms_engine import edits, presences
from forms_engine.builder_desk import history
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.structure import structure
from forms_engine.edits import Edit
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
        response.headers["HX-Trigger"] = json.dumps({"edited-elsewhere": {"words": _news(request, draft)}})
    return response


def _news(request: BuilderRequest, draft: Manuscript) -> str:
    """Who did what since the page was drawn, the last first."""
    since = moment(request.GET.get("since", ""))
    done = edits.done_by_others(draft, request.user, since) if since else []
    return "\n".join(in_words(one, draft) for one in done)


def in_words(edit: Edit, draft: Manuscript) -> str:
    """Who made an edit, took it back or let it count again, and what it did."""
    sentence, who, at = _("%(who)sが変えました（%(at)s）：%(what)s"), edit.by, edit.at
    if edit.turned_at is not None:
        sentence, who, at = _("%(who)sがやり直しました（%(at)s）：%(what)s"), edit.turned_by, edit.turned_at
        if edit.number > draft.standing:
            sentence = _("%(who)sが元に戻しました（%(at)s）：%(what)s")
    what = history.in_words(edit, draft.document)
    return sentence % {"who": who or _("ほかの人"), "at": localtime(at).strftime("%H:%M"), "what": what}


def moment(text: str) -> datetime | None:
    """When a page was drawn, as it says itself; None for what is no moment."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if is_aware(found) else None


def _titles(draft: Manuscript) -> dict[str, str]:
    """What somebody may be at: fields of a form, steps of a route."""
    document = draft.document
    if draft.is_form:
        return structure(document).titles()
    return {step["key"]: str(step.get("title") or step["key"]) for step in every_step(document["steps"])}
