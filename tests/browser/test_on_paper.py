"""Pages as Chromium prints them on A4, by night too: whose figures and when, nothing to press, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2 as pdfium
import pytest

from chithi.narrative.models import Document
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
A4 = (595, 842)  # points
WHITE, INK = "rgb(255, 255, 255)", ("rgb(0, 0, 0)", "rgb(27, 26, 24)")  # whatever the theme of the screen
FRAME = ".top, .rail, .foot, #panel, .page-do, .filters, .btn, .tour, .outline, .skip"
ON_PAPER = """frame => ({
    shown: [...document.querySelectorAll(frame)].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80)),
    head: getComputedStyle(document.querySelector(".print-head") || document.body, "::before").content,
    ground: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.querySelector("main h1, main h2, main .a4-kind")).color,
})"""


@contextmanager
def printed(page: Any) -> Iterator[list[str]]:
    """The text of each sheet."""
    data = page.pdf(prefer_css_page_size=True)
    with closing(pdfium.PdfDocument(data)) as paper:
        texts = []
        for at in range(len(paper)):
            sheet = paper[at]
            assert tuple(round(side) for side in sheet.get_size()) == A4
            words = sheet.get_textpage()
            texts.append(words.get_text_bounded())
            words.close()
            sheet.close()
        yield texts


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Who opens what, and the head it has on paper; a report has none, it has its own."""
    district, commune, cell = world.unit("A"), world.unit("A1"), world.unit("A11")
    document = Document.objects.everywhere(because="the browser tests open it").get().pk
    yield "dung", "/", "Đảng bộ huyện An · "
    yield "dung", f"/don-vi/{district}/?ky=2025", "Đảng bộ huyện An · Năm 2025"
    yield "dung", f"/so/20/{district}/2025/", "Đảng bộ huyện An · Năm 2025"
    yield "lan", f"/so/1/{cell}/2025/", "Chi bộ thôn Hòa Một · Năm 2025"
    yield "dung", f"/don-vi/{district}/ai-da-bao-cao/?ky=2025", "Đảng bộ huyện An · Năm 2025"
    yield "dung", f"/don-vi/{district}/canh-nhau/?ky=2025&chi-tieu=study.classes", "Đảng bộ huyện An · Năm 2025"
    yield "minh", f"/nhap/{commune}/2025/", "Đảng bộ xã An Một · Năm 2025"
    yield "chau", "/van-ban/", "Đảng bộ tỉnh Thử · "
    yield "chau", f"/van-ban/{document}/", "Đảng bộ tỉnh Thử · "
    yield "dung", f"/bao-cao/{district}/2025/?hinh=study.classes", ""


def test_paper_has_no_frame_and_says_whose_figures_it_shows_and_when(sit: Sit, scene: World) -> None:
    wrong: list[str] = []
    desks: dict[str, Desk] = {}
    for who, path, head in pages(scene):
        desk = desks.get(who) or desks.setdefault(who, sit(who))
        page = desk.open(path)
        page.emulate_media(media="print", color_scheme="dark")
        looks = page.evaluate(ON_PAPER, FRAME)
        wrong += [f"{path} prints {part}" for part in looks["shown"]]
        if head and head not in looks["head"]:
            wrong.append(f"{path} is headed {looks['head']}, not {head}")
        if looks["ground"] != WHITE or looks["ink"] not in INK:
            wrong.append(f"{path} is printed {looks['ink']} on {looks['ground']}")
        page.emulate_media(media="screen")
    assert wrong == []


def test_a_printed_unit_gives_its_address_and_numbers_its_sheets(sit: Sit, scene: World) -> None:
    address = f"/don-vi/{scene.unit('A')}/?ky=2025"
    with printed(sit("dung").open(address)) as sheets:
        assert address in sheets[0]
        assert re.search(r"số liệu lúc \d\d:\d\d ngày \d", sheets[0])
        for at, sheet in enumerate(sheets, 1):
            assert f"{at}/{len(sheets)}" in sheet
        text = " ".join(sheets)
        assert "Lớp học tập chuyên đề đã mở" in text
        assert "chỉ tiêu chưa có số" in text
        assert "Thu nhập hằng năm của điển hình" in text, "what is folded on a screen is named on paper"
        assert "Soạn báo cáo" not in text.replace("Soạn báo cáo: Năm 2025", "")


def test_a_printed_document_shows_every_card_and_not_only_the_one_looked_at(sit: Sit, scene: World) -> None:
    document = Document.objects.everywhere(because="the browser tests open it").get().pk
    page = sit("chau").open(f"/van-ban/{document}/")
    cards = page.locator("[data-card] .fact-value").all_text_contents()
    with printed(page) as sheets:
        text = " ".join(" ".join(sheets).split())
        assert len(cards) > 2
        assert [card for card in cards if " ".join(card.split()) not in text] == []


def test_a_printed_report_is_the_letter_alone(sit: Sit, scene: World) -> None:
    with printed(sit("dung").open(f"/bao-cao/{scene.unit('A')}/2025/")) as sheets:
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in sheets[0]
        assert "Tải Word" not in " ".join(sheets)
        assert "chithi" not in sheets[0]
        assert sheets[0].split()[0] != "1"
        assert sheets[1].split()[0] == "2", "the number of a sheet stands at its top, from the second on"
