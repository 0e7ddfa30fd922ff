"""What was done is shown with a photo from a phone; who helps is named by typing, and sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.pictures_brought import jpg
from tests.task_world import post_in, task_in
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_photo_goes_up_and_a_helper_named_by_typing_sees_it(sit: Callable[..., Desk], scene: World) -> None:
    post_in(scene, "B11", account="hoa", title="Phó Bí thư")
    task = task_in(scene, "A11", by="chau", giver="T")
    page = sit("lan", width=360, height=740).open(f"/nhiem-vu/{task.pk}/tien-do/")
    photo = {"name": "IMG_20261120.jpg", "mimeType": "image/jpeg", "buffer": jpg(6)}
    page.get_by_label("Tệp minh chứng").set_input_files([photo, {**photo, "name": "hop.txt", "buffer": b"Da hop"}])
    page.get_by_role("button", name="Ghi tiến độ").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="IMG_20261120.jpg").click()
    assert taken.value.suggested_filename == "IMG_20261120.jpg"

    page = sit("chau").open(f"/nhiem-vu/{task.pk}/sua/")
    field = page.get_by_label("Cùng phối hợp")
    field.press_sequentially("B11", delay=30)
    page.locator(".unit-offer", has_text="B11").click()
    expect(field).to_have_value("B11; ")
    with page.expect_response("**/phoi-hop/**"):
        field.fill("B11; Phó Bí thư – Đứng đầu B11 (B11)")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Phó Bí thư – Đứng đầu B11")).to_be_visible()

    page = sit("hoa").open(f"/nhiem-vu/{task.pk}/")
    expect(page.get_by_role("link", name="hop.txt")).to_be_visible()
    expect(page.get_by_role("link", name="Ghi tiến độ")).to_have_count(0)
