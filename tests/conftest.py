"""Fixtures every test may ask for. The worlds and the three people stand in tests/worlds.py."""

from __future__ import annotations

import os

os.environ.setdefault("CHITHI_SECRET_KEY", "only-for-tests-" + "x" * 32)

import pytest
from hypothesis import HealthCheck, settings

from tests.worlds import World, build_world

# A busy machine is no fault of the code: examples are not timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Hashing passwords slowly is the point outside tests only."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> World:
    """A province with two districts, see `tests.worlds`."""
    return build_world()
