"""Reading aids (読みやすくする設定): what a reader chose for this browser, beside the language of the interface."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from forms_engine import ruby
from forms_engine.languages import LANGUAGES_COOKIE, chosen, html_lang, is_language
from forms_engine.ruby import RUBY_COOKIE


class ReadingAids:
    """Puts the chosen language of forms, and readings, in force for the length of a request.

    A resident's page that was not drawn from stencils gets its readings at the end.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(LANGUAGES_COOKIE, "")
        on = request.COOKIES.get(RUBY_COOKIE) == "1" and html_lang(get_language() or "") == "ja"
        with chosen(language if is_language(language) else ""), ruby.switched(on):
            response = self.get_response(request)
            if on and _is_to_annotate(request, response):
                response.content = ruby.annotated(response.content.decode()).encode()
                response.headers["Content-Length"] = str(len(response.content))
            return response


def _is_to_annotate(request: HttpRequest, response: HttpResponse) -> bool:
    """Staff read people's answers all over their pages, and downloads are no pages."""
    match = request.resolver_match
    is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
    return bool(is_page and match and match.namespace == "resident" and not hasattr(response, "has_readings"))
