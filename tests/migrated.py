"""Every table, made once: to migrate an empty database takes longer than most tests, so a copy of one is handed out.

The SQLite file stands in pytest's cache, named after all migrations and the locked packages; where one of them changes,
it is made anew by migrating. PostgreSQL migrates its test databases itself.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "d" / "migrated"


def copy_to(path: Path) -> None:
    """A database of this version with nothing in it yet, at `path`."""
    shutil.copyfile(_made(), path)


@contextmanager
def at_hand() -> Iterator[None]:
    """Meanwhile the test database that Django makes on SQLite, in memory or in a file, begins with every table."""
    creation, held = connection.creation, list[sqlite3.Connection]()
    make = creation._create_test_db

    def filled(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = make(verbosity, autoclobber, keepdb)
        if not keepdb:
            held.append(_poured_into(name))
        return name

    if connection.vendor == "sqlite":
        creation._create_test_db = filled  # type: ignore[method-assign]
    yield
    for one in held:
        one.close()


def _poured_into(name: str) -> sqlite3.Connection:
    """An open connection to the database of this name, which keeps one in memory alive until Django opens it."""
    opened = sqlite3.connect(name, uri=name.startswith("file:"), check_same_thread=False)
    with closing(sqlite3.connect(_made())) as made:
        made.backup(opened)
    return opened


def _made() -> Path:
    """The file, made where it is not there yet; of several processes one makes it and the others wait."""
    kept = KEPT / f"{_fingerprint()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for older in KEPT.glob("*.sqlite3*"):
                older.unlink()
            _migrate(kept.with_suffix(".sqlite3-making"))
            kept.with_suffix(".sqlite3-making").replace(kept)
    return kept


def _fingerprint() -> str:
    """What every table comes from: our migrations, the packages with theirs, the settings that choose among them."""
    sources = sorted((ROOT / "src" / "chithi").glob("*/migrations/*.py"))
    sources += [ROOT / "requirements" / "base.txt", ROOT / "src" / "chithi" / "settings.py", Path(__file__)]
    told = hashlib.sha256(sqlite3.sqlite_version.encode())
    for source in sources:
        told.update(f"\0{source.relative_to(ROOT)}\0".encode() + source.read_bytes())
    return told.hexdigest()[:16]


def _migrate(path: Path) -> None:
    said: dict[str, Any] = {"CHITHI_DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "chithi.settings"}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | said, cwd=ROOT, check=True)
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=DELETE")  # a copy in memory has no second file beside it
