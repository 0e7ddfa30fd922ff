"""Writes a plain source as a file of each format, without any office program: a line is a paragraph, tabs make rows."""

from __future__ import annotations

import ctypes
import html
import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from docx.table import Table

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_SIZE, _LEADING, _LEFT, _RIGHT, _TOP, _FOOT = 12.0, 17.0, 85.0, 538.0, 770.0, 70.0


def blocks(source: str) -> Iterator[tuple[bool, list[str]]]:
    """Neighbouring lines with tabs as one table (True), the others as paragraphs."""
    for ruled, lines in groupby(source.rstrip("\n").split("\n"), key=lambda line: "\t" in line):
        yield ruled, list(lines)


def as_docx(source: str) -> bytes:
    document = docx.Document()
    for ruled, lines in blocks(source):
        if not ruled:
            for line in lines:
                document.add_paragraph(line)
            continue
        rows = [line.split("\t") for line in lines]
        table: Table = document.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def as_html(source: str) -> bytes:
    body = []
    for ruled, lines in blocks(source):
        if ruled:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            body += [f"<p>{html.escape(line)}</p>" for line in lines]
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(body)}</body></html>".encode()


def as_rtf(source: str) -> bytes:
    def words(text: str) -> str:
        return "".join(
            f"\\{letter}" if letter in "\\{}" else letter if letter < "\x80" else f"\\u{_signed(letter)}?"
            for letter in text
        )

    body = []
    for ruled, lines in blocks(source):
        for line in lines:
            if ruled:
                cells = line.split("\t")
                edges = "".join(f"\\cellx{2000 * (at + 1)}" for at in range(len(cells)))
                body.append(f"\\trowd{edges}" + "".join(f"\\intbl {words(cell)}\\cell" for cell in cells) + "\\row")
            else:
                body.append(f"\\pard {words(line)}\\par")
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}" + "\n".join(body) + "}").encode("ascii")


def _signed(letter: str) -> int:
    return ord(letter) - 65_536 if ord(letter) > 32_767 else ord(letter)


def as_odt(source: str) -> bytes:
    body = []
    for ruled, lines in blocks(source):
        if ruled:
            rows = (
                "".join(
                    f"<table:table-cell><text:p>{html.escape(cell)}</text:p></table:table-cell>"
                    for cell in line.split("\t")
                )
                for line in lines
            )
            made = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
            body.append(f"<table:table>{made}</table:table>")
        else:
            body += [f"<text:p>{html.escape(line)}</text:p>" for line in lines]
    opened = f"<office:document-content {_NAMESPACES}><office:body><office:text>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f"{opened}{''.join(body)}</office:text></office:body></office:document-content>"
        )
    return packed.getvalue()


def as_pdf(source: str) -> bytes:
    """Set in Liberation Serif with ragged lines and ruled tables; the font must be installed."""
    paper = _Paper()
    for ruled, lines in blocks(source):
        if ruled:
            paper.table([line.split("\t") for line in lines])
        else:
            for line in lines:
                paper.paragraph(line)
    return paper.finished()


class _Paper:
    """Pages filled from the top."""

    def __init__(self) -> None:
        self.document = pypdfium2.PdfDocument.new()
        data = FONT.read_bytes()
        self._kept = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        self.font = pdfium.FPDFText_LoadFont(self.document, self._kept, len(data), pdfium.FPDF_FONT_TRUETYPE, 1)
        self.page = self.document.new_page(595, 842)
        self.down = _TOP
        self._widths: dict[str, float] = {}

    def _object(self, text: str) -> pdfium.FPDF_PAGEOBJECT:
        made = pdfium.FPDFPageObj_CreateTextObj(self.document, self.font, _SIZE)
        coded = (text + "\0").encode("utf-16-le")
        units = (ctypes.c_ushort * (len(coded) // 2)).from_buffer_copy(coded)
        pdfium.FPDFText_SetText(made, units)
        return made

    def width(self, text: str) -> float:
        """Of one word, in points."""
        if text not in self._widths:
            made = self._object(text)
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            pdfium.FPDFPageObj_GetBounds(made, left, bottom, right, top)
            pdfium.FPDFPageObj_Destroy(made)
            self._widths[text] = right.value - left.value
        return self._widths[text]

    def write(self, text: str, left: float, down: float) -> None:
        made = self._object(text)
        pdfium.FPDFPageObj_Transform(made, 1, 0, 0, 1, left, down)
        pdfium.FPDFPage_InsertObject(self.page, made)

    def _room(self, lines: int) -> None:
        if self.down - lines * _LEADING < _FOOT:
            pdfium.FPDFPage_GenerateContent(self.page)
            self.page = self.document.new_page(595, 842)
            self.down = _TOP

    def paragraph(self, text: str) -> None:
        for line in self._broken(text):
            self._room(1)
            self.write(line, _LEFT, self.down)
            self.down -= _LEADING
        self.down -= _LEADING / 2

    def _broken(self, text: str) -> list[str]:
        lines, line, space = [], "", self.width("n n") - 2 * self.width("n")
        used = 0.0
        for word in text.split(" "):
            needed = self.width(word) if word else 0.0
            if line and used + space + needed > _RIGHT - _LEFT:
                lines.append(line)
                line, used = word, needed
            else:
                used += needed + (space if line else 0.0)
                line = f"{line} {word}" if line else word
        return [*lines, line]

    def table(self, rows: list[list[str]]) -> None:
        self._room(len(rows) + 1)
        columns = max(map(len, rows))
        wide = (_RIGHT - _LEFT) / columns
        top = self.down + _SIZE
        for row in rows:
            for at, cell in enumerate(row):
                self.write(cell, _LEFT + at * wide + 4, self.down)
            self.down -= _LEADING
        bottom = self.down + _SIZE
        for at in range(columns + 1):
            self._rule(_LEFT + at * wide, bottom, _LEFT + at * wide, top)
        for number in range(len(rows) + 1):
            self._rule(_LEFT, top - number * _LEADING, _RIGHT, top - number * _LEADING)
        self.down -= _LEADING

    def _rule(self, left: float, bottom: float, right: float, top: float) -> None:
        path = pdfium.FPDFPageObj_CreateNewPath(left, bottom)
        pdfium.FPDFPath_LineTo(path, right, top)
        pdfium.FPDFPageObj_SetStrokeWidth(path, 0.7)
        pdfium.FPDFPath_SetDrawMode(path, 0, 1)
        pdfium.FPDFPage_InsertObject(self.page, path)

    def finished(self) -> bytes:
        pdfium.FPDFPage_GenerateContent(self.page)
        data = io.BytesIO()
        self.document.save(data)
        return data.getvalue()


WRITERS = {"docx": as_docx, "html": as_html, "rtf": as_rtf, "odt": as_odt, "pdf": as_pdf}
