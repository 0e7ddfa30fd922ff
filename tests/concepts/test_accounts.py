"""Accounts, roles and one-time codes: who gets them, what ends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chithi.access import keeping
from chithi.access.actions import grant, open_account
from chithi.access.demo import one_time_logins
from chithi.access.roles import Role
from chithi.access.sign_in import OneTimeCodeBackend, new_api_token, new_one_time_code, user_of_token
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.django_db


def test_a_real_account_named_as_one_of_the_demo_is_given_no_code_by_a_start(world: World) -> None:
    user = open_account(username="quantri", name="Người thật")
    grant(by=None, user=user, role=Role.ADMINISTRATOR, unit_id=world.unit("T"), since=BEGAN)
    code = new_one_time_code(user, valid_for=timedelta(hours=1))
    assert one_time_logins() == []
    assert OneTimeCodeBackend().authenticate(None, "quantri", code) == user, "its own code still works"


@pytest.mark.parametrize("shut", [keeping.end_sessions, keeping.reset_second_factor])
def test_a_keeper_who_shuts_an_account_out_shuts_its_tokens_out_too(world: World, shut: Callable[..., object]) -> None:
    token = new_api_token(world.users["lan"], label="máy ở nhà", valid_for=timedelta(days=30))
    beside = new_api_token(world.users["hoa"], label="máy khác", valid_for=timedelta(days=30))
    assert user_of_token(token) == world.users["lan"]
    shut(by=world.viewer("an"), user_id=world.users["lan"].pk)
    assert user_of_token(token) is None
    assert user_of_token(beside) == world.users["hoa"]


def test_a_new_password_ends_the_api_tokens_made_before_it(world: World, client: Client) -> None:
    token = new_api_token(world.users["lan"], label="máy cũ", valid_for=timedelta(days=30))
    world.users["lan"].set_unusable_password()
    world.users["lan"].save()
    client.force_login(world.users["lan"], backend="django.contrib.auth.backends.ModelBackend")
    long_enough = "sông Lô mùa nước nổi 2026"
    answer = client.post(reverse("my_password"), {"new": long_enough, "again": long_enough})
    assert answer.status_code == 302, answer.content.decode()
    assert user_of_token(token) is None
