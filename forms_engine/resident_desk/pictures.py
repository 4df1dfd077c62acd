"""The images that forms carry in their explanations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forms_engine.definitions import picture_of

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(request: HttpRequest, form: str, digest: str) -> HttpResponse:
    """An image of any version of a form, by the digest of its bytes: what is kept of it never grows stale."""
    found = picture_of(form, digest)
    if found is None:
        raise Http404
    return HttpResponse(found.data, content_type=found.media_type)
