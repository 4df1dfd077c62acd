"""Keystrokes (打鍵): what is typed into a setting is kept while it is typed, and answered in a few words.

What cannot be kept as it stands at that moment is said once the setting is left, when it comes as an ordinary edit.
"""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse, QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_engine import unfinished
from forms_engine.builder_desk import wishes
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.manuscripts import Manuscript
from schemas.pointers import MISSING, lookup
from workflows.staff import StaffMember


@require_POST
@for_builders
def unfinished_text(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Keep what is no edit yet, with whoever typed it; without a text, nothing is unfinished there any more."""
    draft, place = manuscript_or_404(request.user, draft_id), request.POST.get("place", "")
    if "text" not in request.POST:
        unfinished.drop(draft, request.user, place)
    elif not unfinished.keep(draft, request.user, place, request.POST["text"]):
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def is_typed(posted: QueryDict) -> bool:
    """Whether somebody is typing and waits for no panes."""
    return "midway" in posted


def typing(posted: QueryDict) -> str:
    """What names the keystrokes that are one edit together; empty for an edit of its own."""
    return posted.get("typing", "")[:40]


def finish(draft: Manuscript, member: StaffMember, posted: QueryDict) -> None:
    """What this was the unfinished beginning of is unfinished no more."""
    for place in posted.getlist("finished"):
        unfinished.drop(draft, member, place)


def kept(draft: Manuscript, posted: QueryDict) -> JsonResponse:
    """It is kept: the draft as its next keystroke has to have seen it."""
    document, at = draft.document, localtime(draft.edited_at).strftime("%H:%M:%S")
    was = [_text(document, pointer) for pointer in wishes.seen(posted)]
    return JsonResponse({"serial": draft.serial, "was": was, "saved": _("%(at)s に保存しました") % {"at": at}})


def not_kept() -> JsonResponse:
    """It is not kept as it stands."""
    return JsonResponse({"serial": None, "was": []})


def _text(document: Any, pointer: str) -> str:
    found = lookup(document, pointer)
    return json.dumps(None if found is MISSING else found, ensure_ascii=False)
