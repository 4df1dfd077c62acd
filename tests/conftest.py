"""What every test may ask for: the standing cast, the published starters, and directories of its own."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

import schemas
from forms_engine import definitions as forms
from workflows import closing_days, signatures, staff
from workflows import definitions as workflows
from workflows.staff import StaffMember, load_organisation

PASSWORD = "demo"
CAST = {"sato", "takasaki", "yoshino", "suzuki", "katsuragi", "watanabe", "mayor", "builder", "admin"}
EVERYDAY = ("dog_registration", "facility_use")
MUNICIPALITY = Path(settings.BASE_DIR) / "forms_engine" / "demo" / "municipality.json"
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
FAST_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How often axe looked, and how much it found: all workers together."""
    reports = [one for every in terminalreporter.stats.values() for one in every if getattr(one, "when", "") == "call"]
    found = [number for one in reports for name, number in one.user_properties if name == "axe"]
    if found:
        terminalreporter.write_line(f"axe: {len(found)} pages looked at, each width counted; {sum(found)} violations")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked ``postgres`` need PostgreSQL; where it was promised, its absence is a failure."""
    if item.get_closest_marker("postgres") is None or connection.vendor == "postgresql":
        return
    reason = "needs PostgreSQL: python -m tests.postgres, or DATABASE_URL=postgres://…"
    if os.environ.get("KAKANAI_REQUIRE_POSTGRES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _directories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches the files of this installation; background work is done at once; passwords hash fast."""
    var = tmp_path_factory.mktemp("var")
    (var / "uploads").mkdir()
    with override_settings(
        VAR_DIR=var,
        ATTACHMENT_ROOT=var / "attachments",
        ARCHIVE_ROOT=var / "archive",
        SEAL_DIR=var / "seal",
        FILE_UPLOAD_TEMP_DIR=var / "uploads",
        TASKS=IMMEDIATE,
        PASSWORD_HASHERS=FAST_HASHER,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: threads and processes meet there as they do in service; in memory they would not."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _no_kept_keys() -> None:
    """A process keeps signing keys and posts for a minute; the database that a test leaves behind is gone at once."""
    signatures._kept.clear()
    staff._held_keys.cache_clear()
    closing_days._calendars.cache_clear()


@pytest.fixture
def organisation(db: None) -> None:
    """Departments and roles of the sample municipality, and the standing cast with its posts."""
    document = json.loads(MUNICIPALITY.read_text())
    cast = [member for member in document["members"] if member["login"] in CAST]
    load_organisation({**document, "members": cast}, password=PASSWORD)


@pytest.fixture
def municipality(organisation: None) -> None:
    """The whole sample municipality, for stories that cross departments."""
    load_organisation(json.loads(MUNICIPALITY.read_text()), password=PASSWORD)


def _member(login: str) -> StaffMember:
    return StaffMember.objects.get(username=login)


@pytest.fixture
def sato(organisation: None) -> StaffMember:
    """佐藤 花子, reviewer of 環境課."""
    return _member("sato")


@pytest.fixture
def takasaki(organisation: None) -> StaffMember:
    """髙﨑 一郎, unit chief of 環境課."""
    return _member("takasaki")


@pytest.fixture
def yoshino(organisation: None) -> StaffMember:
    """𠮷野 恵, section chief of 環境課."""
    return _member("yoshino")


@pytest.fixture
def suzuki(organisation: None) -> StaffMember:
    """鈴木 次郎, reviewer of 施設課."""
    return _member("suzuki")


@pytest.fixture
def katsuragi(organisation: None) -> StaffMember:
    """葛󠄀城 誠, facility manager of 施設課."""
    return _member("katsuragi")


@pytest.fixture
def mayor(organisation: None) -> StaffMember:
    """市長."""
    return _member("mayor")


@pytest.fixture
def published(organisation: None) -> None:
    """The two procedures that most stories are about: workflows first, because forms name them."""
    for name in EVERYDAY:
        workflows.publish(schemas.starter("workflows", name))
    for name in EVERYDAY:
        forms.publish(schemas.starter("forms", name))


@pytest.fixture
def client_of(organisation: None) -> Callable[[str], Client]:
    """``client_of("sato")``: a browser in which that member of staff is logged in."""

    def client(login: str) -> Client:
        browser = Client()
        browser.force_login(_member(login), backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client
