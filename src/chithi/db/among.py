"""Asking about many numbers at once: thousands of ids as one parameter of a statement instead of thousands.

Django looks at every value of an `__in` list several times over, and SQLite takes 32.766 of them at most.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL


def among(numbers: Iterable[int]) -> RawSQL:
    """For a filter `…__in`: any of these whole numbers."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [many(numbers)])
    return RawSQL("SELECT value FROM json_each(%s)", [many(numbers)])


def many(numbers: Iterable[int]) -> list[int] | str:
    """Whole numbers as the one value that `among` makes of them."""
    wanted = list(numbers)
    return wanted if connection.vendor == "postgresql" else json.dumps(wanted)
