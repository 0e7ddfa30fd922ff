"""One planted world for all leak tests: built once, each test in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.leaks.planted import Planted, standing


@pytest.fixture(scope="package")
def planted_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Planted]:
    """The world with its canaries."""
    with standing(django_db_blocker) as planted:
        yield planted


@pytest.fixture
def planted(planted_world: Planted, db: None) -> Planted:
    """The same; what a test changes is undone."""
    return planted_world
