"""``make demo``: two commands, one Ctrl-C, nothing left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from forms_engine.supervisor import DEATHS, Child, Supervisor

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
LONG = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_with(text):
    """The ids of running processes whose environment holds this text (on Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = text.encode() in (folder / "environ").read_bytes()
            if is_ours and "State:\tZ" not in (folder / "status").read_text():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def wait_until(holds, seconds=LONG):
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.2)
    return holds()


@pytest.fixture
def surroundings(tmp_path):
    """An installation that has never been started."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**inherited, "KAKANAI_VAR": str(tmp_path / "var"), "PYTHONUNBUFFERED": "1"}


@contextmanager
def running_demo(surroundings, port):
    """The demo, once it has printed its addresses; whatever happens in the test, it ends with it."""
    demo = subprocess.Popen(
        [*MANAGE, "demo", "--port", str(port)],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield demo, said_until(demo, "Logins of the staff")
    finally:
        demo.kill()
        demo.communicate()


def said_until(demo, words):
    text = ""
    while words not in text:
        line = demo.stdout.readline()
        assert line, f"the demo ended: {text}"
        text += line
    return text


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("endings", [[signal.SIGINT, signal.SIGINT], [signal.SIGTERM]])
def test_the_demo_starts_again_and_ends_without_leaving_a_process(surroundings, endings):
    port = free_port()
    for ending in endings:
        with running_demo(surroundings, port) as (demo, text):
            assert f"http://127.0.0.1:{port}/approver/" in text and f"http://127.0.0.1:{port}/builder/" in text
            demo.send_signal(ending)
            assert "Stopped." in demo.communicate(timeout=LONG)[0]
            assert demo.returncode == 0
        assert processes_with(surroundings["KAKANAI_VAR"]) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_demo_takes_its_parts_along(surroundings):
    with running_demo(surroundings, free_port()) as (demo, _text):
        assert len(processes_with(surroundings["KAKANAI_VAR"])) > 2
        demo.kill()
        assert wait_until(lambda: processes_with(surroundings["KAKANAI_VAR"]) == [], seconds=40)


def test_a_busy_port_is_said_in_one_line_before_anything_is_done(surroundings, tmp_path):
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]
        demo = subprocess.run([*MANAGE, "demo", "--port", str(port)], env=surroundings, capture_output=True, text=True)
    assert demo.returncode != 0 and len(demo.stderr.strip().splitlines()) == 1
    assert f"Port {port} is not free" in demo.stderr and f"--port {port + 1}" in demo.stderr
    assert not (tmp_path / "var" / "kakanai.sqlite3").exists()


def test_the_demo_does_not_run_in_production():
    demo = subprocess.run(
        [*MANAGE, "demo"], env={**os.environ, "KAKANAI_MODE": "production"}, capture_output=True, text=True
    )
    assert demo.returncode != 0 and "does not start" in demo.stderr and "Traceback" not in demo.stderr


# --- the supervisor --------------------------------------------------------------------------------------------------


def run(*children, ready=lambda stopping: None):
    said = []
    asked = Supervisor(list(children), os.environ, said.append).run(ready)
    return asked, said


def test_a_part_that_dies_is_started_again():
    child = Child("worker", SLEEP)

    def kill_once(stopping):
        child.process.kill()
        first = child.process.pid
        signal.signal(signal.SIGALRM, lambda *_: stopping.set())
        signal.setitimer(signal.ITIMER_REAL, 3)
        child.first = first

    asked, said = run(child, ready=kill_once)
    assert asked and child.process.pid != child.first and not child.is_running
    assert said == ["The worker stopped (exit code -9); starting it again."]


def test_a_part_that_dies_again_and_again_ends_everything_with_one_clear_line():
    other = Child("web server", SLEEP)
    asked, said = run(Child("worker", [sys.executable, "-c", "raise SystemExit(3)"]), other)
    assert not asked and not other.is_running
    assert len(said) == DEATHS + 1 and re.search("stopped .* times within a minute; giving up", said[-1])


def test_a_periodic_part_ends_and_comes_again_without_a_word(tmp_path):
    mark = tmp_path / "marks"
    child = Child("sweep", [sys.executable, "-c", f"open({str(mark)!r}, 'a').write('x')"], every=0.1)

    def stop_after_three(stopping):
        signal.signal(signal.SIGALRM, lambda *_: stopping.set())
        signal.setitimer(signal.ITIMER_REAL, 5)

    asked, said = run(child, ready=stop_after_three)
    assert asked and said == [] and len(mark.read_text()) >= 3
