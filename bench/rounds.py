"""Interleaved rounds: competitors take turns, so a noisy machine is noisy for all; figures are medians."""

import statistics
import threading
import time
from collections.abc import Callable

ROUNDS, CLIENTS = 5, 4


def rate(work: Callable[[int], None], each: int, clients: int = CLIENTS) -> float:
    """Pieces of work per second, done by `clients` threads, `each` pieces apiece; work gets the thread's number."""
    failures: list[BaseException] = []

    def repeat(number: int) -> None:
        try:
            for _ in range(each):
                work(number)
        except BaseException as failure:  # a thread's failure must end the benchmark, not vanish
            failures.append(failure)

    threads = [threading.Thread(target=repeat, args=(number,)) for number in range(clients)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return each * clients / (time.perf_counter() - begin)


def compare(competitors: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Run every competitor once a round, in turn; returns each one's median rate."""
    rates: dict[str, list[float]] = {name: [] for name in competitors}
    for _ in range(rounds):
        for name, measure in competitors.items():
            rates[name].append(measure())
    return {name: statistics.median(values) for name, values in rates.items()}


def report(title: str, medians: dict[str, float], goals: dict[str, float]) -> bool:
    """Print each rate and the first competitor's ratio to the others; True when every goal is met."""
    ours, *peers = medians
    print(f"\n{title}")
    print("\n".join(f"  {name:<28} {value:8.1f} /s" for name, value in medians.items()))
    met = True
    for peer in peers:
        ratio = medians[ours] / medians[peer]
        goal = goals.get(peer)
        met &= goal is None or ratio >= goal
        print(f"  {ours} : {peer} = {ratio:.2f}×  ({f'goal ≥ {goal:.1f}×' if goal else 'for comparison'})")
    return met
