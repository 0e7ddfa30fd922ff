"""The manual behind chithi's own door: open to everybody, only what was built, nothing beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.worlds import World

PAGE = "<!doctype html><title>Bí thư chi bộ</title>"


@pytest.fixture
def site(tmp_path: Path, settings: Any) -> Path:
    """A site of few files, and a file beside it that nobody may read."""
    folder = tmp_path / "site"
    for name in ("index.html", "en/index.html", "manual/vi/secretary.html", "manual/en/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE, encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "index.js").write_text("window.chithiIndex=[];", encoding="utf-8")
    (folder / "out").symlink_to(tmp_path / "secret-key")
    (tmp_path / "secret-key").write_text("secret", encoding="utf-8")
    settings.MANUAL_ROOT = folder
    return folder


def test_a_visitor_reads_the_manual_under_the_content_policy(client: Client, site: Path, db: None) -> None:
    answer = client.get("/huong-dan/", follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/huong-dan/index.html"
    assert answer.content.decode() == PAGE
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    script = client.get("/huong-dan/assets/index.js")
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age" in script["Cache-Control"]


def test_an_english_reader_begins_with_the_english_page(client: Client, site: Path, db: None) -> None:
    client.cookies["chithi_language"] = "en"
    assert client.get("/huong-dan/")["Location"] == "/huong-dan/en/index.html"


def test_what_has_not_changed_is_not_sent_again(client: Client, site: Path, db: None) -> None:
    first = client.get("/huong-dan/index.html")
    again = client.get("/huong-dan/index.html", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize(
    "address",
    [
        "../secret-key",
        "%2e%2e/secret-key",
        "out",
        "manual",
        "manual/vi/",
        "%00",
        "a" * 5000,
        "/etc/passwd",
        "khong-co.html",
    ],
)
def test_nothing_beside_the_site_is_read(client: Client, site: Path, db: None, address: str) -> None:
    answer = client.get(f"/huong-dan/{address}")
    assert answer.status_code == 404
    assert "secret" not in answer.content.decode()


def test_it_is_only_read(client: Client, site: Path, db: None) -> None:
    assert client.post("/huong-dan/index.html").status_code == 405
    assert client.head("/huong-dan/index.html").status_code == 200


def test_the_menu_leads_to_the_page_of_ones_role(client: Client, site: Path, world: World) -> None:
    client.force_login(world.users["lan"], backend="django.contrib.auth.backends.ModelBackend")
    assert 'href="/huong-dan/manual/vi/secretary.html"' in client.get("/").content.decode()
    client.logout()
    assert 'href="/huong-dan/index.html"' in client.get("/vao/").content.decode()


def test_without_the_site_nothing_leads_to_it(client: Client, tmp_path: Path, settings: Any, world: World) -> None:
    settings.MANUAL_ROOT = tmp_path / "nowhere"
    assert "huong-dan" not in client.get("/vao/").content.decode()
    client.force_login(world.users["lan"], backend="django.contrib.auth.backends.ModelBackend")
    assert "huong-dan" not in client.get("/").content.decode()
    assert client.get("/huong-dan/index.html").status_code == 404
