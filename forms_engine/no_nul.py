"""No NUL: an address that asks with the character NUL is refused, for PostgreSQL keeps no text that holds one.

No browser sends it and nobody can type it. What is posted is judged where it is read: fields say it in words.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\0"


class NoNul:
    """Answers 400 before any view looks for such a text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Within Django's own handling of exceptions, so that the answer is our page of 400."""
        refuse_nul(request.GET)


def refuse_nul(sent: QueryDict) -> None:
    """Raises BadRequest where a text that was sent holds NUL."""
    if any(NUL in str(text) for texts in sent.lists() for text in texts[1]):
        raise BadRequest
