"""Start and two approvals, in process: Kakanai's signed and audited decisions beside plain viewflow's API.

    python -m bench.engine [sqlite] [postgres]

Both run in processes of their own on databases of their own, case by case in turn, one thread each. The peer
django-forms-workflows runs the same way through its own engine.  Then ours alone: how much slower it is with ten times
as many cases in the database, and with ten times as many decisions made on each case.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from bench import servers
from bench.rounds import compare, report
from bench.runners import Runner

EACH = 60
KAKANAI, VIEWFLOW, PEER = "Kakanai, signed", "plain viewflow", "django-forms-workflows"
CASES, HISTORY, GROWTH = 2_000, 10, 1.3
GOALS = {VIEWFLOW: 1.5, PEER: 2.0}
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


def grows(database: str) -> bool:
    """Whether ours costs the same with N and with ten times N, of cases and of decisions on a case."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        few, many = (stack.enter_context(_office(size, database, Path(folder))) for size in (CASES, 10 * CASES))
        by_cases = {"N": lambda: float(few.ask(f"rate {EACH}")), "10 N": lambda: float(many.ask(f"rate {EACH}"))}
        ages = {"N": HISTORY, "10 N": 10 * HISTORY}
        by_age = {name: lambda age=age: float(many.ask(f"aged {age} {EACH // 2}")) for name, age in ages.items()}
        rates = {"cases": compare(by_cases), "decisions on a case": compare(by_age)}
    print(f"\nGrowth on {database}")
    return all([_is_flat(what, found["N"] / found["10 N"]) for what, found in rates.items()])


def _office(size: int, database: str, folder: Path) -> Runner:
    """Ours, with so many closed cases."""
    name, settings, script = RUNNERS[KAKANAI]
    env = servers.environment(f"{name}_{size}", database, folder, settings)
    servers.fresh_database(f"{name}_{size}", database)
    servers.python(*script, env=env)
    return Grown(name, env, size)


class Grown(Runner):
    """A runner that has so many cases before it is asked anything."""

    def __init__(self, name: str, env: dict[str, str], size: int) -> None:
        super().__init__(name, env)
        self.size = size

    def __enter__(self) -> Self:
        super().__enter__()
        self.ask("rate 2")
        self.ask(f"grow {self.size}")
        return self


def _is_flat(what: str, ratio: float) -> bool:
    print(f"  N and 10 N {what:<22} {ratio:5.2f}×  (goal ≤ {GROWTH:.1f}×)")
    return ratio <= GROWTH


def main() -> None:
    databases = sys.argv[1:] or ["sqlite", "postgres"]
    sys.exit(not all([check(database) for database in databases for check in (measure, grows)]))


if __name__ == "__main__":
    main()
