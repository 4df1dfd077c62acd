"""Those who write to the embedded database at the same time: nobody fails, nothing is lost, and patience has an end."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.sqlite3 import base
from hypothesis import given
from hypothesis import strategies as st

from forms_engine import environment
from forms_engine.embedded import base as embedded
from forms_engine.embedded.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # without it, no connection at all is opened in a test

DEFAULTS = {"AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "TEST": {}, "ATOMIC_REQUESTS": False}
WRITERS, ROUNDS = 8, 25


def opened(path: Path, **options: object) -> DatabaseWrapper:
    """A connection as a process of its own would have it."""
    settings = environment.sqlite(path)
    settings["OPTIONS"] |= options
    wrapper = DatabaseWrapper({**DEFAULTS, **settings}, alias="default")
    wrapper.inc_thread_sharing()
    return wrapper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "counter.sqlite3") as file:
        file.execute("CREATE TABLE counter (value INTEGER)")
        file.execute("INSERT INTO counter VALUES (0)")
    return tmp_path / "counter.sqlite3"


@pytest.fixture
def holder(path: Path) -> Iterator[DatabaseWrapper]:
    """Somebody who is in the middle of writing."""
    wrapper = opened(path)
    wrapper.cursor().execute("BEGIN IMMEDIATE")
    wrapper.cursor().execute("UPDATE counter SET value = 100")
    yield wrapper
    wrapper.close()


def counted(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT value FROM counter")
        return int(cursor.fetchone()[0])


def add_one(wrapper: DatabaseWrapper) -> None:
    """Read, then write what follows from it, in one transaction."""
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    value = counted(wrapper)
    wrapper.cursor().execute("UPDATE counter SET value = %s", [value + 1])
    wrapper.commit()
    wrapper.set_autocommit(True)


def test_many_who_read_and_write_at_once_lose_nothing_to_each_other(path: Path) -> None:
    failures: list[Exception] = []

    def work() -> None:
        wrapper = opened(path)
        try:
            for _ in range(ROUNDS):
                add_one(wrapper)
        except Exception as failure:
            failures.append(failure)
        finally:
            wrapper.close()

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert counted(opened(path)) == WRITERS * ROUNDS


def test_whoever_comes_while_another_writes_goes_on_after_him(path: Path, holder: DatabaseWrapper) -> None:
    seen: list[int] = []

    def follow() -> None:
        wrapper = opened(path)
        wrapper.cursor().execute("UPDATE counter SET value = value + 1")  # a statement that is a transaction by itself
        seen.append(counted(wrapper))
        wrapper.close()

    follower = threading.Thread(target=follow)
    follower.start()
    follower.join(0.2)
    assert follower.is_alive() and seen == []
    holder.cursor().execute("COMMIT")
    follower.join()
    assert seen == [101]


def test_nobody_waits_to_read(path: Path, holder: DatabaseWrapper) -> None:
    assert counted(opened(path, timeout=0)) == 0


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "UPDATE counter SET value = 1"])
def test_patience_ends_in_the_error_that_it_would_be_anyway(
    path: Path, holder: DatabaseWrapper, statement: str
) -> None:
    with pytest.raises(OperationalError, match="database is locked"):
        opened(path, timeout=0.05).cursor().execute(statement)


def test_a_mistake_is_said_at_once_and_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "sleep", lambda pause: pytest.fail("waited for nobody"))
    with pytest.raises(OperationalError, match="no such table"):
        opened(path).cursor().execute("SELECT * FROM nowhere")


def test_pauses_grow_to_the_longest_and_no_further(
    path: Path, holder: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def sleep(pause: float) -> None:
        pauses.append(pause)
        if len(pauses) == 30:
            holder.cursor().execute("COMMIT")

    monkeypatch.setattr(embedded, "sleep", sleep)
    opened(path).cursor().execute("UPDATE counter SET value = value + 1")
    assert len(pauses) == 30 and pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (embedded.FIRST, embedded.LONGEST)


@given(st.lists(st.sampled_from(["%s", "%%", "%%s", "a", " ", "?", "'", "値"])).map("".join))
def test_statements_are_converted_as_django_does(statement: str) -> None:
    assert embedded.Cursor.convert_query(None, statement) == base.SQLiteCursorWrapper.convert_query(None, statement)


def test_names_are_converted_as_django_does() -> None:
    named = {"query": "SELECT %(a)s, 5 %% 2", "param_names": ["a"]}
    cursor = sqlite3.connect(":memory:").cursor(factory=embedded.Cursor)
    assert cursor.convert_query(named["query"], param_names=named["param_names"]) == "SELECT :a, 5 % 2"
