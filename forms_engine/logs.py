"""The log (ログ): one JSON object a line, without personal data.

What a resident typed reaches a log through addresses, query strings, exception texts and interpolated messages.  So a
request is logged by its *route* (a resume link's address holds a secret), an exception by its type and place, and a
message's arguments only where its author is known to put nothing personal there.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse

OPEN = ("kakanai", "django_tasks", "gunicorn")  # loggers whose messages name ids, counts and routes only
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("kakanai.request")


class Lines(logging.Formatter):
    """A record as a line of JSON: when, level, logger, message, request, the facts its author gave, where it broke."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            "request": request_id.get(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__qualname__, "trace": trace(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """The message; of loggers not known to be careful, its template, or only where it was written."""
    if record.name.split(".")[0] in OPEN or record.name.startswith("django_tasks"):
        return record.getMessage()
    return str(record.msg) if record.args else f"(withheld) {record.filename}:{record.lineno}"


def trace(traceback: TracebackType | None) -> list[str]:
    """Where an exception came from: file, line and function; never its text, which may quote an answer."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(traceback)]


class RequestLog:
    """Gives each request an id (the proxy's, if well formed), logs one line for it, and tells the browser the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if GIVEN.fullmatch(given) else uuid.uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            if log.isEnabledFor(logging.INFO):
                log.info("request", extra={"facts": facts_of(request, response, started)})
        finally:
            request_id.reset(token)
        return response


def facts_of(request: HttpRequest, response: HttpResponse, started: float) -> dict[str, Any]:
    """What may be known of a request: how, which route, how it ended and how long it took."""
    match = request.resolver_match
    return {
        "method": request.method if request.method in KNOWN_METHODS else "other",
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }


KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
