"""PDF: paragraphs across lines and pages, ruled tables, photographs said, and limits that hold."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.pure.text.test_file_formats import built, refusal

from chithi.text import office
from chithi.text.extract import extract
from chithi.text.pdf_lines import Line, paragraphs

LONG = (
    "Trong năm 2024, toàn huyện có 820/820 đồng chí đăng ký nêu gương, trong đó có 710 đảng viên; nhân dân các thôn, "
    "bản vùng cao hiến 12.345 m2 đất, góp 3 tỷ 120 triệu đồng và 1.438 ngày công để làm 42 km đường bê tông."
)


def printed(folder: Path, source: str, how: str = "pdf") -> bytes:
    program = office.program()
    if program is None:
        pytest.skip("NOT CHECKED: LibreOffice is not installed, so no PDF can be made")
    path = folder / "x.docx"
    path.write_bytes(built(source))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", how, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "x.pdf").read_bytes()


def picture(size: tuple[int, int] = (300, 400)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "gray").save(data, "PDF")
    return data.getvalue()


def joined(*parts: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        whole.import_pages(pypdfium2.PdfDocument(part))
    data = io.BytesIO()
    whole.save(data)
    return data.getvalue()


def test_paragraphs_run_on_over_lines_and_pages(tmp_path: Path) -> None:
    source = "\n".join(f"{number}. {LONG}" for number in range(1, 61)) + "\n"
    assert extract(printed(tmp_path, source), "x.pdf").text == source


def test_a_ruled_table_is_rows_with_tabs_where_it_stands(tmp_path: Path) -> None:
    long = "Số hộ hiến đất làm đường ở các thôn, bản vùng cao, vùng xa của huyện"
    source = f"{LONG}\nNội dung\tKỳ này\tCùng kỳ\nLớp\t2\t3\n{long}\t12\t\nSau bảng có 34 hộ.\n"
    assert extract(printed(tmp_path, source), "x.pdf").text == source


def test_a_photographed_page_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    page = printed(tmp_path, f"{LONG}\n")
    found = extract(joined(page, picture(), picture(), page, picture()), "x.pdf")
    assert [(notice.code, notice.facts) for notice in found.notices] == [("text.scanned_pages", {"pages": "2–3, 5"})]
    assert "[Trang 3 là ảnh chụp, chưa đọc được chữ]" in found.text.splitlines()
    assert found.text.count(LONG) == 2


def test_photographs_alone_are_refused() -> None:
    assert refusal(joined(picture(), picture()), "x.pdf") == "text.scanned"


def test_a_password_is_said(tmp_path: Path) -> None:
    wish = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    assert refusal(printed(tmp_path, "a", f"pdf:writer_pdf_Export:{wish}"), "x.pdf") == "text.encrypted"


def blank(pages: int) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        whole.new_page(595, 842)
    data = io.BytesIO()
    whole.save(data)
    return data.getvalue()


def test_three_hundred_pages_are_read_and_two_thousand_refused(tmp_path: Path) -> None:
    source = "\n".join(f"{number}. {LONG}" for number in range(1, 61)) + "\n"
    few = printed(tmp_path, source)
    pages = len(pypdfium2.PdfDocument(few))
    found = extract(joined(*[few] * (300 // pages + 1)), "x.pdf")
    assert found.text.count("820/820") == 60 * (300 // pages + 1)
    assert refusal(blank(2_000), "x.pdf") == "text.too_many_pages"
    assert refusal(blank(2), "x.pdf") == "text.empty"


def test_a_broken_file_is_read_or_refused_but_never_breaks(tmp_path: Path) -> None:
    data = printed(tmp_path, f"{LONG}\n")
    assert extract(data[: data.rindex(b"startxref")], "x.pdf").text == f"{LONG}\n"  # the directory is rebuilt
    assert refusal(data[: len(data) // 3], "x.pdf") in ("text.not_a_document", "text.empty")


@pytest.mark.parametrize(
    ("before", "after", "runs_on"),
    [
        (Line("một dòng dài đến", 90, 515, 700, 12, 20), Line("hết lề", 90, 200, 685, 12, 20), True),
        (Line("một dòng ngắn", 90, 300, 700, 12, 20), Line("dòng sau", 90, 200, 685, 12, 20), False),
        (Line("một dòng dài đến", 90, 515, 700, 12, 20), Line("- gạch đầu dòng", 90, 200, 685, 12, 20), False),
        (Line("một dòng dài đến", 90, 515, 700, 12, 20), Line("cách xa", 90, 200, 660, 12, 20), False),
        (Line("hết câu dài.", 90, 515, 700, 12, 20), Line("Thụt vào", 126, 200, 685, 12, 20), False),
        (Line("hàng\tcột", 90, 515, 700, 12, 20), Line("sau bảng", 90, 200, 685, 12, 20), False),
        (Line("từ bị ngắt", 90, 300, 700, 12, 20, ends_hyphenated=True), Line("x", 90, 200, 685, 12, 5), True),
    ],
)
def test_lines_join_by_their_place(before: Line, after: Line, runs_on: bool) -> None:
    edge = Line("lề phải của trang này", 90, 520, 800, 12, 20)
    assert (len(paragraphs([[edge, Line.apart("-"), before, after]])) == 3) is runs_on
