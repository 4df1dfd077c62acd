"""``manage.py demo``: a sample municipality on this machine, ready to be tried."""

import http.client
import json
import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import get_resolver

import schemas
from forms_engine import definitions as forms
from forms_engine.environment import make_development_keys
from forms_engine.registers import Register
from forms_engine.sign_in import DEMO_PASSWORD, demo_logins
from forms_engine.supervisor import Child, Supervisor
from workflows import definitions as workflows
from workflows.capacities import load_capacities
from workflows.staff import load_organisation
from workflows.standing_substitutes import load_substitutes

HOST = "127.0.0.1"
MUNICIPALITY = settings.BASE_DIR / "forms_engine" / "demo" / "municipality.json"
MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
DESKS = {"resident": ("Resident desk 住民", "/"), "approver": ("Approver desk 決裁", "/approver/")}
DESKS |= {"builder": ("Builder desk 設計", "/builder/"), "counter": ("Counter desk 窓口", "/counter/")}
DESKS |= {"organisation": ("Organisation desk 組織", "/organisation/")}
SWEEP_EVERY = 60.0


class Command(BaseCommand):
    """Idempotent: what is there already stays.  Ends with Ctrl-C or SIGTERM and leaves no process behind."""

    help = "Prepare a sample municipality and run web server, background worker and sweep until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on this machine (default: %(default)s)")
        parser.add_argument("--prepare", action="store_true", help="only prepare the database; start nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("the demo shows its logins to everybody: it does not run with KAKANAI_MODE=production")
        if options["prepare"]:
            return prepare()
        with listener(options["port"]) as listening:
            make_development_keys(settings.DEVELOPMENT_FILE)
            os.environ.setdefault("KAKANAI_URL", f"http://{HOST}:{options['port']}")
            prepare_apart()
            self.serve(options["port"], listening)

    def serve(self, port: int, listening: socket.socket) -> None:
        """Run everything until it is asked to stop."""

        def ready(stopping: Event) -> None:
            if wait_for_web(port, stopping):
                self.stdout.write(welcome(port))
                self.stdout.flush()

        supervisor = Supervisor(children(listening), demo_environment(), self.stderr.write)
        if not supervisor.run(ready):
            raise CommandError("stopped, because a part of it did not stay alive; its own message stands above")
        self.stdout.write("Stopped.")


def listener(port: int) -> socket.socket:
    """The port, taken before anything is done and handed down, so that nobody else gets it in between."""
    try:
        return socket.create_server((HOST, port), backlog=128)
    except OverflowError as wrong:
        raise CommandError("a port is a number from 1 to 65535") from wrong
    except OSError as wrong:
        other = f"make demo PORT={port + 1}, or manage.py demo --port {port + 1}"
        raise CommandError(
            f"Port {port} is not free ({os.strerror(wrong.errno or 0)}). Choose another: {other}"
        ) from wrong


def prepare() -> None:
    """Migrate, load the municipality, publish the starters."""
    call_command("migrate", verbosity=0, interactive=False)
    municipality = json.loads(MUNICIPALITY.read_text())
    load_organisation(municipality, password=DEMO_PASSWORD)
    load_capacities(municipality)
    load_substitutes(municipality["substitutes"])
    for register in municipality["registers"]:
        Register.load(register)
    for name in schemas.starters("workflows"):  # first, because forms name them
        workflows.publish(schemas.starter("workflows", name))
    for name in schemas.starters("forms"):
        forms.publish(schemas.starter("forms", name))


def prepare_apart() -> None:
    """Prepare in a process of its own: this one was started before the keys existed."""
    ended = subprocess.run(  # noqa: S603  (our own command)
        [*MANAGE, "demo", "--prepare"], env=demo_environment(), stderr=subprocess.PIPE, text=True, check=False
    )
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or ["no message"])[-1]
        raise CommandError(f"the sample municipality could not be prepared: {last}")


def demo_environment() -> dict[str, str]:
    """What the parts of the demo find around them."""
    quiet = {"KAKANAI_LOG_LEVEL": "WARNING"}
    return {**quiet, **os.environ, "KAKANAI_DEMO": "1", "DJANGO_SETTINGS_MODULE": "forms_engine.settings"}


def children(listening: socket.socket) -> list[Child]:
    """Web server, background worker and sweep."""
    gunicorn = [sys.executable, "-m", "gunicorn", "forms_engine.wsgi", "--chdir", str(settings.BASE_DIR)]
    gunicorn += ["--bind", f"fd://{listening.fileno()}", "--workers", "2", "--threads", "2", "--no-control-socket"]
    gunicorn += ["--worker-class", "gthread", "--log-level", "warning"]
    return [
        Child("web server", gunicorn, files=(listening.fileno(),)),
        Child("background worker", [*MANAGE, "db_worker", "--no-reload", "--interval", "0.5"]),
        Child("sweep", [*MANAGE, "sweep"], every=SWEEP_EVERY),
    ]


def wait_for_web(port: int, stopping: Event) -> bool:
    """Until the web server answers; False if it did not within a minute."""
    return any(not stopping.wait(0.3) and is_healthy(port) for _ in range(200))


def is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def welcome(port: int) -> str:
    """The addresses of the desks that exist, which ones are still to come, and the logins."""
    present = get_resolver().namespace_dict
    lines = ["", "Kakanai is running. Stop it with Ctrl-C.", ""]
    lines += [f"  {title:<20} http://{HOST}:{port}{path}" for key, (title, path) in DESKS.items() if key in present]
    lines += [f"  {title:<20} not in this version yet" for key, (title, _path) in DESKS.items() if key not in present]
    lines += ["", f"  Logins of the staff (password: {DEMO_PASSWORD})"]
    lines += [f"    {member['login']:<12} {member['name']}（{member['posts']}）" for member in demo_logins()]
    if settings.EMAIL_FILE_PATH:
        lines += ["", f"  Mails are not sent; each is a file in {settings.EMAIL_FILE_PATH}"]
    connections.close_all()
    return "\n".join([*lines, ""])
