"""The second run of the tests: those that must hold on both databases, on PostgreSQL.

    python -m tests.postgres

Where: ``KAKANAI_TEST_POSTGRES``, or the one of this machine.  If none answers, says so and succeeds; with
``KAKANAI_REQUIRE_POSTGRES=1``, fails.
"""

import os
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

DEFAULT = "postgres://postgres@127.0.0.1:5432/kakanai"
TESTS = ["-m", "pytest", "-n", "2", "-m", "postgres or both"]


def complaint(url: str) -> str:
    """Why this PostgreSQL cannot be used; empty if it can."""
    try:
        psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), connect_timeout=3).close()
    except psycopg.OperationalError as wrong:
        return str(wrong).strip().splitlines()[0]
    return ""


def main() -> None:
    """Become pytest, or say why not."""
    url = os.environ.get("KAKANAI_TEST_POSTGRES") or DEFAULT
    why = complaint(url)
    if why:
        print(f"PostgreSQL tests skipped: set KAKANAI_TEST_POSTGRES=postgres://user:password@host:port/name ({why})")
        sys.exit(os.environ.get("KAKANAI_REQUIRE_POSTGRES") == "1")
    os.execve(sys.executable, [sys.executable, *TESTS, *sys.argv[1:]], {**os.environ, "DATABASE_URL": url})  # noqa: S606


if __name__ == "__main__":
    main()
