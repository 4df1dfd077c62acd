"""The way back (戻り先): the list from which somebody opened a case, as it was narrowed, sorted and paged.

It travels in ``back``, first in the link of a row and then in the forms of the case, so that whoever decides comes back
to where he was.  Nothing but what narrows a list is taken from it.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

KEPT = ("tray", "sort", "procedure", "due", "department", "state", "sought", "far", "after")
LONGEST = 2000


def kept(query: Mapping[str, str]) -> str:
    """What of a list's address is worth keeping; empty for the list that opens by itself."""
    words = {name: query[name] for name in KEPT if query.get(name)}
    return "" if words == {"tray": "mine"} else urlencode(words)


def way_back(request: HttpRequest) -> str:
    """Where the request says that it came from."""
    return kept(QueryDict((request.POST.get("back") or request.GET.get("back", ""))[:LONGEST]))


def list_address(back: str) -> str:
    """The list itself."""
    return reverse("approver:queue") + (f"?{back}" if back else "")


def case_address(public_id: object, back: str) -> str:
    """A case opened from that list."""
    return reverse("approver:case", args=[public_id]) + (f"?{urlencode({'back': back})}" if back else "")
