"""Trying something out on a copy: it is the same, nobody waits for it, and nothing of it stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from chithi.db import copies
from chithi.db.copies import on_a_copy

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="on PostgreSQL nobody waits for a trial"),
]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A database in a file, which this thread works on."""
    path = tmp_path / "small.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("PRAGMA journal_mode=wal; CREATE TABLE thing (n INTEGER); INSERT INTO thing VALUES (1)")
    before: Any = connections["default"]
    ours = type(before)({**before.settings_dict, "NAME": str(path)}, "default")
    connections["default"] = ours
    try:
        yield path
    finally:
        connections["default"] = before
        ours.close()


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thing")
        return int(cursor.fetchone()[0])


def add() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (2)")


def test_a_trial_sees_everything_and_leaves_nothing(file: Path) -> None:
    with on_a_copy() as copied:
        assert copied
        with transaction.atomic():
            add()
        assert count() == 2
    assert count() == 1
    assert sorted(path.suffix for path in file.parent.iterdir() if path.suffix == ".sqlite3") == [".sqlite3"]


def test_others_write_while_something_is_tried(file: Path) -> None:
    with on_a_copy(), transaction.atomic():
        add()
        with closing(sqlite3.connect(file, timeout=0)) as other, other:
            other.execute("INSERT INTO thing VALUES (3)")
        assert count() == 2, "what others write meanwhile is not in the copy"
    assert count() == 2


def test_what_breaks_off_leaves_the_database_as_it_was(file: Path) -> None:
    def broken() -> None:
        with on_a_copy():
            add()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert count() == 1
    assert connections["default"].settings_dict["NAME"] == str(file)


def test_inside_a_transaction_or_without_room_it_is_the_database_itself(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic(), on_a_copy() as copied:
        assert not copied
    monkeypatch.setattr(copies, "ROOM", 10**12)
    with on_a_copy() as copied:
        assert not copied
