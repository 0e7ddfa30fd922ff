"""What several walks do the same way: coming in, securing an account, filling in a template."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import Page, expect

from chithi.sheets import read
from tests.browser.test_manage_accounts import code_now

PASSWORD = "con đường làng năm ấy"
FIRST_SHEET = "xl/worksheets/sheet1.xml"


def area(page: Page, name: str) -> None:
    """From the front page of administration into one of its areas."""
    page.goto("/quan-tri/")
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def press(page: Page, name: str) -> None:
    """The button of the page itself, not of the bar above it."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """A link of the page itself."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def said(page: Page, words: str) -> None:
    """What the page says happened."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def set_password(page: Page, secret: str, now: str = "") -> None:
    """Give oneself a password; `now` where there is one."""
    page.goto("/tai-khoan/")
    follow(page, "Đổi mật khẩu" if now else "Đặt mật khẩu")
    if now:
        page.get_by_label("Mật khẩu hiện nay").fill(now)
    page.get_by_label("Mật khẩu mới", exact=True).fill(secret)
    page.get_by_label("Gõ lại mật khẩu mới").fill(secret)
    press(page, "Đổi mật khẩu")
    said(page, "Đã đổi mật khẩu")


def set_second_factor(page: Page, username: str) -> None:
    """Take a second factor, as the application on the telephone would be asked."""
    follow(page, "Bật xác thực hai bước")
    page.get_by_label("Mã trong ứng dụng").fill(code_now(username))
    press(page, "Bật xác thực hai bước")
    expect(page.locator(".codes li")).to_have_count(10)


def filled_in(template: Path, rows: Sequence[dict[str, str]]) -> bytes:
    """The downloaded template with rows typed under its heads, all else in the workbook as it was."""
    heads = [str(head) for head in read(template.read_bytes(), "mau.xlsx")[0].rows[0]]
    lines = []
    for number, row in enumerate(rows, start=2):
        assert set(row) <= set(heads), (row, heads)
        typed = [f'<c t="inlineStr"><is><t>{escape(row.get(head, ""))}</t></is></c>' for head in heads]
        lines.append(f'<row r="{number}">{"".join(typed)}</row>')
    made = io.BytesIO()
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == FIRST_SHEET:
                data = data.replace(b"</sheetData>", "".join(lines).encode() + b"</sheetData>")
            new.writestr(name, data)
    return made.getvalue()
