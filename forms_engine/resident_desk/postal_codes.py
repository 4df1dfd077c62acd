"""The places of a postal code, for the script that fills in an address while it is typed."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forms_engine.postal_codes import places

A_DAY = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=A_DAY)
def postal_code(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everybody, so that anything on the way may keep it; a code that does not exist has no places."""
    return JsonResponse({"places": [asdict(place) | {"title": place.title} for place in places(code)]})
