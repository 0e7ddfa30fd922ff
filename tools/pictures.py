"""Makes the pictures of the READMEs and of the manual, docs/pictures, from a fresh demo in a folder thrown away after.

    python tools/pictures.py [NAME ...]    (or `make pictures`; needs Chromium on PATH, takes two minutes)

Without names all of them; with names those of the manual that are called so (`tests/browser/manual_scenes.py`), in both
languages. They are stored with at most 96 colours: a third of the size, and the eye sees no difference.

Everything is done through the product's own front door: `chithi serve --demo` in a process of its own, the one-time
codes it prints, the pages as a person sees them. The demo is seeded, so the pictures change only with the pages
themselves and, in the report, with the day.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.browser.manual_scenes import CELL, SCENES, Scene, play  # noqa: E402 -- beside the tests that play them

PICTURES = ROOT / "docs" / "pictures"
CHITHI = Path(sys.executable).parent / "chithi"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--font-render-hinting=none",
]  # fmt: skip
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
PATIENCE = 30_000  # milliseconds
COLOURS = 96
LOGIN = re.compile(r"^\s+(\w+)\s+((?:[a-z0-9]{4}-){2}[a-z0-9]{4})\s")
PROVINCE_PERIOD, FIRST_FIGURE = "2013-H1", "731 lớp"  # of samples/bao-cao-tinh-sau-thang.txt


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The demo behind an address, with its one-time codes by user name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"CHITHI_HOME": str(folder), "CHITHI_LANGUAGE": "vi", "PYTHONUNBUFFERED": "1"}
    for name in ("CHITHI_PUBLIC_URL", "CHITHI_DATABASE_URL", "CHITHI_DEBUG"):
        environment.pop(name, None)
    command = [str(CHITHI), "serve", "--demo", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own command
    try:
        yield f"http://127.0.0.1:{port}", dict(_codes(process.stdout or []))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def _codes(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What the server prints until it says how to stop it: a line for each demo person."""
    for line in said:
        if found := LOGIN.match(line):
            yield found[1], found[2]
        if "Ctrl-C" in line:
            return
    raise SystemExit("chithi serve ended before it was ready")


def seat(browser: Browser, base: str, name: str, code: str) -> Page:
    """A page of this person, logged in."""
    context = browser.new_context(
        base_url=base, viewport=WIDE, color_scheme="light", reduced_motion="reduce", locale="vi-VN"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/vao/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu hoặc mã dùng một lần").fill(code)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("header.top")).to_be_visible()
    return page


def take(page: Page, name: str, folder: Path = PICTURES) -> None:
    """One picture of what is seen, once the letters are there."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = folder / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    few.save(path, optimize=True)
    print(path.relative_to(folder.parent))


class Seats:
    """The people of the demo at their browsers; each comes in once, with a one-time code."""

    def __init__(self, browser: Browser, base: str, codes: dict[str, str]) -> None:
        self.browser, self.base, self.codes = browser, base, codes
        self.pages: dict[str | None, Page] = {}
        self.places: dict[str | None, dict[str, str]] = {}

    def page(self, who: str | None) -> Page:
        if who not in self.pages:
            if who is None:
                context = self.browser.new_context(base_url=self.base, color_scheme="light", reduced_motion="reduce")
                context.set_default_timeout(PATIENCE)
                self.pages[who], self.places[who] = context.new_page(), {}
            else:
                page = self.pages[who] = seat(self.browser, self.base, who, self.codes[who])
                self.places[who] = {"unit": unit_of(page).strip("/").split("/")[-1], "cell": ""}
        return self.pages[who]

    def places_of(self, who: str | None, scene: Scene) -> dict[str, str]:
        """What the braces in a scene's address stand for."""
        places = self.places[who]
        if "{cell}" in scene.path and not places["cell"]:
            page = self.pages[who]
            page.goto(f"/tim/?q={CELL}")
            address = page.locator("main table a").first.get_attribute("href") or ""
            places["cell"] = address.split("?")[0].strip("/").split("/")[-1]
        return places

    def show(self, name: str, language: str) -> Page:
        """The page of the scene as it is to be taken."""
        scene = SCENES[name]
        page = self.page(scene.who)
        page.context.add_cookies([{"name": "chithi_language", "value": language, "url": self.base}])
        play(page, scene, self.places_of(scene.who, scene))
        return page


def pictures_of_the_manual(seats: Seats, names: Iterable[str], folder: Path = PICTURES) -> None:
    """Each scene in Vietnamese and in English."""
    for language in ("vi", "en"):
        for name in names:
            take(seats.show(name, language), f"{language}/{name}", folder)


def read_in(page: Page) -> None:
    """The sample of the province half read: three figures confirmed, the next one waits."""
    page.goto("/van-ban/")
    addresses = [link.get_attribute("href") or "" for link in page.locator("table a").all()]
    for address in addresses:
        page.goto(address)
        if FIRST_FIGURE in page.locator(".paper-text").inner_text():
            break
    expect(page.locator("[data-card][data-current]")).to_be_visible()
    for done in ("1", "2", "3"):
        page.keyboard.press("Enter")
        expect(page.locator("[data-done]")).to_have_text(done)
    page.evaluate("document.querySelector('.intake').scrollIntoView()")


def unit_of(page: Page) -> str:
    """The address of the unit the person begins with."""
    page.goto("/")
    return page.locator("#chosen-title a").get_attribute("href") or ""


def pictures_of_the_province(page: Page) -> None:
    """Home, intake, and the number that came of it opened beside the page."""
    province = unit_of(page)
    page.get_by_role("button", name="Không cần").click()  # the tour that somebody new is offered
    page.get_by_label("Đơn vị dưới Huyện Khương Sơn").click()
    expect(page.get_by_role("link", name="Thị trấn Khương Sơn")).to_be_visible()
    take(page, "home")
    read_in(page)
    take(page, "intake")
    page.goto(f"{province}?ky={PROVINCE_PERIOD}")
    row = page.locator(".indicators tr", has_text="Lớp học tập chuyên đề đã mở")
    row.locator("a.num-door").click()
    expect(page.locator("#panel blockquote")).to_be_visible()
    take(page, "trace")


def pictures_of_the_district(page: Page) -> None:
    """The unit page wide and on a phone, and the report."""
    district = unit_of(page)
    page.goto(f"{district}?ky=2025")
    take(page, "unit")
    page.goto(f"/bao-cao/{district.strip('/').split('/')[-1]}/2025/")
    take(page, "report")
    page.set_viewport_size(PHONE)
    page.goto(f"{district}?ky=2025")
    take(page, "unit-phone")


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no Chromium on PATH; get it: apt-get install chromium", file=sys.stderr)
        return 2
    if unknown := sorted(set(sys.argv[1:]) - set(SCENES)):
        print(f"no such scene: {', '.join(unknown)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (base, codes), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        seats = Seats(browser, base, codes)
        pictures_of_the_province(seats.page("tuyengiao"))
        if not sys.argv[1:]:
            pictures_of_the_district(seats.page("vanphong"))
        pictures_of_the_manual(seats, sys.argv[1:] or SCENES)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
