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
    Setting("CHITHI_OIDC_ISSUER", "address of the organisation's own log-in (OpenID Connect)", "none: accounts only"),
    Setting("CHITHI_OIDC_CLIENT_ID", "how this installation is called there", "chithi"),
    Setting("CHITHI_OIDC_CLIENT_SECRET", "the secret agreed with it", "required with an issuer"),
    Setting("CHITHI_OIDC_NAME", "what the button of the log-in page calls it", "the host of its address"),
    Setting("CHITHI_OIDC_CLAIM", "which of its claims holds the user name of the account here", "preferred_username"),
    Setting("CHITHI_SECOND_FACTOR", "who must have a second factor: choice (nobody), administrators or all", "choice"),
    Setting("CHITHI_PROXY", "yes: a proxy on this machine says in X-Forwarded-For whom it speaks for", "no"),
    Setting("CHITHI_SMTP_HOST", "mail server that takes reminders and weekly letters", "none: nothing is mailed"),
    Setting("CHITHI_SMTP_PORT", "its port", "587"),
    Setting("CHITHI_SMTP_SECURITY", "how the way there is kept: starttls, tls or none", "starttls"),
    Setting("CHITHI_SMTP_USER", "the name to log in there with", "none: without a log-in"),
    Setting("CHITHI_SMTP_PASSWORD", "the password that goes with it", "required with a user"),
    Setting("CHITHI_MAIL_FROM", "address that letters come from", "required with a mail server"),
    Setting("CHITHI_SMTP_PER_MINUTE", "so many letters go there in a minute at most, 1 to 60000", "600"),
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


@dataclass(frozen=True)
class Provider:
    """The organisation's own log-in: where it is, how this installation is known there, what it calls accounts."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    claim: str


def provider(environ: Mapping[str, str]) -> Provider | None:
    """The provider that is set up, None where there is none; half a set-up is refused by name.

    Plain http is taken from this machine only: what travels there lets people in.
    """
    issuer = text(environ, "CHITHI_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    near = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if (parts.scheme != "https" and not (parts.scheme == "http" and near)) or not parts.hostname:
        raise Refused("settings.not_a_safe_url", name="CHITHI_OIDC_ISSUER", value=issuer)
    secret = text(environ, "CHITHI_OIDC_CLIENT_SECRET", "")
    if not secret:
        raise Refused("settings.needed_too", name="CHITHI_OIDC_CLIENT_SECRET", other="CHITHI_OIDC_ISSUER")
    return Provider(
        issuer=issuer,
        client_id=text(environ, "CHITHI_OIDC_CLIENT_ID", "chithi"),
        client_secret=secret,
        name=text(environ, "CHITHI_OIDC_NAME", parts.hostname),
        claim=text(environ, "CHITHI_OIDC_CLAIM", "preferred_username"),
    )


@dataclass(frozen=True)
class Mailing:
    """The mail server: where it is, how the way there is kept, who letters come from."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    a_minute: int = 600


def mailing(environ: Mapping[str, str]) -> Mailing | None:
    """The mail server that is set up, None where there is none; half a set-up is refused by name.

    A password goes to another machine only on a way that is kept.
    """
    host = text(environ, "CHITHI_SMTP_HOST", "")
    if not host:
        return None
    sender = text(environ, "CHITHI_MAIL_FROM", "")
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", sender):
        raise Refused("settings.needed_too", name="CHITHI_MAIL_FROM", other="CHITHI_SMTP_HOST")
    user, password = text(environ, "CHITHI_SMTP_USER", ""), text(environ, "CHITHI_SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        missing, given = ("PASSWORD", "USER") if user else ("USER", "PASSWORD")
        raise Refused("settings.needed_too", name=f"CHITHI_SMTP_{missing}", other=f"CHITHI_SMTP_{given}")
    for name, said in (("USER", user), ("PASSWORD", password)):
        if not said.isascii():
            raise Refused("settings.not_ascii", name=f"CHITHI_SMTP_{name}")
    near = host in {"127.0.0.1", "localhost", "::1"}
    ways = ("starttls", "tls") if user and not near else ("starttls", "tls", "none")
    security = one_of(environ, "CHITHI_SMTP_SECURITY", "starttls", ways)
    port = whole_number(environ, "CHITHI_SMTP_PORT", 587, 1, 65535)
    a_minute = whole_number(environ, "CHITHI_SMTP_PER_MINUTE", 600, 1, 60_000)
    return Mailing(host, port, security, user, password, sender, a_minute)


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
            # Translating a page's query to machine code costs half a second and saves some milliseconds.
            "OPTIONS": {"options": "-c jit=off"},
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
