"""A real Chromium against the real server: one browser for the session, one desk (a person at it) per test.

Left out with a clear reason where no Chromium is found. Nothing here waits a fixed time; the pages are asked until
they answer.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver
from playwright.sync_api import expect, sync_playwright

from tests.browser.desk import Desk
from tests.browser.scene import furnish
from tests.migrated import at_hand
from tests.worlds import World, build_world

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--no-first-run",
)  # fmt: skip
PATIENCE = 30_000  # milliseconds until something awaited counts as missing; two slow cores need room
HERE = Path(__file__).parent
LONG = ("test_every_page", "test_manual_pictures")


@pytest.hookimpl(wrapper=True)  # around `-m browser`, which chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Whatever stands in this folder is a browser test: a file that forgot to say so would run among the plain ones.
    By themselves they begin with the longest, so that no process is left alone with one at the end."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    yield
    if all(HERE in item.path.parents for item in items):
        items.sort(key=lambda item: item.path.stem not in LONG)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser itself."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on PATH: apt-get install chromium")
    assert get_resolver().url_patterns, "read now: the first page should not wait for all views"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in the thread of the tests
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """On SQLite a file instead of memory: the server answers from several threads, each with its own connection."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("browser") / "test_browser.sqlite3")
    with at_hand():
        yield


@pytest.fixture
def scene(transactional_db: None) -> World:
    """The world of `tests.worlds` with people, figures of two years and a document with questions."""
    world = build_world()
    furnish(world)
    return world


@pytest.fixture
def sit(chromium: Any, live_server: Any, scene: World, settings: Any, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Seats a person: `sit("minh")`, `sit("minh", script=False, width=360)`, `sit(None)` for a visitor.

    At the end every desk is asked whether the browser complained: errors of scripts, refusals by the content
    policy, answers of the server's own failure.
    """
    settings.PUBLIC_URL = live_server.url
    desks: list[Desk] = []

    def seat(name: str | None, *, script: bool = True, width: int = 1280, height: int = 800) -> Desk:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            reduced_motion="reduce",
            color_scheme="light",
            locale="vi-VN",
        )
        context.set_default_timeout(PATIENCE)
        desk = Desk(context, live_server.url, tmp_path)
        if name is not None:
            desk.let_in(scene.users[name])
        desks.append(desk)
        return desk

    yield seat
    complaints = [line for desk in desks for line in desk.complaints]
    for desk in desks:
        desk.leave()
    assert complaints == []
