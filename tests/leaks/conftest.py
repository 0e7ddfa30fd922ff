"""One planted world for all leak tests: built once, each test in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.leaks.planted import Planted, plant


@pytest.fixture(scope="package")
def planted_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Planted]:
    """The world with its canaries, in one transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        name = str(connection.settings_dict["NAME"])
        assert "memory" in name or "test_" in name, f"{name} is no test database: is the mark django_db missing?"
        yield plant()
        transaction.set_rollback(True)


@pytest.fixture
def planted(planted_world: Planted, db: None) -> Planted:
    """The planted world; what a test changes is undone. Needs the mark `django_db`, or no test database is made."""
    return planted_world
