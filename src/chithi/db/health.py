"""How the store stands: which database, how large, whether its tables are those of this version."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True)
class StoreFacts:
    """`size` and `free` in bytes; `pending` names migrations not applied yet, as app.name."""

    engine: str
    version: str
    size: int
    free: int
    pending: tuple[str, ...]


def store_facts() -> StoreFacts:
    """Asked of the database itself. A few queries."""
    engine, version, size = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    home = Path(settings.CHITHI_HOME)
    return StoreFacts(
        engine=engine,
        version=version,
        size=size,
        free=shutil.disk_usage(home if home.exists() else home.parent).free,
        pending=tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan),
    )


def _postgresql() -> tuple[str, str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0])
        cursor.execute("SELECT pg_database_size(current_database())")
        return "PostgreSQL", version, int(cursor.fetchone()[0])


def _sqlite() -> tuple[str, str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = str(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        size = int(cursor.fetchone()[0])
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return "SQLite", version, size + (log.stat().st_size if log.exists() else 0)
