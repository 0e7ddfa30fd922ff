"""A report as PDF: made once by LibreOffice, kept, two at a time; where it is not here that is said."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings

from chithi.core.apart import Limits
from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.reporting import pdf
from chithi.reporting.actions import make_report
from chithi.reporting.models import Report, ReportPdf
from chithi.text import office
from tests.worlds import World

WHY = "a test looks"
here = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not here: no PDF is made")


def made(world: World, unit: str = "A11") -> Report:
    return make_report(by=world.viewer("minh"), unit_id=world.unit(unit), period=parse("2025"))


@contextmanager
def held(folder: Path, *places: int) -> Iterator[None]:
    """Somebody else holds these places at LibreOffice."""
    with ExitStack() as stack:
        for place in places:
            opened = os.open(folder / f"pdf-{place}.lock", os.O_RDWR | os.O_CREAT)
            stack.callback(os.close, opened)
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "CHITHI_HOME", tmp_path)
    monkeypatch.setattr(pdf, "WAITS", 0.0)
    return tmp_path


@here
def test_the_pdf_says_what_the_word_file_says_and_is_made_once(world: World, home: Path) -> None:
    report = made(world)
    with held(home, 1):  # one place is free
        first = pdf.pdf_of(world.viewer("minh"), report)
    document = pypdfium2.PdfDocument(first)
    text = document[0].get_textpage().get_text_range()
    assert "CHI BỘ THÔN HÒA MỘT" in text
    assert report.code in "".join(page.get_textpage().get_text_range() for page in document)
    with held(home, 1, 2):  # nothing need be made
        assert pdf.pdf_of(world.viewer("lan"), report) == first
    kept = ReportPdf.objects.everywhere(because=WHY).get()
    assert kept.sha256 == hashlib.sha256(bytes(report.file)).hexdigest()


def test_when_all_places_are_taken_it_is_said_at_once_and_nothing_is_kept(world: World, home: Path) -> None:
    report = made(world)
    if not pdf.can_make():
        pytest.skip("LibreOffice is not here: no PDF is made")
    with held(home, 1, 2), pytest.raises(Refused, match="pdf_busy"):
        pdf.pdf_of(world.viewer("minh"), report)
    assert not ReportPdf.objects.everywhere(because=WHY).exists()


def test_without_libreoffice_it_is_said_what_to_install_and_a_kept_one_is_still_had(
    world: World, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    report = made(world)
    assert not pdf.can_make()
    with pytest.raises(Refused, match="pdf_no_office"):
        pdf.pdf_of(world.viewer("minh"), report)
    digest = hashlib.sha256(bytes(report.file)).hexdigest()
    ReportPdf.objects.create(unit_id=report.unit_id, report=report, sha256=digest, file=b"%PDF")
    assert pdf.pdf_of(world.viewer("minh"), report) == b"%PDF"


@here
def test_what_takes_too_long_is_ended_and_gives_its_place_back(
    world: World, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = made(world)
    monkeypatch.setattr(office, "LIMITS", Limits(memory=6_000_000_000, processor=60, clock=0, answer=80_000_000))
    for _ in range(3):
        with pytest.raises(Refused, match="pdf_too_slow"):
            pdf.pdf_of(world.viewer("minh"), report)


@here
def test_what_is_no_word_file_gives_no_pdf(world: World, home: Path) -> None:
    report = made(world)
    report.file = b"PK\x03\x04 khong phai van ban"
    with pytest.raises(Refused, match="pdf_failed"):
        pdf.pdf_of(world.viewer("minh"), report)
