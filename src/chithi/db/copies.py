"""Trying something out on a copy of the database, so that nobody waits who wants to write meanwhile.

SQLite admits one writer: whoever writes for seconds, even into a transaction that is rolled back, keeps everybody else
waiting for seconds. On PostgreSQL a transaction keeps nobody waiting who writes other rows, so there is no copy there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

ROOM = 3
"""So many times the size of the database must be free where the copy is put, or there is none."""


@contextmanager
def on_a_copy() -> Iterator[bool]:
    """Within this block this thread reads and writes a copy, which goes with the block; answers whether it is one.

    None on PostgreSQL, inside a transaction, or where there is no room: then the block works on the database itself
    and must take back what it does. The copy has no name in the file system, so nothing of it outlives the process.
    Costs about a second for each 300 MB, holding no lock that a writer needs.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or not _has_room():
        yield False
        return
    original = connections["default"]
    original.ensure_connection()
    with closing(_beside(original)) as copy:
        copy.ensure_connection()
        original.connection.backup(copy.connection)
        connections["default"] = copy
        try:
            yield True
        finally:
            connections["default"] = original


def _beside(original: Any) -> Any:
    """A connection like this one to SQLite's own database without a name: in memory, on the disk where it grows."""

    class Nameless(type(original)):  # type: ignore[misc]  # the class is Django's, known when it runs
        def get_connection_params(self) -> dict[str, Any]:
            return {**super().get_connection_params(), "database": ""}

    return Nameless(original.settings_dict, original.alias)


def _has_room() -> bool:
    name = Path(str(connection.settings_dict["NAME"]))
    size = name.stat().st_size if name.is_file() else 0
    return shutil.disk_usage(tempfile.gettempdir()).free > ROOM * size
