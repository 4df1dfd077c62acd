"""A very small browser: cookies, redirects, CSRF tokens, forms posted by htmx; too fast to be what is measured."""

import http.client
import re
from collections.abc import Mapping
from email.message import Message
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BOOSTED = re.compile(r'<form[^>]* method="post"[^>]* hx-boost="true"')


NO_HEADERS: Mapping[str, str] = {}


class Browser:
    """One person's browser on one kept connection; `get` and `post` follow redirects and return the page's text.

    A form with `hx-boost` is posted as htmx posts it, and the page that answers stands where HX-Push-Url says, as in a
    browser with JavaScript; any other form is posted as a browser does by itself.
    """

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.port, self.headers = port, headers or {}
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.url, self.page, self.requests = "/", "", 0
        self.answered: Message = Message()

    def get(self, path: str) -> str:
        return self.send("GET", path, None)

    def post(self, path: str, answers: list[tuple[str, str]]) -> str:
        """Post a form with the last page's CSRF token."""
        token = TOKEN.search(self.page)
        if token is None:
            raise RuntimeError(f"no form at {self.url}")
        body = urlencode([("csrfmiddlewaretoken", token[1]), *answers])
        if BOOSTED.search(self.page) is None:
            return self.send("POST", path, body)
        headers = {"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL": self.url}
        page, shown = self.send("POST", path, body, headers), self.answered
        if "HX-Redirect" in shown:
            return self.get(shown["HX-Redirect"])
        if shown.get("HX-Push-Url", "false") != "false":
            self.url = shown["HX-Push-Url"]
        return page

    def send(self, method: str, path: str, body: str | None, headers: Mapping[str, str] = NO_HEADERS) -> str:
        while True:
            response = self.exchange(method, path, body, headers)
            text = response.read().decode()
            if response.status not in (301, 302, 303):
                break
            method, body, path = "GET", None, urlsplit(response.headers["Location"]).path or path
        if response.status >= 400:
            raise RuntimeError(f"{response.status} at {path}: {text[:500]}")
        self.url, self.page, self.answered = path, text, response.headers
        return text

    def exchange(self, method: str, path: str, body: str | None, extra: Mapping[str, str]) -> http.client.HTTPResponse:
        headers = {
            **extra,
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Host": f"127.0.0.1:{self.port}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers | self.headers)
        self.requests += 1
        response = self.connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response
