"""Whose address counts where a proxy stands in front: the visitor's, and only where the operator said so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from chithi.access.addresses import client_address
from tests.worlds import World


@pytest.mark.parametrize(
    ("proxied", "peer", "said", "counts"),
    [
        (False, "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        (True, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "::1", "2001:db8::7", "2001:db8::7"),
        (True, "127.0.0.1", "", "127.0.0.1"),
        (True, "127.0.0.1", "<b>", "127.0.0.1"),
        (True, "203.0.113.5", "198.51.100.1", "203.0.113.5"),
    ],
)
def test_the_address_that_counts(settings: Any, proxied: bool, peer: str, said: str, counts: str) -> None:
    settings.BEHIND_PROXY = proxied
    request = RequestFactory().get("/vao/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": said})
    assert client_address(request) == counts


def test_wrong_tries_from_one_place_do_not_lock_the_account_for_another(settings: Any, world: World) -> None:
    settings.BEHIND_PROXY = True
    settings.AXES_FAILURE_LIMIT = 3

    def tried(address: str, password: str) -> int:
        form = {"username": "lan", "password": password}
        return Client().post("/vao/", form, headers={"X-Forwarded-For": address}).status_code

    wrong = [tried("198.51.100.1", "sai mật khẩu") for _ in range(5)]
    assert 302 not in wrong
    assert tried("198.51.100.1", "mật khẩu của lan") != 302
    assert tried("203.0.113.9", "mật khẩu của lan") == 302
