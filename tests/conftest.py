"""Fixtures every test may ask for. The worlds and the three people stand in tests/worlds.py."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("CHITHI_SECRET_KEY", "only-for-tests-" + "x" * 32)

import pytest
from hypothesis import HealthCheck, settings

from tests.migrated import at_hand
from tests.worlds import World, build_world

# A busy machine is no fault of the code: examples are not timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Hashing passwords slowly is the point outside tests only."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, pytestconfig: pytest.Config) -> Iterator[None]:
    """On PostgreSQL the database of the tests can be dropped only when nobody else is in it.

    Whoever is still there after a while is sent away, and what they asked last is told: a test left a connection open.
    """
    yield
    capture: Any = pytestconfig.pluginmanager.getplugin("capturemanager")
    with django_db_blocker.unblock(), capture.global_and_fixture_disabled():
        for who in _sent_away():
            print(f"still connected to the database of the tests: {who}", file=sys.stderr)


def _sent_away(patience: float = 10.0) -> list[str]:
    """Who else was in the database of the tests after that many seconds: what they are, since when, what they asked."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + patience
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"SELECT backend_type, state, backend_start, query {others}")
            if not (found := cursor.fetchall()):
                return []
            if time.monotonic() > until:
                cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")
                return [" | ".join(map(str, row)) for row in found]
            time.sleep(0.2)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The test database has its tables before Django looks which are missing."""
    with at_hand():
        yield


@pytest.fixture
def world(db: None) -> World:
    """A province with two districts, see `tests.worlds`."""
    return build_world()
