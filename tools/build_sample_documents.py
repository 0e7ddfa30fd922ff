"""Build the Word samples from their plain sources: `python tools/build_sample_documents.py [FOLDER]`.

A line of a source is a paragraph; neighbouring lines with tabs form a table. Reading the built document back gives
the source again, letter by letter; a test holds both sides together.
"""

from __future__ import annotations

import io
import sys
from itertools import groupby
from pathlib import Path

from docx import Document

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def build(source: str) -> bytes:
    """The .docx of a plain source."""
    document = Document()
    for in_table, lines in groupby(source.rstrip("\n").split("\n"), key=lambda line: "\t" in line):
        if in_table:
            _table(document, [line.split("\t") for line in lines])
        else:
            for line in lines:
                document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _table(document: Document, rows: list[list[str]]) -> None:  # type: ignore[valid-type]  # python-docx exports a factory under this name
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text


def main(folder: Path) -> None:
    for source in sorted((SAMPLES / "word").glob("*.txt")):
        target = folder / f"{source.stem}.docx"
        target.write_bytes(build(source.read_text(encoding="utf-8")))
        print(target.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
