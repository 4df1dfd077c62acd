"""Editing a form of N fields and of 30 N: what one edit costs, whole and by its parts. (python -m bench.editing)

The floor: an edit of the large form, with a hundred conditions, takes at most three times as long as one of the small.
"""

from __future__ import annotations

import logging
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import get_runner, setup_test_environment  # noqa: E402

from forms_engine import manuscripts  # noqa: E402
from schemas.editing import edited  # noqa: E402
from workflows.capacities import BUILDER, grant  # noqa: E402
from workflows.staff import StaffMember  # noqa: E402

SMALL, LARGE, PER_PAGE, ROUNDS, FLOOR = 10, 300, 10, 25, 3.0


def form(fields: int, conditions: int) -> dict[str, Any]:
    """A form of so many fields, ten a page, so many of them asked for an answer only."""
    properties = {f"f{n}": {"type": "boolean" if n % 3 == 0 else "string", "title": f"項目{n}"} for n in range(fields)}
    pages = [
        {"key": f"page-{start}", "title": f"画面{start}", "fields": [f"f{n}" for n in range(start, start + PER_PAGE)]}
        for start in range(0, fields, PER_PAGE)
    ]
    document: dict[str, Any] = {
        "form": f"bench_{fields}", "title": "様式", "procedure": {}, "pages": pages,
        "schema": {"type": "object", "properties": properties},
    }  # fmt: skip
    for n in range(conditions):
        by = (3 * n) % fields
        document = edited(
            document, {"do": "show_when", "fields": [f"f{by + 1}"], "by": f"f{by}", "when": {"const": True}}
        )
    return document


def median(act: Callable[[int], Any]) -> float:
    """Milliseconds of one call."""
    times = []
    for turn in range(ROUNDS):
        started = time.perf_counter()
        act(turn)
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times[3:])


def edit_of(client: Client, draft: manuscripts.Manuscript) -> Callable[[int], Any]:
    """Another name for the sixth field, as the script of the page sends it."""

    def act(turn: int) -> None:
        posted = {"do": "retitle_field", "field": "f5", "title": f"名前{turn}", "at_tab": "fields", "at_field": "f5"}
        answer = client.post(f"/builder/drafts/{draft.pk}/edits/", posted, headers={"HX-Request": "true"})
        assert answer.status_code == 200

    return act


def measured(client: Client, fields: int, conditions: int) -> float:
    document = form(fields, conditions)
    draft = manuscripts.begin(document, "general")
    command = {"do": "retitle_field", "field": "f5", "title": "別の名前"}
    core = median(lambda turn: edited(document, command))
    whole = median(edit_of(client, draft))
    print(
        f"{fields:>4} fields, {conditions:>3} conditions: {whole:6.1f} ms an edit, of which the command {core:5.1f} ms"
    )
    return whole


def main() -> None:
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        builder = StaffMember.objects.create(username="builder")
        grant(builder, BUILDER)
        client = Client()
        client.force_login(builder, backend="django.contrib.auth.backends.ModelBackend")
        ratio = measured(client, LARGE, 100) / measured(client, SMALL, 3)
    finally:
        runner.teardown_databases(databases)
    print(f"ratio {ratio:.2f}, at most {FLOOR}")
    raise SystemExit(ratio > FLOOR)


if __name__ == "__main__":
    main()
