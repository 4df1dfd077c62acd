"""Keystrokes (打鍵): what is typed into a setting is kept while it is typed, and answered in a few words.

What cannot be kept as it stands at that moment is said once the setting is left, when it comes as an ordinary edit.
"""

import json
from typing import Any

from django.http import JsonResponse, QueryDict

from forms_engine.builder_desk import wishes
from forms_engine.manuscripts import Manuscript
from schemas.pointers import MISSING, lookup


def is_typed(posted: QueryDict) -> bool:
    """Whether somebody is typing and waits for no panes."""
    return "midway" in posted


def typing(posted: QueryDict) -> str:
    """What names the keystrokes that are one edit together; empty for an edit of its own."""
    return posted.get("typing", "")[:40]


def kept(draft: Manuscript, posted: QueryDict) -> JsonResponse:
    """It is kept: the draft as its next keystroke has to have seen it."""
    document = draft.document
    return JsonResponse({"serial": draft.serial, "was": [_text(document, pointer) for pointer in wishes.seen(posted)]})


def not_kept() -> JsonResponse:
    """It is not kept as it stands."""
    return JsonResponse({"serial": None, "was": []})


def _text(document: Any, pointer: str) -> str:
    found = lookup(document, pointer)
    return json.dumps(None if found is MISSING else found, ensure_ascii=False)
