"""The pictures of the user manual: who opens which page of the demo, what is done there, how much of it is shown.

`tools/pictures.py` takes them into docs/pictures/vi and docs/pictures/en; `test_manual_pictures.py` plays every one in
both languages. Nothing here names a word of the interface, so that one scene serves both languages; nothing changes
what is stored, so that scenes may be played in any order, and again. Before them the report of the province has been
read half-way (`read_in` of `tools/pictures.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

WIDE, PHONE = (1100, 700), (360, 700)
NARRATIVE_PERIOD, INDICATOR = "2013-H1", 20  # what the demo's report of the province states: study classes
CELL = "HL-KS-01-03"


@dataclass(frozen=True)
class Scene:
    """One picture. `who`: user name in the demo, None before the log-in. `path`: an address in which {unit} is the
    person's own unit, {cell} a cell of the district. `size`: of the window, in pixels. `act`: what is done on the page
    before the picture is taken."""

    who: str | None
    path: str
    size: tuple[int, int] = WIDE
    act: Callable[[Page], None] | None = None


def opened_trace(page: Page) -> None:
    page.locator(".indicators a.num-door").nth(3).click()
    expect(page.locator("#panel article.trace")).to_be_visible()


def shown_sentence(page: Page) -> None:
    expect(page.locator("article.trace blockquote mark")).to_be_visible()


def typed_figures(page: Page) -> None:
    """Two numbers typed and not yet saved."""
    fields = page.locator("main form input[inputmode]:visible")
    for at, value in ((0, "4"), (1, "1"), (2, "12")):
        fields.nth(at).fill(value)
    fields.nth(2).blur()


def typed_search(page: Page) -> None:
    page.locator("#search").press_sequentially("ben de")
    expect(page.locator(".search-offer").first).to_be_visible()


def opened_periods(page: Page) -> None:
    page.locator("header.top details.menu-end > summary").first.click()


def opened_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()


def opened_report(page: Page) -> None:
    """The report of the province, the one with most questions; the cursor on its fourth figure."""
    page.locator("main table tbody tr a").last.click()
    expect(page.locator("[data-card][data-current]")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("j")
    page.evaluate("document.querySelector('.intake').scrollIntoView()")


def opened_member(page: Page) -> None:
    page.locator("main table tbody tr a").nth(1).click()
    expect(page.locator("main h1")).to_be_visible()


def scrolled_to_annex(page: Page) -> None:
    page.evaluate("document.querySelector('#annex').scrollIntoView()")


def opened_more(page: Page) -> None:
    page.locator("nav.foot summary").click()


def opened_task(page: Page) -> None:
    """A task that somebody has said something about."""
    page.locator("main table tbody tr").filter(has_text="%").locator("a").first.click()
    expect(page.locator("main h1")).to_be_visible()


def opened_directive(page: Page) -> None:
    page.locator("main table tbody tr a").last.click()
    expect(page.locator("main h1")).to_be_visible()


def opened_cascade(page: Page) -> None:
    opened_directive(page)
    page.locator("main a[href*='/trien-khai/']").first.click()
    expect(page.locator("main table")).to_be_visible()


SCENES: dict[str, Scene] = {
    "log-in": Scene(None, "/vao/", (900, 560)),
    "home": Scene("quantri", "/?ky=2025", (1100, 700)),
    "unit": Scene("vanphong", "/don-vi/{unit}/?ky=2025", (1280, 760)),
    "unit-phone": Scene("bithu", "/don-vi/{unit}/?ky=2025", PHONE),
    "home-phone": Scene("bithu", "/?ky=2025", PHONE),
    "more-phone": Scene("bithu", "/", PHONE, opened_more),
    "entry-phone": Scene("bithu", "/nhap/{unit}/2026-Q3/", PHONE, typed_figures),
    "people-phone": Scene("bithu", "/quan-tri/nguoi/", (360, 860)),
    "trace": Scene("vanphong", "/don-vi/{unit}/?ky=2025", (1280, 760), opened_trace),
    "trace-text": Scene("tuyengiao", f"/so/{INDICATOR}/{{unit}}/{NARRATIVE_PERIOD}/", (1000, 640), shown_sentence),
    "missing": Scene("vanphong", "/so/21/{unit}/2025/", (1000, 640)),
    "periods": Scene("vanphong", "/don-vi/{unit}/?ky=2025", WIDE, opened_periods),
    "search": Scene("vanphong", "/don-vi/{unit}/?ky=2025", (1000, 420), typed_search),
    "entry": Scene("vanphong", "/nhap/{unit}/2026-Q3/", WIDE, typed_figures),
    "on-behalf": Scene("vanphong", "/nhap/{cell}/2026-Q3/", (1000, 460)),
    "groups": Scene("tuyengiao", "/nhom/?ky=2025", (1000, 340)),
    "documents": Scene("tuyengiao", "/van-ban/", (1000, 720)),
    "intake": Scene("tuyengiao", "/van-ban/", (1280, 700), opened_report),
    "report": Scene("vanphong", "/bao-cao/{unit}/2025/", (1280, 760)),
    "annex": Scene("vanphong", "/bao-cao/{unit}/2025/", (1280, 640), scrolled_to_annex),
    "reported": Scene("vanphong", "/don-vi/{unit}/ai-da-bao-cao/?ky=2025", (1100, 640)),
    "side": Scene("tuyengiao", "/don-vi/{unit}/canh-nhau/?ky=2025&chi-tieu=study.members", (1100, 640)),
    "office": Scene("vanphong", "/quan-tri/the-thuc/{unit}/", (1100, 700)),
    "people": Scene("vanphong", "/quan-tri/nguoi/?don-vi=" + CELL, (1000, 640)),
    "person": Scene("bithu", "/quan-tri/nguoi/", (1000, 380), opened_member),
    "handovers": Scene("bithu", "/quan-tri/chuc-vu/", (1000, 340)),
    "sheets": Scene("vanphong", "/quan-tri/nhap-xuat/", (1000, 360)),
    "manage": Scene("quantri", "/quan-tri/", (1000, 760)),
    "accounts": Scene("quantri", "/quan-tri/tai-khoan/", (1000, 500)),
    "account-new": Scene("quantri", "/quan-tri/tai-khoan/mo/", (1000, 640)),
    "units": Scene("quantri", "/quan-tri/don-vi/", (1000, 640)),
    "plan-new": Scene("quantri", "/quan-tri/sap-xep/moi/", (1000, 700)),
    "indicator-new": Scene("tuyengiao", "/quan-tri/chi-tieu/moi/", (1000, 700)),
    "health": Scene("quantri", "/quan-tri/tinh-trang/", (1000, 420)),
    "journal": Scene("quantri", "/quan-tri/nhat-ky/", (1000, 560)),
    "retention": Scene("quantri", "/quan-tri/luu-giu/", (1000, 560)),
    "account": Scene("bithu", "/tai-khoan/", (1000, 560)),
    "work": Scene("vanphong", "/viec/", (1100, 760)),
    "task": Scene("vanphong", "/nhiem-vu/", (1000, 720), opened_task),
    "tasks-overview": Scene("vanphong", "/nhiem-vu/tong-hop/", (1280, 760)),
    "directive": Scene("vanphong", "/chi-dao/?cua=above&loai=directive", (1000, 700), opened_directive),
    "cascade": Scene("vanphong", "/chi-dao/?cua=above&loai=directive", (1100, 640), opened_cascade),
    "routine": Scene("tuyengiao", "/lich/", (1000, 640)),
    "keys": Scene("tuyengiao", "/van-ban/", (900, 560), opened_keys),
}


def play(page: Page, scene: Scene, places: dict[str, str]) -> None:
    """Bring the page to where the picture is taken."""
    page.set_viewport_size({"width": scene.size[0], "height": scene.size[1]})
    answer: Any = page.goto(scene.path.format(**places))
    assert answer is not None, scene
    assert answer.status == 200, f"{scene.path}: {answer.status}"
    if scene.act:
        scene.act(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)
