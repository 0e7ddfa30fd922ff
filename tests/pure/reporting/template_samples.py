"""Templates for tests, written with python-docx as an office would in Word, and ways to break a packed file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import docx

from chithi.core.errors import Refused
from chithi.reporting.own_templates.child import filled
from chithi.reporting.own_templates.sample import sample_values

DAY = date(2026, 11, 22)
CODES = ("study.members", "study.classes", "meeting.quality", "org.members_on_duty")
PROPERTIES = {"title": "Thử", "author": "Đảng ủy xã Ví Dụ", "subject": "Năm 2025", "day": "2026-11-22"}
VALUES = sample_values(DAY)


def template(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A document of these paragraphs, then a table of these cells."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return packed(document)


def packed(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def made_of(data: bytes, values: dict[str, Any] | None = None) -> Any:
    """The filled document, opened with python-docx."""
    file, _ = filled(data, VALUES if values is None else values, PROPERTIES, CODES)
    return docx.Document(io.BytesIO(file))


def lines_of(data: bytes, values: dict[str, Any] | None = None) -> list[str]:
    """The paragraphs of the filled document that say something."""
    return [said(paragraph) for paragraph in made_of(data, values).paragraphs if said(paragraph)]


def said(paragraph: Any) -> str:
    """The text of a paragraph with that of its links."""
    return "".join(node.text or "" for node in paragraph._p.iter() if node.tag.endswith("}t"))


def refusal(data: bytes) -> Refused:
    """What is wrong with the template."""
    try:
        filled(data, VALUES, PROPERTIES, CODES)
    except Refused as problem:
        return problem
    raise AssertionError("it was filled")


def rewritten(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The file with one part changed."""
    return repacked(data, {name: change(part_of(data, name)).encode()})


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The file with parts added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            if name not in parts:
                archive.writestr(name, given.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_relationship(data: bytes, kind: str, target: str, *, outside: bool = True) -> bytes:
    """The file with one more link from its body."""
    mode = ' TargetMode="External"' if outside else ""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}"{mode}/>'
    return rewritten(
        data, "word/_rels/document.xml.rels", lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>")
    )


def with_body(data: bytes, xml: str) -> bytes:
    """The file with more XML at the beginning of its body."""
    return rewritten(data, "word/document.xml", lambda body: body.replace("<w:body>", f"<w:body>{xml}", 1))
