"""Real threads on one database, let go together."""

import threading

from django.db import connections


def all_at_once(count, work):
    """Run ``work(number)`` in that many threads, let go together; what each gave, or the exception it raised."""
    results, gate = [None] * count, threading.Barrier(count)

    def run(number):
        gate.wait()
        try:
            results[number] = work(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
