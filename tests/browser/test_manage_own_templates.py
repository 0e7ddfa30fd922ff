"""Templates of offices in the browser: uploaded by a clerk, mended as the page says, chosen for a report."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]


def file(folder: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "mau-quy.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize("script", [True, False])
def test_a_clerk_mends_a_template_and_makes_a_report_with_it(
    sit: Sit, scene: World, tmp_path: Path, script: bool
) -> None:
    page = sit("minh", script=script).open("/quan-tri/")
    page.get_by_role("link", name="Mẫu báo cáo riêng").last.click()
    page.get_by_role("link", name="Xem các trường").click()
    expect(page.locator("main")).to_contain_text("{{ mỗi dòng phụ lục }}")
    page.go_back()
    page.get_by_role("link", name="Đưa mẫu đầu tiên lên", exact=True).click()
    page.get_by_label("Tên mẫu").fill("Báo cáo quý gọn")
    page.get_by_label("Tệp mẫu").set_input_files(file(tmp_path, "Mở đầu", "Đã mở {{ chỉ tiêu study.clases }} lớp"))
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.locator(".wrongs")).to_contain_text("Đoạn 2 (“Đã mở {{ chỉ tiêu study.clases }} lớp”)")
    page.get_by_label("Tệp mẫu").set_input_files(file(tmp_path, "Mở đầu", "Đã mở {{ chỉ tiêu study.classes }} lớp"))
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.locator("main")).to_contain_text("chỉ tiêu study.classes, giá trị")

    page.goto(f"/bao-cao/{scene.unit('A1')}/2025/")
    page.get_by_label("Mẫu báo cáo").select_option(label="Báo cáo quý gọn")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải Word").click()
    made = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert [paragraph.text for paragraph in made.paragraphs] == ["Mở đầu", "Đã mở 07 lớp"]
    assert made.paragraphs[1].hyperlinks[0].text == "07"
