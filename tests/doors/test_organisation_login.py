"""Coming in by the organisation's own log-in, at a real provider in a process of its own."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from chithi.access import openid
from chithi.access.models import Identity
from chithi.environment import Provider, provider
from tests.doors.oidc_provider import PASSWORD, SECRET
from tests.worlds import World, build_world

ROOT = Path(__file__).parents[2]
BACK = "http://testserver/vao/co-quan/ve/"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider, answering."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = (tmp_path_factory.mktemp("provider") / "log").open("wb")
    command = [sys.executable, "-m", "tests.doors.oidc_provider", str(port), BACK]
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5).raise_for_status()
                break
            except requests.RequestException:
                assert process.poll() is None, Path(log.name).read_text()
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()
        log.close()


@pytest.fixture
def world(db: None, issuer: str, settings: Any) -> World:
    settings.OIDC = Provider(issuer, "chithi", SECRET, "Tỉnh ủy Thử", "preferred_username")
    openid._client.cache_clear()
    return build_world()


def there(client: Client, name: str, after: str = "/") -> str:
    """Go to the provider, log in there as somebody, and hand over the address it sends the browser back to."""
    answer = client.get("/vao/co-quan/", {"next": after})
    assert answer.status_code == 302, answer.content
    browser = requests.Session()
    page = browser.get(answer["Location"], timeout=20)
    for _ in range(4):
        fields = dict(re.findall(r'name="(csrf_token)"[^>]*value="([^"]+)"', page.text))
        if 'name="login"' in page.text:
            fields["login"] = name
        if 'name="password"' in page.text:
            fields["password"] = PASSWORD
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        target = requests.compat.urljoin(page.url, html.unescape(form.group(1))) if form else page.url
        page = browser.post(target, data=fields, allow_redirects=False, timeout=20)
        while page.is_redirect:
            onward = requests.compat.urljoin(page.url, page.headers["Location"])
            if onward.startswith(BACK):
                return onward
            page = browser.get(onward, allow_redirects=False, timeout=20)
    raise AssertionError(f"the provider did not send anybody back: {page.status_code} {page.url} {page.text[:2000]}")


def returned(client: Client, address: str) -> Any:
    return client.get(
        urlsplit(address).path, {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}
    )


def test_somebody_with_an_account_comes_in_to_the_page_asked_for(world: World) -> None:
    client = Client()
    answer = returned(client, there(client, "lan", "/van-ban/"))
    assert (answer.status_code, answer["Location"]) == (302, "/van-ban/")
    assert client.get("/").context["viewer"].user_id == world.users["lan"].pk
    assert Identity.objects.get().subject == "lan"


def test_nobody_gets_an_account_by_logging_in_there(world: World) -> None:
    client = Client()
    answer = returned(client, there(client, "khach"))
    assert answer.status_code == 403
    assert "khach" in answer.content.decode()
    assert client.get("/").status_code == 302
    assert not Identity.objects.exists()


def test_a_name_that_already_belongs_to_somebody_there_is_not_given_to_another(world: World) -> None:
    first, second = Client(), Client()
    returned(first, there(first, "lan"))
    answer = returned(second, there(second, "lan2"))
    assert answer.status_code == 403
    assert second.get("/").status_code == 302


def test_a_renamed_account_is_still_known_by_its_subject(world: World) -> None:
    client = Client()
    returned(client, there(client, "lan"))
    user = world.users["lan"]
    user.username = "lan.moi"
    user.save()
    again = Client()
    returned(again, there(again, "lan"))
    assert again.get("/").context["viewer"].user_id == user.pk


def test_a_closed_account_stays_shut(world: World) -> None:
    client = Client()
    returned(client, there(client, "lan"))
    world.users["lan"].is_active = False
    world.users["lan"].save()
    again = Client()
    assert returned(again, there(again, "lan")).status_code == 403


def test_an_answer_serves_once_and_only_the_browser_that_asked(world: World) -> None:
    client, other = Client(), Client()
    address = there(client, "lan")
    assert returned(other, address).status_code == 403, "an answer nobody asked for"
    assert returned(client, address).status_code == 302
    client.logout()
    assert returned(client, address).status_code == 403, "the same answer a second time"


@pytest.mark.parametrize(
    "query", [{}, {"code": "x"}, {"state": "x"}, {"code": "x", "state": "y"}, {"error": "access_denied"}]
)
def test_a_made_up_answer_is_refused_in_words(world: World, query: dict[str, str]) -> None:
    answer = Client().get("/vao/co-quan/ve/", query)
    assert answer.status_code == 403
    assert "Hãy bắt đầu lại" in answer.content.decode()


def test_a_provider_that_cannot_be_reached_leaves_the_other_way_in(world: World, settings: Any) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        settings.OIDC = Provider(f"http://127.0.0.1:{found.getsockname()[1]}", "c", "s", "Tỉnh ủy Thử", "sub")
        answer = Client().get("/vao/co-quan/")
    assert answer.status_code == 503
    assert 'name="password"' in answer.content.decode()


def test_the_log_in_page_offers_it_where_it_is_set_up(world: World, settings: Any) -> None:
    assert "Đăng nhập qua Tỉnh ủy Thử" in Client().get("/vao/").content.decode()
    settings.OIDC = None
    assert "Đăng nhập qua" not in Client().get("/vao/").content.decode()
    assert Client().get("/vao/co-quan/").status_code == 404
    assert Client().get("/vao/co-quan/ve/").status_code == 404


def test_nobody_is_sent_on_to_another_site(world: World) -> None:
    client = Client()
    answer = returned(client, there(client, "lan", "https://example.org/"))
    assert answer["Location"] == "/viec/"


def test_settings_are_refused_by_name() -> None:
    from chithi.core.errors import Refused

    assert provider({}) is None
    with pytest.raises(Refused, match="not_a_safe_url"):
        provider({"CHITHI_OIDC_ISSUER": "http://login.example.org", "CHITHI_OIDC_CLIENT_SECRET": "x"})
    with pytest.raises(Refused, match="needed_too"):
        provider({"CHITHI_OIDC_ISSUER": "https://login.example.org"})
    found = provider({"CHITHI_OIDC_ISSUER": "https://login.example.org/", "CHITHI_OIDC_CLIENT_SECRET": "x"})
    assert found == Provider("https://login.example.org", "chithi", "x", "login.example.org", "preferred_username")


def test_a_token_for_another_client_is_refused(world: World, settings: Any) -> None:
    """Last: its code stays unused, and the provider's store in memory then takes it for the next one."""
    client = Client()
    address = there(client, "lan2")
    settings.OIDC = Provider(settings.OIDC.issuer, "another", SECRET, "x", "preferred_username")
    assert returned(client, address).status_code == 403
