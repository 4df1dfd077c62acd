"""The environment (環境変数): where the settings come from, typed, with every complaint gathered into one message.

A missing or unreadable value is noted and a harmless stand-in returned, so that an operator reads all that is wrong at
once and not one line for each start.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
DEVELOPMENT = "development"
SECRET_LENGTH = 50
REQUIRED = {
    "SECRET_KEY": "signs sessions; 50 random characters or more",
    "ALLOWED_HOSTS": "host names of the site, between commas",
    "DATABASE_URL": "postgres://user:password@host:port/name",
    "KAKANAI_KEYS": "the key ring of personal data, id:base64 of 32 bytes, the current key first",
    "SIGNING_KEK": "wraps the signing keys, base64 of 32 bytes",
    "KAKANAI_SEAL_DIR": "the directory of certificate.pem and key.pem of the seal",
}
SEAL_FILES = ("certificate.pem", "key.pem")
FORBIDDEN = {
    "DEBUG": "shows the inside of the program to everybody",
    "KAKANAI_DEMO": "shows logins to everybody",
}
SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a deferred transaction that reads, then writes, fails at once when another wrote
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA mmap_size=134217728; "  # read from the page cache of the system, not through a call for every page
    "PRAGMA wal_autocheckpoint=4000;",  # 16 MB: what many write again and again comes to the file once
}
MAIL_BACKENDS = "django.core.mail.backends"
SMTP = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
POSTGRESQL = {
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
    "server_side_binding": True,  # a statement that comes again is parsed and planned once on each connection,
    "prepare_threshold": 3,  # from its third time on
}


class Environment:
    """Typed reading of environment variables.  ``problems`` holds what is missing or wrong, in plain words."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """The value; ``default`` also for one that is set and empty."""
        return self.values.get(name) or default

    def required(self, name: str, meaning: str) -> str:
        """The value; a problem if there is none."""
        if not self.text(name):
            self.problems.append(f"{name} is missing ({meaning})")
        return self.text(name)

    def one_of(self, name: str, *allowed: str) -> str:
        """One of the allowed words; the first is the default."""
        value = self.text(name, allowed[0])
        return value if value in allowed else self.refuse(name, f"must be one of {', '.join(allowed)}", allowed[0])

    def boolean(self, name: str, default: bool = False) -> bool:
        """1/0, true/false, yes/no, on/off in any case."""
        value = self.text(name, "1" if default else "0").lower()
        return value in YES if value in YES | NO else self.refuse(name, "must be 1 or 0", default)

    def integer(self, name: str, default: int) -> int:
        """A whole number that is not negative."""
        value = self.text(name, str(default))
        return int(value) if value.isascii() and value.isdigit() else self.refuse(name, "must be a number", default)

    def items(self, name: str) -> list[str]:
        """Words between commas; blanks around them do not count."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def records(self, name: str, *columns: str) -> dict[str, dict[str, str]]:
        """Entries ``key|first|second,…`` by their keys, each with these columns."""
        rows = [entry.split("|") for entry in self.items(name)]
        if any(len(row) != len(columns) + 1 or not all(row) for row in rows):
            return self.refuse(name, f"needs entries of the form name|{'|'.join(columns)}", {})
        return {key: dict(zip(columns, rest, strict=True)) for key, *rest in rows}

    def path(self, name: str, default: Path) -> Path:
        """A path; ``~`` is the home directory."""
        return Path(self.text(name, str(default))).expanduser().resolve()

    def key(self, name: str, default: bytes) -> bytes:
        """A key of 256 bits in base64."""
        return self.decoded(name, self.text(name), default) if self.text(name) else default

    def keys(self, name: str, default: dict[str, bytes]) -> dict[str, bytes]:
        """A key ring ``id:base64,…``: the first key encrypts, all decrypt.  Ids are short ASCII words."""
        ring = dict(entry.partition(":")[::2] for entry in self.items(name))
        for key_id in [key_id for key_id in ring if not _is_key_id(key_id)]:
            self.refuse(name, "needs entries of the form id:base64, where id is a short ASCII word", ring.pop(key_id))
        return {key_id: self.decoded(name, text, b"\0" * KEY_BYTES) for key_id, text in ring.items()} or default

    def decoded(self, name: str, text: str, default: bytes) -> bytes:
        """The key that this base64 says."""
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        return key if len(key) == KEY_BYTES else self.refuse(name, f"must be {KEY_BYTES} bytes in base64", default)

    def database(self, name: str, default: str) -> dict[str, Any]:
        """A database as Django wants it, from ``postgres://user:password@host:port/name?sslmode=…`` or ``sqlite:///path``."""
        url = self.text(name, default)
        if url.startswith("sqlite:///"):
            return sqlite(Path(url.removeprefix("sqlite:///")))
        if url.startswith(("postgres://", "postgresql://")):
            return postgresql(url)
        return self.refuse(name, "must begin with postgres:// or sqlite:///", sqlite(Path(":memory:")))

    def mail(self, name: str, default: str) -> dict[str, Any]:
        """How mail is sent: ``smtp://user:password@host:port`` with STARTTLS, ``smtps://…``, ``smtp+plain://…`` for a
        relay in the same house; ``file:///path`` and ``console:`` for development; ``none:`` (empty) for no mail.
        """
        parts = urlsplit(self.text(name, default))
        if parts.scheme == "none":
            return {}
        if parts.scheme in SMTP and parts.hostname:
            return smtp(parts)
        if parts.scheme == "file" and parts.path:
            return {"backend": f"{MAIL_BACKENDS}.filebased.EmailBackend", "path": unquote(parts.path)}
        if parts.scheme == "console":
            return {"backend": f"{MAIL_BACKENDS}.console.EmailBackend"}
        return self.refuse(
            name, "must begin with smtp://, smtps://, smtp+plain://, file:/// or be console: or none:", {}
        )

    def check_mail(self, mail: Mapping[str, Any]) -> None:
        """Note what production lacks to send mail; sending none at all is no problem here (see forms_engine.checks)."""
        if not mail:
            return
        if "host" not in mail:
            self.refuse("EMAIL_URL", "writes mail where nobody gets it", None)
        self.required("KAKANAI_MAIL_FROM", "the sender of every mail")
        if not self.required("KAKANAI_URL", "the address of the site, as it stands in mails").startswith("https://"):
            self.refuse("KAKANAI_URL", "must begin with https://", None)

    def check_production(self, development: Mapping[str, str]) -> None:
        """Note every secret that is missing, and what stands in ``development``, the file of this machine."""
        for name, meaning in REQUIRED.items():
            self.required(name, meaning)
        if 0 < len(self.text("SECRET_KEY")) < SECRET_LENGTH:
            self.refuse("SECRET_KEY", f"is shorter than {SECRET_LENGTH} characters", None)
        for name in ("SECRET_KEY", "KAKANAI_KEYS", "SIGNING_KEK"):
            if any(word.startswith(DEVELOPMENT) or word in development.values() for word in self.items(name)):
                self.refuse(name, "is a development key", None)
        folder = self.path("KAKANAI_SEAL_DIR", Path())
        if self.text("KAKANAI_SEAL_DIR") and not all((folder / name).is_file() for name in SEAL_FILES):
            self.refuse("KAKANAI_SEAL_DIR", f"must hold {' and '.join(SEAL_FILES)}", None)
        for name, danger in FORBIDDEN.items():
            if self.boolean(name):
                self.refuse(name, danger, None)

    def refuse(self, name: str, why: str, stand_in: Any) -> Any:
        """Note what is wrong with a value, without repeating the value: it may be a secret."""
        self.problems.append(f"{name} {why}")
        return stand_in

    def complain(self) -> None:
        """Refuse to start if anything was missing or wrong."""
        if self.problems:
            raise ImproperlyConfigured("Kakanai does not start:\n" + "\n".join(f"  - {text}" for text in self.problems))


