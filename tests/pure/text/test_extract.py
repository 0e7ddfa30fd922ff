"""Files become text: Word documents as a reader sees them, hostile ones refused, always the same answer."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest
from tests.pure.text import labelled

from chithi.core.errors import Refused
from chithi.text.extract import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OPEN = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>'
CLOSE = "</w:body></w:document>"


def packed(body: str, *, raw: str | None = None, level: int = zipfile.ZIP_DEFLATED, **more: str | bytes) -> bytes:
    """A .docx with `body` in its document part; `more` are further parts, `__` stands for a slash, `_xml` ends them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", level) as archive:
        archive.writestr("word/document.xml", raw if raw is not None else OPEN + body + CLOSE)
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return target.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def refusal(data: bytes, filename: str = "x.docx") -> str:
    with pytest.raises(Refused) as refused:
        extract(data, filename)
    return refused.value.code


def test_paragraphs_breaks_and_tables_are_read_in_order() -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Lớp", "12")) + "</w:tr>"
    body = paragraph("Đầu") + f"<w:tbl>{row}{row}</w:tbl>" + "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"
    assert extract(packed(body), "x.docx").text == "Đầu\nLớp\t12\nLớp\t12\na\nb\n"


def test_a_table_inside_a_cell_is_read_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('trong')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('ngoài')}{inner}</w:tc></w:tr></w:tbl>"
    assert extract(packed(body), "x.docx").text == "ngoài trong\n"


def test_deleted_text_and_fallback_copies_are_left_out_notes_and_boxes_are_kept() -> None:
    note = f'<w:footnote w:id="2">{paragraph("Chú thích 9 hộ")}</w:footnote>'
    notes = f'<?xml version="1.0"?><w:footnotes {W}>{note}</w:footnotes>'
    body = (
        "<w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t>giữ</w:t></w:r></w:ins>"
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('hộp')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{paragraph('hộp')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert extract(packed(body, word__footnotes_xml=notes), "x.docx").text == "giữ\nhộp\nChú thích 9 hộ\n"


def test_the_same_file_gives_the_same_answer() -> None:
    data = packed(paragraph("12 hộ"))
    assert extract(data, "a.docx") == extract(data, "b.docx")
    assert extract("12 hộ".encode(), "a.txt").text == "12 hộ"


@pytest.mark.parametrize(
    ("doctype", "inside"),
    [
        ('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
        ('<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', "&b;"),
        ('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">', "x"),
    ],
)
def test_entities_and_document_types_are_refused(doctype: str, inside: str) -> None:
    raw = OPEN.replace("?>", "?>" + doctype, 1) + paragraph(inside) + CLOSE
    assert refusal(packed("", raw=raw)) == "text.forbidden_xml"


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    assert refusal(packed(paragraph("a"), word__media_xml=b"0" * 30_000_000)) == "text.zip_bomb"


def test_fifty_megabytes_of_text_are_refused_by_the_directory() -> None:
    long = "".join(f"Năm nay xã có {number * 7919 % 10_007} hộ. " for number in range(1_900_000))
    data = packed(paragraph(long))
    assert len(long.encode()) > 50_000_000
    assert len(data) < 20_000_000
    assert refusal(data) == "text.too_large"
    assert refusal(b"a" * 50_000_000, "x.txt") == "text.too_large"


def test_text_that_is_too_long_inside_a_small_file_is_refused_by_the_child() -> None:
    words = " ".join(str(number * 7919 % 1_000_003) for number in range(900_000))
    assert refusal(packed(paragraph(words))) == "text.too_large"


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "x.docx", "text.empty"),
        (b"PK\x03\x04 broken", "x.docx", "text.not_a_document"),
        (b"hello", "x.docx", "text.not_a_document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc", "text.legacy_or_encrypted"),
        (b"%PDF-1.7 abc", "x.pdf", "text.not_a_document"),
        (packed("", raw="<not xml"), "x.docx", "text.not_a_document"),
        (packed("", raw=f"<w:document {W}/>"), "x.docx", "text.not_a_document"),
        (packed(""), "x.docx", "text.empty"),
        (packed("<w:p>" * 1 + "<w:r>" * 300 + "</w:r>" * 300 + "</w:p>"), "x.docx", "text.too_deep"),
        (packed(paragraph("a"), **{"..__evil_xml": "x"}), "x.docx", "text.strange_path"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename) == code


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(packed(paragraph("a")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "text.encrypted"


@pytest.mark.parametrize("name", ["bao-cao-huyen-hai-nam", "bao-cao-xa-nam"])
def test_the_word_samples_are_their_sources_letter_by_letter(name: str) -> None:
    source = (labelled.SAMPLES / "word" / f"{name}.txt").read_text(encoding="utf-8")
    assert extract((labelled.SAMPLES / f"{name}.docx").read_bytes(), f"{name}.docx").text == source
    spec = importlib.util.spec_from_file_location("build_sample_documents", _tool())
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert extract(tool.build(source), "x.docx").text == source


def _tool() -> Path:
    return labelled.ROOT / "tools" / "build_sample_documents.py"
