"""Resident journeys per second over HTTP: Kakanai beside a plain formtools wizard and django-forms-workflows.

    python -m bench.journey [sqlite] [postgres]

Each is served by gunicorn with two workers on one machine, in interleaved rounds; read the ratios, not the figures.

The plain wizard has the same pages: that of the procedure, those that ask, and the check page. A second one has only
those that ask; it stands here for comparison, and no goal is set for it. django-forms-workflows shows one page.

A resident at Kakanai has JavaScript on: htmx posts each form, and the answer is the next page. So a journey is the page
of the procedure and one request each for the start, every page and the submission, with htmx's headers. Chromium sends
the same: tests/journeys/test_turning.py counts its requests. Left out, for all: scripts, styles and pictures, which a
browser keeps; and what Kakanai's page asks when an answer brings up other questions on it (`_refresh`), for which the
peers have no like: the answers are complete when they are sent, and every question of the page is among them.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import offices, servers
from bench.rounds import compare, rate, report

EACH = 20
GOALS = {offices.PLAIN.title: 1.0, offices.PEER.title: 2.0}


def measure(database: str) -> bool:
    """One run on one database; True when every goal is met."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        competitors = {}
        for one in (offices.KAKANAI, offices.PLAIN, offices.BARE, offices.PEER):
            env = servers.environment(one.name, database, Path(folder), one.settings)
            servers.fresh_database(one.name, database)
            servers.python(*one.script, env=env)
            port = stack.enter_context(servers.serve(one.application, env))
            print(f"  {one.title}: {one.journey(port).requests} requests a journey")
            competitors[one.title] = lambda one=one, port=port: rate(lambda _: one.journey(port), EACH)
        return report(f"Resident journeys on {database}", compare(competitors), GOALS)


def main() -> None:
    offices.KAKANAI_PAGES[:] = offices.kakanai_pages()
    sys.exit(not all([measure(database) for database in sys.argv[1:] or ["sqlite", "postgres"]]))


if __name__ == "__main__":
    main()
