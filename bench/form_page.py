"""A page beside plain Django forms of the same fields, and a step of a form of N pages beside one of 10 N.

    python -m bench.form_page

In one process, in interleaved rounds, by processor time; read the ratios, not the figures.  A page is shown with its
answers, then posted: read, judged, and drawn again.  The table is one of 1,000 rows; Django's is a formset.  A step is
one POST of the first page of a fresh draft through all middlewares, answered with the next page as htmx asks for it.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import django

from bench import servers
from bench.rounds import compare

FOLDER = tempfile.TemporaryDirectory()
os.environ |= servers.environment("form_page", "sqlite", Path(FOLDER.name), "forms_engine.settings")
os.environ["KAKANAI_LOG_LEVEL"] = "WARNING"
django.setup()

from django import forms  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

import schemas  # noqa: E402
from bench.leaves import FORM, leaves_of  # noqa: E402
from bench.peers.fields import form_class  # noqa: E402
from forms_engine import definitions  # noqa: E402
from forms_engine.forms import form_for  # noqa: E402
from forms_engine.spec import FormSpec  # noqa: E402

FIELDS, ROWS, PAGES = 40, 1000, 10
PAGE_GOAL, STEP_GOAL = 1.5, 1.3
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}
KINDS: list[tuple[dict[str, Any], Any]] = [
    ({"type": "string", "format": "line", "minLength": 1, "maxLength": 60}, "髙﨑 葛󠄀子"),
    ({"type": "integer", "minimum": 0, "maximum": 999}, 12),
    ({"type": "string", "format": "date", "maxLength": 40}, "2026-04-01"),
    ({"type": "string", "oneOf": [{"const": "a", "title": "甲"}, {"const": "b", "title": "乙"}]}, "b"),
    ({"type": "string", "pattern": "^[0-9]{7}$", "maxLength": 7}, "1000001"),
]


def fields(number: int, name: str = "f") -> tuple[dict[str, Any], dict[str, Any]]:
    """So many required fields of mixed kinds, with an answer for each."""
    chosen = {f"{name}{place}": KINDS[place % len(KINDS)] for place in range(number)}
    properties = {key: {**schema, "title": f"項目 {key}"} for key, (schema, _) in chosen.items()}
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return schema, {key: answer for key, (_, answer) in chosen.items()}


def times(work: Callable[[], object], number: int) -> Callable[[], float]:
    """How often a second of processor time, measured over so many."""

    def measured() -> float:
        begin = time.process_time()
        for _ in range(number):
            work()
        return number / (time.process_time() - begin)

    return measured


def ours(schema: Mapping[str, Any], answers: Mapping[str, Any]) -> Callable[[], object]:
    spec = FormSpec.load({"form": "page", "title": "頁", "schema": schema, "pages": [page("p", schema["properties"])]})
    shown = form_for(spec, "p", answers)
    post = {**shown.typed(), "_seen": [shown.shown]}

    def turn() -> None:
        if not form_for(spec, "p", answers).html:
            raise RuntimeError("nothing shown")
        posted = form_for(spec, "p", answers, data=post)
        if not posted.is_valid() or not posted.html:
            raise RuntimeError(f"refused: {posted.errors}")

    return turn


def page(key: str, names: Any) -> dict[str, Any]:
    return {"key": key, "title": key, "fields": list(names)}


def plain_class(schema: dict[str, Any]) -> type[forms.Form]:
    return form_class(list(leaves_of(schema, "", True)))


def plain(schema: dict[str, Any], answers: dict[str, Any]) -> Callable[[], object]:
    made = plain_class(schema)

    def turn() -> None:
        made(initial=answers).as_div()
        posted = made(answers)
        if not posted.is_valid():
            raise RuntimeError(f"refused: {posted.errors}")
        posted.as_div()

    return turn


def plain_table(schema: dict[str, Any], rows: list[dict[str, Any]]) -> Callable[[], object]:
    made = forms.formset_factory(plain_class(schema), extra=0, max_num=ROWS, absolute_max=ROWS)
    post = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows))}
    post |= {f"form-{number}-{key}": answer for number, row in enumerate(rows) for key, answer in row.items()}

    def turn() -> None:
        made(initial=rows).as_div()
        posted = made(post)
        if not posted.is_valid():
            raise RuntimeError(f"refused: {posted.errors}")
        posted.as_div()

    return turn


def long_form(key: str, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A published form of so many pages of four fields each."""
    parts = [fields(4, f"p{place}_") for place in range(number)]
    document = {**schemas.starter("forms", FORM), "form": key, "title": key}
    for name in ("calculations", "checks", "translations", "presentation", "facts", "x-titles"):
        document.pop(name, None)
    properties = {name: schema for part, _ in parts for name, schema in part["properties"].items()}
    document["schema"] = {"type": "object", "properties": properties, "required": list(properties)}
    document["pages"] = [page(f"page-{place}", part["properties"]) for place, (part, _) in enumerate(parts)]
    return document, parts[0][1]


def step(key: str, number: int) -> Callable[[], object]:
    """One POST of the first page of a fresh draft, again and again."""
    document, answers = long_form(key, number)
    definitions.publish(document)
    client = Client()
    first = client.post(f"/procedures/{key}/applications/")["Location"]
    shown = form_for(FormSpec.load(document), "page-0", answers)
    post = {**shown.typed(), "_seen": shown.shown}

    def turn() -> None:
        answer = client.post(first, post, **HTMX)
        if not answer.headers["HX-Push-Url"].endswith("/page-1/"):
            raise RuntimeError(f"not taken: {answer.content.decode()[:3000]}")

    return turn


def ratios() -> Iterator[tuple[str, float, float]]:
    """What was measured, how many times as long ours takes, and how many times it may."""
    schema, answers = fields(FIELDS)
    row, one = fields(3, "c")
    rows = [{**one, "c0": f"行 {number}"} for number in range(ROWS)]
    table = {"type": "array", "title": "明細", "items": row, "maxItems": ROWS}
    whole = {"type": "object", "properties": {"rows": table}, "required": ["rows"]}
    found = compare({"ours": times(ours(schema, answers), 20), "plain": times(plain(schema, answers), 20)})
    yield f"page of {FIELDS} fields : plain Django form", found["plain"] / found["ours"], PAGE_GOAL
    found = compare({"ours": times(ours(whole, {"rows": rows}), 1), "plain": times(plain_table(row, rows), 1)}, 3)
    yield f"table of {ROWS} rows : plain Django formset", found["plain"] / found["ours"], PAGE_GOAL
    call_command("demo", "--prepare", stdout=io.StringIO())
    found = compare({"few": times(step("few", PAGES), 20), "many": times(step("many", 10 * PAGES), 20)})
    yield f"step of {10 * PAGES} pages : step of {PAGES} pages", found["few"] / found["many"], STEP_GOAL


def main() -> None:
    met = True
    for title, ratio, goal in ratios():
        print(f"  {title} = {ratio:.2f}×  (goal ≤ {goal:.1f}×)", flush=True)
        met &= ratio <= goal
    FOLDER.cleanup()
    sys.exit(not met)


if __name__ == "__main__":
    main()
