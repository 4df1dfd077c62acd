"""Onward (その先): a form that htmx posted is answered with the page that its redirect leads to, in one round trip.

Views know nothing of it: they redirect, as a browser without script needs it.  What comes back says in HX-Push-Url
where the person is now, so reload, back and bookmarks mean what they would mean after the redirect.
"""

from collections.abc import Callable
from copy import copy
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseRedirectBase
from django.utils.datastructures import MultiValueDict

#: Redirects that lead on to a redirect; one more is left to the browser.
LONGEST = 3
CSRF = ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE")
CACHED = ("GET", "headers")
OF_THE_POST = ("CONTENT_", "HTTP_HX_")


class Onward:
    """The innermost middleware: what stands outside of it is done once for the post and the page that answers it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and request.headers.get("HX-Boosted") == "true":
            return self.shown(request, response)
        return response

    def shown(self, request: HttpRequest, posted: HttpResponse) -> HttpResponse:
        """The page that the answer to a post leads to; a page of its own stays at the address that is shown."""
        response, place = posted, "false"
        for _ in range(LONGEST):
            if not leads_on(response):
                break
            place = response["Location"]
            response = self.opened(request, place)
        if place != "false" and not is_page(response):
            response = HttpResponse(headers={"HX-Redirect": place})  # to be opened by the browser as it would any link
        for name, cookie in posted.cookies.items():
            response.cookies.setdefault(name, cookie)
        response.headers.setdefault("HX-Push-Url", place)
        return response

    def opened(self, request: HttpRequest, address: str) -> HttpResponse:
        """What the same person gets at another address of this site."""
        onward = at(request, address)
        response = self.get_response(onward)
        request.META.update({name: onward.META[name] for name in CSRF if name in onward.META})
        return response


def leads_on(response: HttpResponse) -> bool:
    """Whether this is a redirect, to be opened by GET, to an address of this site."""
    is_redirect = isinstance(response, HttpResponseRedirectBase) and response.status_code in (301, 302, 303)
    return is_redirect and response["Location"].startswith("/") and not response["Location"].startswith("//")


def is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")


def at(request: HttpRequest, address: str) -> HttpRequest:
    """A GET of the address by the same browser: its session, its cookies, and what the middlewares know of it."""
    found = urlsplit(address)
    onward = copy(request)
    onward.method, onward.path = "GET", unquote(found.path)
    onward.path_info = "/" + onward.path.removeprefix(request.META.get("SCRIPT_NAME", "")).lstrip("/")
    kept = {name: value for name, value in request.META.items() if not name.startswith(OF_THE_POST)}
    kept |= {"REQUEST_METHOD": "GET", "PATH_INFO": onward.path_info, "QUERY_STRING": found.query}
    for name in CACHED:
        vars(onward).pop(name, None)
    vars(onward).update(META=kept, environ=kept, _post=QueryDict(), _files=MultiValueDict(), resolver_match=None)
    return onward
