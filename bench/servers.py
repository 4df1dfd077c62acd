"""A gunicorn with two workers for each competitor, on loopback, on a database of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROW = {
    "sqlite": "sqlite:///{folder}/{name}.sqlite3",
    "postgres": "postgres://postgres@127.0.0.1:5432/kakanai_bench_{name}",
}


def environment(name: str, database: str, folder: Path, settings: str) -> dict[str, str]:
    """The environment in which a competitor's commands and server run.

    All applicants come from one address, so no competitor limits how many may; none logs its requests.
    """
    return os.environ | {
        "DATABASE_URL": ROW[database].format(folder=folder, name=name),
        "DJANGO_SETTINGS_MODULE": settings,
        "DEBUG": "0",
        "KAKANAI_DRAFTS_PER_ADDRESS": "100000000",
        "KAKANAI_LOG_LEVEL": "WARNING",
        "KAKANAI_VAR": str(folder / f"var-{name}"),
        "PYTHONPATH": str(ROOT),
    }


def fresh_database(name: str, database: str) -> None:
    """An empty PostgreSQL database (SQLite needs none: its folder is new)."""
    if database == "postgres":
        drop_database(name, database)
        psql(f"CREATE DATABASE kakanai_bench_{name}")


def drop_database(name: str, database: str) -> None:
    """Leave nothing behind on PostgreSQL (of SQLite nothing outlives its folder)."""
    if database == "postgres":
        psql(f"DROP DATABASE IF EXISTS kakanai_bench_{name}")


def copy_database(name: str, copy: str, database: str, folder: Path) -> None:
    """A copy of a database at which nobody is."""
    if database == "postgres":
        drop_database(copy, database)
        psql(f"CREATE DATABASE kakanai_bench_{copy} TEMPLATE kakanai_bench_{name}")
    else:
        shutil.copyfile(folder / f"{name}.sqlite3", folder / f"{copy}.sqlite3")


def psql(statement: str) -> None:
    command = ["psql", "-qU", "postgres", "-h", "127.0.0.1", "-c", "SET client_min_messages = error", "-c", statement]
    subprocess.run(command, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def python(*arguments: str, env: dict[str, str]) -> None:
    """Run a set-up script of a competitor; its output is shown only when it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")


@contextmanager
def serve(application: str, env: dict[str, str]) -> Iterator[int]:
    """Serve a WSGI application with two workers; yields the port, stops the server afterwards."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "-w",
        "2",
        "-b",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if server.poll() is not None:
            sys.exit("gunicorn ended at once")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("gunicorn did not answer in 20 seconds")
