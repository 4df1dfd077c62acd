"""Reading aids (読みやすくする設定): what a reader chose for this browser, beside the language of the interface."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from forms_engine.languages import LANGUAGES_COOKIE, chosen, is_language


class ReadingAids:
    """Puts the chosen language of forms in force for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(LANGUAGES_COOKIE, "")
        with chosen(language if is_language(language) else ""):
            return self.get_response(request)
