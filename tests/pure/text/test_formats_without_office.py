"""Every sample through every format that is read without an office program: same figures, each quote at its place.

`test_file_formats` does the same with files as LibreOffice writes them, where it is installed; these need nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.pure.text import labelled
from tests.pure.text.legacy_writer import tcvn3, vni
from tests.pure.text.plain_writers import FONT, WRITERS
from tests.pure.text.test_pdf import joined, picture

from chithi.core.errors import Refused
from chithi.text.extract import extract
from chithi.text.intake import as_json, read

SAMPLES = sorted(labelled.SAMPLES.glob("*.txt")) + sorted((labelled.SAMPLES / "word").glob("*.txt"))
OLD = {"tcvn3": tcvn3, "vni": vni}
KEPT = (
    "quote", "kind", "value", "value_max", "total", "percent", "unit", "what", "scope", "period", "indicator", "covers",
    "section", "flags",
)  # fmt: skip


def told(text: str) -> list[dict[str, Any]]:
    return [{name: as_json(fact, "x").get(name) for name in KEPT} for fact in read(text).facts]


def written(source: str, ending: str) -> bytes:
    if ending == "pdf" and not FONT.is_file():
        pytest.skip("NOT CHECKED: no Liberation fonts to set a PDF in")
    return WRITERS[ending](source)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_says_the_same_in_every_format(path: Path, ending: str) -> None:
    source = path.read_text(encoding="utf-8")
    found = extract(written(source, ending), f"x.{ending}")
    assert (found.extractor, found.notices) == (ending, ())
    assert " ".join(found.text.split()) == " ".join(source.split())
    assert told(found.text) == told(source) != []
    for fact in read(found.text).facts:
        assert found.text[fact.start : fact.end] == fact.quote


@pytest.mark.parametrize("old", OLD)
@pytest.mark.parametrize("ending", ["docx", "html", "odt"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_older_encoding_inside_a_format_gives_the_same_figures(path: Path, ending: str, old: str) -> None:
    source = path.read_text(encoding="utf-8").translate({0x201C: '"', 0x201D: '"', 0x2013: "-"})
    found = extract(WRITERS[ending](OLD[old](source)), f"x.{ending}")
    assert [notice.code for notice in found.notices] == ["text.older_encoding"]
    mine, theirs = (
        [(fact.kind, fact.value, fact.total, fact.percent) for fact in read(text).facts]
        for text in (found.text, source)
    )
    assert mine == theirs
    for fact in read(found.text).facts:
        assert found.text[fact.start : fact.end] == fact.quote


def test_a_figure_moved_by_one_letter_would_be_seen() -> None:
    source = SAMPLES[0].read_text(encoding="utf-8")
    found = extract(WRITERS["html"]("x" + source), "x.html")
    assert [fact.start for fact in read(found.text).facts] != [fact.start for fact in read(source).facts]
    assert told(found.text.replace("1", "2")) != told(source)


def test_photographed_pages_between_pages_of_text_are_named() -> None:
    line = "Toàn xã có 12/15 chi bộ đăng ký, đạt 80%."
    page = written(f"{line}\n", "pdf")
    found = extract(joined(picture(), page, picture(), page), "x.pdf")
    assert [(notice.code, notice.facts) for notice in found.notices] == [("text.scanned_pages", {"pages": "1, 3"})]
    assert found.text.count(line) == 2
    assert [(fact.value, fact.total) for fact in read(found.text).facts] == [(12, 15)] * 2
    for fact in read(found.text).facts:
        assert found.text[fact.start : fact.end] == fact.quote


def test_a_ruled_table_of_a_pdf_is_rows_where_it_stands() -> None:
    source = "Trước bảng có 2 lớp.\nNội dung\tKỳ này\tCùng kỳ\nLớp\t12\t13\nHộ\t140\t\nSau bảng có 34 hộ.\n"
    assert extract(written(source, "pdf"), "x.pdf").text == source


def test_a_pdf_under_a_password_is_refused_as_such() -> None:
    locked = b"/Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>>> /ID [<aa> <aa>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    data = written("Có 12 hộ.\n", "pdf")
    at = data.rindex(b"trailer") + data[data.rindex(b"trailer") :].index(b"<<") + 2
    with pytest.raises(Refused) as refused:
        extract(data[:at] + locked + data[at:], "x.pdf")
    assert refused.value.code == "text.encrypted"