def _is_key_id(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum() and len(text) <= 32


def sqlite(path: Path) -> dict[str, Any]:
    """The embedded database."""
    return {"ENGINE": "forms_engine.embedded", "NAME": str(path), "CONN_MAX_AGE": 60, "OPTIONS": dict(SQLITE)}


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL on connections that stay open; whoever waits ten seconds for a lock is told so instead of hanging."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**POSTGRESQL, **dict(parse_qsl(parts.query))},
    }


def smtp(parts: SplitResult) -> dict[str, Any]:
    """A mail server, over an encrypted connection unless the address says plainly that it is not."""
    is_ssl, is_plain = parts.scheme == "smtps", parts.scheme == "smtp+plain"
    return {
        "backend": f"{MAIL_BACKENDS}.smtp.EmailBackend",
        "host": parts.hostname,
        "port": parts.port or SMTP[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": not (is_ssl or is_plain),
        "ssl": is_ssl,
    }


def read_file(path: Path) -> dict[str, str]:
    """The ``NAME=value`` lines of a file; none if there is no such file."""
    lines = path.read_text().splitlines() if path.is_file() else []
    return dict(line.partition("=")[::2] for line in lines if "=" in line and not line.startswith("#"))


def make_development_keys(path: Path) -> bool:
    """Write keys of this machine's own, readable by its owner only; False if there are some already."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        "# Keys of this machine for development. Production refuses them. Without them, what they encrypted is lost.\n"
        f"SECRET_KEY={DEVELOPMENT}-{secrets.token_urlsafe(50)}\n"
        f"KAKANAI_KEYS={DEVELOPMENT}-{secrets.token_hex(3)}:{_base64_key()}\n"
        f"SIGNING_KEK={_base64_key()}\n"
    )
    return True


def _base64_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
