"""Accounts, roles and one-time codes: who gets them, what ends them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chithi.access.actions import grant, open_account
from chithi.access.demo import one_time_logins
from chithi.access.roles import Role
from chithi.access.sign_in import OneTimeCodeBackend, new_one_time_code
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.django_db


def test_a_real_account_named_as_one_of_the_demo_is_given_no_code_by_a_start(world: World) -> None:
    user = open_account(username="quantri", name="Người thật")
    grant(by=None, user=user, role=Role.ADMINISTRATOR, unit_id=world.unit("T"), since=BEGAN)
    code = new_one_time_code(user, valid_for=timedelta(hours=1))
    assert one_time_logins() == []
    assert OneTimeCodeBackend().authenticate(None, "quantri", code) == user, "its own code still works"
