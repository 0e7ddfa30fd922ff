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
