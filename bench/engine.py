"""Start and two approvals, in process: Kakanai's signed and audited decisions beside plain viewflow's API.

    python -m bench.engine [sqlite] [postgres]

Both run in processes of their own on databases of their own, case by case in turn, one thread each. The peer
django-forms-workflows runs the same way through its own engine.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import servers
from bench.rounds import compare, report
from bench.runners import Runner

EACH = 60
KAKANAI, VIEWFLOW, PEER = "Kakanai, signed", "plain viewflow", "django-forms-workflows"
GOALS = {VIEWFLOW: 1.0, PEER: 2.0}
RUNNERS = {
    KAKANAI: ("kakanai", "tests.settings", ["manage.py", "demo", "--prepare"]),
    VIEWFLOW: ("plain", "bench.peers.settings", ["-m", "bench.peers.tables"]),
    PEER: ("peer", "bench.peers.settings", ["-m", "bench.peers.tables"]),
}


def measure(database: str) -> bool:
    """One run on one database; True when every goal is met."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        competitors = {}
        for title, (name, settings, script) in RUNNERS.items():
            env = servers.environment(name, database, Path(folder), settings)
            servers.fresh_database(name, database)
            servers.python(*script, env=env)
            runner = stack.enter_context(Runner(name, env))
            print(f"  {title}: {runner.ask('sql')} SQL statements for start, first and last approval")
            competitors[title] = lambda runner=runner: float(runner.ask(f"rate {EACH}"))
        return report(f"Start and two approvals on {database}", compare(competitors), GOALS)


def main() -> None:
    sys.exit(not all([measure(database) for database in sys.argv[1:] or ["sqlite", "postgres"]]))


if __name__ == "__main__":
    main()
