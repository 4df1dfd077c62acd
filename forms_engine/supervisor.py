"""The supervisor (監視): starts processes that belong together, starts again what dies, and leaves nothing behind.

For the demo and for small offices on one machine; where systemd or an orchestrator runs, these do the same.
"""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

PATIENCE = 20.0  # seconds that a process gets for ending its work
DEATHS, WITHIN = 5, 60.0  # more deaths than this within so many seconds: starting again does not help
PDEATHSIG = 1  # prctl(2): the signal that a process gets when its parent dies


@dataclass
class Child:
    """One process, with the open ``files`` that it inherits.

    ``every``: it is meant to end, and is started again so many seconds later; only its errors are shown.
    """

    title: str
    command: list[str]
    every: float | None = None
    files: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    due: float = 0.0
    deaths: list[float] = field(default_factory=list)

    def start(self, environment: Mapping[str, str]) -> None:
        """Run it in a session of its own, so that Ctrl-C reaches the supervisor alone and work can end in order."""
        self.process = subprocess.Popen(  # noqa: S603  (our own commands)
            self.command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self.every else None,
            start_new_session=True,
            pass_fds=self.files,
            preexec_fn=_die_with_parent,
        )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is not None and self.is_running:
            self.process.terminate()

    def reap(self, until: float) -> None:
        """Wait for its end; after ``until`` (monotonic seconds), kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _die_with_parent() -> None:
    """On Linux, a supervisor that is killed takes its children along."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Watches its children until Ctrl-C, SIGTERM or SIGHUP, or until one dies again and again."""

    def __init__(self, children: list[Child], environment: Mapping[str, str], say: Callable[[str], object]) -> None:
        self.children, self.environment, self.say = children, environment, say
        self.stopping = Event()
        self.failed = False

    def run(self, ready: Callable[[Event], None]) -> bool:
        """Start all, call ``ready`` once, watch; True if the end was asked for."""
        before = {number: signal.signal(number, self._stop) for number in STOP_SIGNALS}
        try:
            self._tend()
            ready(self.stopping)
            while not self.stopping.wait(0.3):
                self._tend()
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)
        return not self.failed

    def _stop(self, number: int, frame: object) -> None:
        self.stopping.set()

    def _tend(self) -> None:
        for child in self.children:
            if not child.is_running and not self.stopping.is_set():
                self._start_again(child)

    def _start_again(self, child: Child) -> None:
        if child.process is not None and child.due == 0.0:
            self._note_end(child, child.process.returncode)
        if not self.stopping.is_set() and time.monotonic() >= child.due:
            child.due = 0.0
            child.start(self.environment)

    def _note_end(self, child: Child, code: int) -> None:
        """Decide when it runs again: at its next turn, at once, or never."""
        current = time.monotonic()
        child.due = current + (child.every or 1.0)
        if child.every is not None and code == 0:
            return
        child.deaths = [*(at for at in child.deaths if at > current - WITHIN), current]
        self.failed = len(child.deaths) > DEATHS
        if self.failed:
            self.say(f"The {child.title} stopped {len(child.deaths)} times within a minute; giving up.")
            self.stopping.set()
        else:
            self.say(f"The {child.title} stopped (exit code {code}); starting it again.")

    def _end(self) -> None:
        for child in self.children:
            child.stop()
        until = time.monotonic() + PATIENCE
        for child in self.children:
            with suppress(ProcessLookupError):
                child.reap(until)


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
