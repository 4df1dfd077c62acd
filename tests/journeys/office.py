"""An office of its own for a test: a database in a folder, and web and worker processes that can be killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
WORKER = [*MANAGE, "db_worker", "--no-reload", "--interval", "0.1"]


class Servers:
    """Web and worker on the database that an environment names; they can be killed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**environment, "PYTHONPATH": str(settings.BASE_DIR)}
        self.port = _free_port()
        self.processes: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a management command to its end."""
        return self._run([*MANAGE, *arguments], check)

    def ask(self, script: str) -> Any:
        """What a script of the office prints as JSON."""
        prelude = "import django, json; django.setup()\n"
        return json.loads(self._run([sys.executable, "-c", prelude + script], check=True).stdout)

    def _run(self, command: list[str], check: bool) -> "subprocess.CompletedProcess[str]":
        ended = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert not check or ended.returncode == 0, ended.stderr[-3000:]
        return ended

    def open(self) -> None:
        """Start web server and worker; returns once the web server answers."""
        self.open_web()
        self.processes.append(self._start(WORKER))

    def open_web(self) -> None:
        """Start the web server alone; returns once it takes connections."""
        gunicorn = [sys.executable, "-m", "gunicorn", "forms_engine.wsgi", "-w", "2", "--threads", "2"]
        gunicorn += ["--log-level", "critical", "--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        self.processes = [self._start(gunicorn)]
        self._wait_for_web(is_open=True)

    def _wait_for_web(self, is_open: bool) -> None:
        for _ in range(300):
            with socket.socket() as probe:
                if (probe.connect_ex(("127.0.0.1", self.port)) == 0) == is_open:
                    return
            time.sleep(0.1)
        raise AssertionError("the web server did not start" if is_open else "the web server did not end")

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self.environment, start_new_session=True, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        """End every process at once, in the middle of whatever it does (SIGKILL to each whole group)."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._wait_for_web(is_open=False)  # a worker that is still dying holds the port open for nobody
        self.processes = []


class Office(Servers):
    """Everything that `manage.py demo` prepares, under one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            {
                **os.environ,
                "DATABASE_URL": f"sqlite:///{folder / 'office.sqlite3'}",
                "KAKANAI_VAR": str(folder / "var"),
                "DJANGO_SETTINGS_MODULE": "forms_engine.settings",
            }
        )
        self.manage("demo", "--prepare")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
