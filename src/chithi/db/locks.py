"""One holder at a time, across processes, on both databases."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """A transaction that at most one process runs at a time under this name; others wait.

    PostgreSQL: an advisory lock held to the transaction's end. SQLite: `BEGIN IMMEDIATE` (see
    `chithi.environment`) already admits one writer.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
        yield
