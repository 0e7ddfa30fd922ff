"""Settings read from the environment, each by a typed reader that refuses a bad value by name.

Pure: it reads the mapping it is given. `SETTINGS` lists every variable the product knows; the reference
page docs/reference/settings.md is checked against it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chithi.core.errors import Refused


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what it means, what holds when it is not set."""

    name: str
    meaning: str
    default: str


SETTINGS = (
    Setting("CHITHI_HOME", "data folder: embedded database, secret key", "the folder var of the checkout"),
    Setting(
        "CHITHI_DATABASE_URL",
        "sqlite:///absolute/path or postgresql://user:password@host:port/name",
        "SQLite in the data folder",
    ),
    Setting("CHITHI_PUBLIC_URL", "address under which people reach this installation", "http://127.0.0.1:8000"),
    Setting("CHITHI_LANGUAGE", "language of the command line and of new visitors: vi or en", "vi"),
    Setting("CHITHI_DEBUG", "yes shows developers' error pages; never in production", "no"),
    Setting("CHITHI_SECRET_KEY", "signing key of at least 32 characters", "made once and kept in the data folder"),
    Setting("CHITHI_THREADS", "request threads of the web process, 1 to 64", "8"),
)


def text(environ: Mapping[str, str], name: str, default: str) -> str:
    """The stripped value, or the default where it is unset or blank."""
    return environ.get(name, "").strip() or default


def yes_or_no(environ: Mapping[str, str], name: str, default: bool) -> bool:
    """`yes`/`no` (also 1/0, true/false); anything else is refused."""
    value = environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"yes", "true", "1"}:
        return True
    if value in {"no", "false", "0"}:
        return False
    raise Refused("settings.not_yes_or_no", name=name, value=value)


def whole_number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """A whole number within [low, high]."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not re.fullmatch(r"\d{1,9}", value) or not low <= int(value) <= high:
        raise Refused("settings.not_in_range", name=name, value=value, low=low, high=high)
    return int(value)


def one_of(environ: Mapping[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of the listed words."""
    value = text(environ, name, default)
    if value not in choices:
        raise Refused("settings.not_a_choice", name=name, value=value, choices=", ".join(choices))
    return value


def public_url(environ: Mapping[str, str]) -> str:
    """Scheme and host of the installation, without a trailing slash."""
    value = text(environ, "CHITHI_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Refused("settings.not_a_url", name="CHITHI_PUBLIC_URL", value=value)
    return value


def home(environ: Mapping[str, str], default: Path) -> Path:
    """The data folder as an absolute path; it is made by whoever first writes into it."""
    given = text(environ, "CHITHI_HOME", "")
    return Path(given).expanduser().resolve() if given else default


def database(environ: Mapping[str, str], folder: Path) -> dict[str, object]:
    """Django's description of the database that CHITHI_DATABASE_URL names."""
    value = text(environ, "CHITHI_DATABASE_URL", f"sqlite:///{folder}/chithi.sqlite3")
    parts = urlsplit(value)
    if parts.scheme == "sqlite" and parts.path.lstrip("/"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"} and parts.path.lstrip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise Refused("settings.not_a_database", name="CHITHI_DATABASE_URL", value=parts.scheme or value)


def secret_key(environ: Mapping[str, str], folder: Path) -> str:
    """The signing key: from the environment, else made once and kept readable by its owner only."""
    given = environ.get("CHITHI_SECRET_KEY", "").strip()
    if given:
        if len(given) < 32:
            raise Refused("settings.short_key", name="CHITHI_SECRET_KEY")
        return given
    kept = folder / "secret-key"
    if kept.exists():
        return kept.read_text(encoding="ascii").strip()
    folder.mkdir(parents=True, exist_ok=True)
    made = os.urandom(48).hex()
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made
