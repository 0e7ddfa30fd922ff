"""The pieces of a Word file that python-docx has no word for: links, rules, fields, tables, stable bytes.

Knows the file format and nothing of reports. Every text that enters a file passes `clean`.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_FORBIDDEN = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # what XML 1.0 does not allow
    "|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"  # direction overrides, which could disguise a name
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold
_URL_SAFE = ":/?#[]@!$&'()*+,;=%~"


def clean(text: str) -> str:
    """`text` without characters that XML forbids and without direction marks; line breaks become spaces."""
    return re.sub(r"[\t\r\n]+", " ", _FORBIDDEN.sub("", text))


def element(tag: str, **attributes: str | int) -> Any:
    """A new element such as `element("w:top", val="single", sz=8)`; attribute names take the `w:` prefix."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_link(paragraph: Paragraph, text: str, address: str, style: str) -> Run:
    """Append `text` as a link in a style given by id; an address that is not http(s) leaves the text plain."""
    run = paragraph.add_run(clean(text))
    if not address.startswith(("http://", "https://")):
        return run
    target = quote(clean(address), safe=_URL_SAFE)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.set(qn("w:history"), "1")
    paragraph._p.append(link)
    link.append(run._r)
    run._r.style = style
    return run


def set_style(paragraph: Paragraph, style_id: str) -> None:
    """Give a style by its id; python-docx by name walks all styles, which is slow in long tables."""
    paragraph._p.style = style_id


def add_rule(paragraph: Paragraph) -> None:
    """A solid line above the paragraph, as long as the paragraph is wide between its indents."""
    borders: Any = OxmlElement("w:pBdr")
    borders.append(element("w:top", val="single", sz=8, space=0, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills in, such as PAGE."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        if kind == "separate":
            code = OxmlElement("w:instrText")
            code.text = instruction
            run._r.append(code)
            run = paragraph.add_run()
        run._r.append(element("w:fldChar", fldCharType=kind))


def fix_table(table: Table, widths_twips: list[int], *, borders: bool, cell_margin_twips: int | None = None) -> None:
    """Fixed column widths, with thin lines or with none at all; margins left and right of a cell if given."""
    properties = table._tbl.tblPr
    for tag in ("w:tblW", "w:tblBorders", "w:tblLayout"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    style = "single" if borders else "nil"
    lines = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(element(f"w:{side}", val=style, sz=4, space=0, color="000000"))
    made = [element("w:tblW", w=sum(widths_twips), type="dxa"), lines, element("w:tblLayout", type="fixed")]
    if cell_margin_twips is not None:
        margins = element("w:tblCellMar")
        for side in ("left", "right"):
            margins.append(element(f"w:{side}", w=cell_margin_twips, type="dxa"))
        made.append(margins)
    for new in made:
        properties.insert_element_before(new, "w:tblLook")
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths_twips, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.rows:
        for cell, width in zip(row.cells, widths_twips, strict=True):
            _cell_width(cell, width)


def _cell_width(cell: _Cell, width: int) -> None:
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:tcW")):
        properties.remove(old)
    properties.insert(0, element("w:tcW", w=width, type="dxa"))


def keep_row_whole(row: _Row, *, repeat: bool = False) -> None:
    """Never break the row across pages; `repeat` prints it again at the head of every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def set_fonts(properties: Any, font: str) -> None:
    """Name one font for every script in a `w:rPr`, over any theme font."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def stable_bytes(document: Document) -> bytes:
    """The file of `document` with fixed times in its directory: the same content gives the same bytes."""
    raw, stable = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(stable, "w") as packed:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            packed.writestr(entry, made.read(name), compresslevel=6)
    return stable.getvalue()


def write_to(data: bytes, target: str | Path | BinaryIO) -> None:
    """Write to an open binary file, or to a path in one step so that no half file is left behind."""
    if not isinstance(target, str | Path):
        target.write(data)
        return
    path = Path(target)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    partial.replace(path)
