"""Reading everything that a database says, to see that something is said nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db import connection

from chithi.text.vietnamese import fold


def everything_said() -> Iterator[tuple[str, str]]:
    """All text of all tables, binary columns too, by table and column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- our own tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        yield f"{table}.{column}", bytes(value).decode("utf-8", errors="replace")
                    elif value is not None:
                        yield f"{table}.{column}", str(value)


def mentions(*names: str) -> set[str]:
    """Where any of the names stands, with marks or without, in any case, as text or as JSON's escapes."""
    wanted = {fold(name) for name in names}
    found = set()
    for place, said in everything_said():
        plain = said
        if "\\u" in said:
            try:
                plain = json.dumps(json.loads(said), ensure_ascii=False)
            except ValueError:
                plain = said
        if any(name in fold(plain) for name in wanted):
            found.add(place)
    return found
