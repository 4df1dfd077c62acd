"""The approver's queue and search at 10,000 and at a million open tasks, beside viewflow's own task list.

    python -m bench.queue [sqlite] [postgres] [--most 1000000]

Three processes on databases of their own answer in turn: the small office, the large one, viewflow at the larger size.
Figures are medians of rounds.  Compared is the data layer of each: our page or numbers, and what viewflow's view asks
for (the choices of its filter, its count, its page), without templates on either side.
"""

import json
import statistics
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import servers
from bench.runners import Runner

FEW, MANY, ROUNDS = 10_000, 1_000_000, 5
GROWTH, SQL, FASTER, LOOKUP = 2.0, 2.0, 20.0, 10.0
LIST, LOOK = "its task list", "look-up of 25 cases"
#: Below this many milliseconds a difference between two sizes is noise of the clock and the machine.
NOISE = 0.2
Figures = dict[str, tuple[float, float]]


class OfficeRunner(Runner):
    """A child that makes an office of some size and answers with the milliseconds of each row."""

    def __init__(self, name: str, size: int, env: dict[str, str]) -> None:
        super().__init__(name, env)
        self.command = [sys.executable, "-m", "bench.queue_runners", name, str(size)]


def tables(stack: ExitStack, name: str, database: str, folder: Path) -> None:
    """A database with its tables and nothing in them, of which offices are copies."""
    env = servers.environment(f"queue_{name}", database, folder, PEER if name == "viewflow" else OURS)
    stack.callback(servers.drop_database, f"queue_{name}", database)
    servers.fresh_database(f"queue_{name}", database)
    servers.python(*(["-m", "bench.peers.tables"] if name == "viewflow" else ["manage.py", "migrate"]), env=env)


def office(stack: ExitStack, name: str, database: str, size: int, folder: Path) -> Runner:
    """Its database made and filled (the first answer comes after that)."""
    print(f"  {database}: {name} at {size:,}", file=sys.stderr, flush=True)
    env = servers.environment(f"queue_{name}_{size}", database, folder, PEER if name == "viewflow" else OURS)
    stack.callback(servers.drop_database, f"queue_{name}_{size}", database)
    servers.copy_database(f"queue_{name}", f"queue_{name}_{size}", database, folder)
    runner = stack.enter_context(OfficeRunner(name, size, env))
    runner.ask("warm up")
    return runner


OURS, PEER = "tests.settings", "bench.peers.settings"


def medians(answers: Sequence[Figures]) -> Figures:
    """Of each row the median of its rounds, of SQL and of all."""
    return {
        row: (statistics.median(a[row][0] for a in answers), statistics.median(a[row][1] for a in answers))
        for row in answers[0]
    }


def measure(database: str, many: int) -> bool:
    """One run on one database; True when every goal is met."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for name in ("kakanai", "viewflow"):
            tables(stack, name, database, Path(folder))
        sizes = [("kakanai", FEW), ("kakanai", many), ("viewflow", many)]
        runners = [office(stack, name, database, size, Path(folder)) for name, size in sizes]
        rounds = [one_round(number, runners) for number in range(ROUNDS)]
    small, large, peer = (medians(answers) for answers in zip(*rounds, strict=True))
    print(f"\nQueue on {database}: {FEW:,} and {many:,} open tasks; milliseconds of SQL (of all)")
    return all([verdict(row, small, large, peer[LIST]) for row in large])


def one_round(number: int, runners: Sequence[Runner]) -> list[Figures]:
    """What each of them answers in turn."""
    print(f"  round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
    return [json.loads(runner.ask("round")) for runner in runners]


def verdict(row: str, small: Figures, large: Figures, listed: tuple[float, float]) -> bool:
    """Print the row with its goals; whether they are met."""
    (few_sql, few), (sql, whole) = small[row], large[row]
    growth = (sql + NOISE) / (few_sql + NOISE)
    said = f"  {row:<32} {few_sql:7.2f} ({few:6.2f}) → {sql:7.2f} ({whole:6.2f})  {growth:5.2f}× (goal ≤ {GROWTH:.0f}×)"
    met = growth <= GROWTH
    if row.startswith("search"):
        ratio = whole / large[LOOK][1]
        said, met = f"{said}  {ratio:5.1f}× a look-up (goal ≤ {LOOKUP:.0f}×)", met and ratio <= LOOKUP
    elif row != LOOK:
        faster = listed[0] / sql
        said = f"{said}  SQL goal ≤ {SQL:.0f} ms  viewflow's list : this = {faster:6.1f}× (goal ≥ {FASTER:.0f}×)"
        met = met and sql <= SQL and faster >= FASTER
    print(f"{said}{'' if met else '  MISSED'}")
    return met


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgres"])
    parser.add_argument("--most", type=int, default=MANY)
    asked = parser.parse_args()
    sys.exit(not all([measure(database, asked.most) for database in asked.databases]))


if __name__ == "__main__":
    main()
