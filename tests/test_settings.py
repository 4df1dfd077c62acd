"""Production refuses to start without its secrets, and says everything that is missing at once."""

import base64
import os
import subprocess
import sys

import pytest
from django.conf import settings

from forms_engine.environment import Environment, make_development_keys, read_file

KEY = base64.b64encode(bytes(range(32))).decode()
REQUIRED = ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "KAKANAI_KEYS", "SIGNING_KEK", "KAKANAI_SEAL_DIR"]
PROBE = (
    "from django.conf import settings as s; "
    "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)"
)


@pytest.fixture
def complete(tmp_path):
    """An environment in which production starts."""
    (tmp_path / "seal").mkdir()
    (tmp_path / "seal" / "certificate.pem").touch()
    (tmp_path / "seal" / "key.pem").touch()
    return {
        "KAKANAI_MODE": "production",
        "KAKANAI_VAR": str(tmp_path),
        "SECRET_KEY": "s" * 50,
        "ALLOWED_HOSTS": "forms.city.example",
        "DATABASE_URL": "postgres://kakanai:secret@db:5432/kakanai",
        "KAKANAI_KEYS": f"k2:{KEY},k1:{KEY}",
        "SIGNING_KEK": KEY,
        "KAKANAI_SEAL_DIR": str(tmp_path / "seal"),
    }


def start(environment, probe=PROBE):
    """Load the settings in a process of their own."""
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "forms_engine.settings"}
    return subprocess.run(
        [sys.executable, "-c", probe], env=base | environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )


def test_development_starts_with_nothing_set(tmp_path):
    assert start({"KAKANAI_VAR": str(tmp_path)}).stdout.split() == ["True", "False", "False", "0", "False"]


def test_production_starts_with_everything_set(complete):
    assert start(complete).stdout.split() == ["False", "True", "True", "31536000", "True"]


def test_production_names_all_that_is_missing_in_one_message(tmp_path):
    refusal = start({"KAKANAI_MODE": "production", "KAKANAI_VAR": str(tmp_path)})
    assert refusal.returncode != 0
    assert all(f"{name} is missing" in refusal.stderr for name in REQUIRED)


@pytest.mark.parametrize("name", REQUIRED)
def test_production_does_not_start_without(name, complete):
    refusal = start({key: value for key, value in complete.items() if key != name})
    assert f"{name} is missing" in refusal.stderr and refusal.stderr.count("\n  - ") == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"DEBUG": "1"}, "DEBUG shows"),
        ({"KAKANAI_DEMO": "1"}, "KAKANAI_DEMO shows"),
        ({"SECRET_KEY": "short"}, "shorter than 50"),
        ({"SECRET_KEY": "development-" + "s" * 50}, "development key"),
        ({"KAKANAI_KEYS": f"development-1:{KEY}"}, "development key"),
        ({"KAKANAI_KEYS": "k1:c2hvcnQ="}, "KAKANAI_KEYS must be 32 bytes in base64"),
        ({"KAKANAI_KEYS": KEY}, "KAKANAI_KEYS needs entries of the form id:base64"),
        ({"SIGNING_KEK": "!"}, "SIGNING_KEK must be 32 bytes in base64"),
        ({"KAKANAI_SEAL_DIR": "/nonexistent"}, "must hold certificate.pem and key.pem"),
        ({"DATABASE_URL": "mysql://db/kakanai"}, "must begin with postgres:// or sqlite:///"),
        ({"KAKANAI_MODE": "live"}, "must be one of development, production"),
    ],
)
def test_production_does_not_start_with(change, why, complete):
    refusal = start(complete | change)
    assert refusal.returncode != 0 and why in refusal.stderr


def test_production_refuses_the_keys_that_the_demo_made(complete, tmp_path):
    make_development_keys(tmp_path / "development.env")
    refusal = start(complete | read_file(tmp_path / "development.env"))
    assert refusal.stderr.count("is a development key") == 3


def test_a_refusal_never_repeats_a_secret(complete):
    refusal = start(complete | {"SIGNING_KEK": "a-secret-in-the-wrong-form"})
    assert "a-secret" not in refusal.stderr


def test_development_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    path = tmp_path / "var" / "development.env"
    assert make_development_keys(path) is True
    before = path.read_bytes()
    assert make_development_keys(path) is False
    assert path.read_bytes() == before and path.stat().st_mode & 0o777 == 0o600


def test_development_uses_the_keys_of_its_machine(tmp_path):
    make_development_keys(tmp_path / "development.env")
    probe = "from django.conf import settings as s; print(*s.KEY_RING)"
    assert start({"KAKANAI_VAR": str(tmp_path)}, probe).stdout.startswith("development-")


def test_the_first_key_of_the_ring_is_the_current_one():
    ring = Environment({"KEYS": f"new:{KEY}, old:{KEY}"}).keys("KEYS", {})
    assert list(ring) == ["new", "old"] and ring["new"] == bytes(range(32))


def test_a_database_address_may_hold_a_password_with_every_sign():
    database = Environment({"URL": "postgres://a%40b:p%2Fw%3A@db.local:6432/forms?sslmode=require"}).database("URL", "")
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("a@b", "p/w:", "db.local")
    assert (database["PORT"], database["NAME"], database["OPTIONS"]["sslmode"]) == (6432, "forms", "require")


def test_sqlite_begins_every_transaction_as_a_writer():
    database = Environment({}).database("URL", "sqlite:////srv/forms.sqlite3")
    assert database["NAME"] == "/srv/forms.sqlite3" and database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_yes_and_no_may_be_written_in_many_ways(text, value):
    assert Environment({"X": text}).boolean("X") is value


def test_what_is_neither_yes_nor_no_is_a_problem():
    environment = Environment({"X": "perhaps", "N": "-1"})
    environment.boolean("X")
    environment.integer("N", 1)
    assert environment.problems == ["X must be 1 or 0", "N must be a number"]


@pytest.mark.parametrize(
    ("url", "facts"),
    [
        ("smtp://post%40city:p%2Fw@mail.city.example", ("mail.city.example", 587, "post@city", "p/w", True, False)),
        ("smtps://mail.city.example:4650", ("mail.city.example", 4650, "", "", False, True)),
        ("smtp+plain://127.0.0.1", ("127.0.0.1", 25, "", "", False, False)),
    ],
)
def test_mail_leaves_over_an_encrypted_connection_unless_said_otherwise(url, facts):
    mail = Environment({"EMAIL_URL": url}).mail("EMAIL_URL", "none:")
    assert tuple(mail[name] for name in ("host", "port", "user", "password", "starttls", "ssl")) == facts


def test_an_office_may_do_without_mail():
    assert Environment({}).mail("EMAIL_URL", "none:") == {}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"EMAIL_URL": "mail.city.example"}, "EMAIL_URL must begin with smtp://"),
        ({"EMAIL_URL": "console:"}, "EMAIL_URL writes mail where nobody gets it"),
        ({"EMAIL_URL": "smtp://h"}, "KAKANAI_MAIL_FROM is missing"),
        ({"EMAIL_URL": "smtp://h", "KAKANAI_MAIL_FROM": "a@b.example"}, "KAKANAI_URL is missing"),
        ({"EMAIL_URL": "smtp://h", "KAKANAI_URL": "http://b.example"}, "KAKANAI_URL must begin with https://"),
    ],
)
def test_production_sends_mail_only_with_all_that_mail_needs(change, why, complete):
    refusal = start(complete | change)
    assert refusal.returncode != 0 and why in refusal.stderr
