"""Pictures in a report: chosen or usual, the numbers of its lines, read aloud in Word, kept with it, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chithi.charts.description import Bar, Bars, Trend
from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import IndicatorDefinition, Measure
from chithi.indicators.queries import contributions, contributions_of_each, lines
from chithi.reporting.actions import make_report
from chithi.reporting.compose import compose
from chithi.reporting.content import Picture, ReportContent
from chithi.reporting.kept import as_data, from_data
from chithi.reporting.models import Report
from chithi.reporting.word import docx_bytes
from tests.worlds import TODAY, World, add_members, build_world

pytestmark = pytest.mark.django_db
YEAR = parse("2025")
CLASSES, STUDIED = "study.classes", "study.members"


@pytest.fixture
def world(db: None) -> World:
    found = build_world()
    for code, count in (("A11", 6), ("A12", 4), ("A21", 5)):
        add_members(found.units[code], count)
    for code, year, value in (("A1", "2024", 6), ("A1", "2025", 7), ("A2", "2024", 2), ("A2", "2025", 5)):
        for measure in (CLASSES, STUDIED):
            slot = Slot(found.unit(code), Measure.objects.get(code=measure).pk, parse(year))
            enter(by=found.viewer("chau"), slot=slot, saying=Saying(value), seen=None)
    drain_all()
    return found


def content(world: World, pictured: list[str] | None) -> ReportContent:
    return compose(world.viewer("dung"), world.unit("A"), YEAR, dated=TODAY, base="http://x", pictured=pictured)


def made(world: World, pictured: list[str] | None) -> Report:
    return make_report(by=world.viewer("dung"), unit_id=world.unit("A"), period=YEAR, dated=TODAY, pictured=pictured)


def test_a_chosen_indicator_is_drawn_over_its_periods_and_over_its_units(world: World) -> None:
    trend, bars = content(world, [CLASSES]).pictures
    assert isinstance(trend.drawn, Trend)
    assert isinstance(bars.drawn, Bars)
    assert [point.value for point in trend.drawn.points] == [Decimal(8), Decimal(12)]
    assert [(bar.name, bar.value) for bar in bars.drawn.bars] == [
        ("Đảng bộ xã An Một", Decimal(7)),
        ("Đảng bộ xã An Hai", Decimal(5)),
    ]
    assert bars.title(2) == "Hình 2. Lớp học tập chuyên đề đã mở theo đơn vị, năm 2025"
    line = next(line for line in content(world, [CLASSES]).lines if line.code == CLASSES)
    assert trend.drawn.points[-1].value == line.value
    assert trend.address == line.address


def test_without_a_choice_the_first_with_a_target_are_drawn_and_none_means_none(world: World) -> None:
    IndicatorDefinition.objects.update(target=None)
    assert content(world, None).pictures == ()
    IndicatorDefinition.objects.filter(numerator__code=STUDIED).update(target=9500)
    assert {picture.code for picture in content(world, None).pictures} == {STUDIED}
    assert content(world, []).pictures == ()


def test_what_is_no_indicator_of_the_unit_is_passed_over(world: World) -> None:
    assert content(world, ["khong.co", "media.items", "\x00"]).pictures == ()


def test_word_holds_the_picture_its_caption_its_description_and_its_link(world: World) -> None:
    report = made(world, [CLASSES])
    document = docx.Document(io.BytesIO(bytes(report.file)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    captions = [text for text in texts if text.startswith("Hình ")]
    assert [re.split(r"\. ", text)[:2] for text in captions] == [
        ["Hình 1", "Lớp học tập chuyên đề đã mở qua các kỳ"],
        ["Hình 2", "Lớp học tập chuyên đề đã mở theo đơn vị, năm 2025"],
    ]
    assert len(document.inline_shapes) == 2
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told[0] == "Năm 2025: 12; tăng 4 so với năm 2024."
    links = {link.target_ref for link in document.part.rels.values() if link.is_external}
    assert any(f"/so/20/{world.unit('A')}/2025/?ma={report.code}" in link for link in links)
    page = document.sections[0]
    assert page.page_width is not None
    assert page.left_margin is not None
    assert page.right_margin is not None
    room = page.page_width - page.left_margin - page.right_margin
    assert all(abs(shape.width - room) < 1000 for shape in document.inline_shapes)


def test_the_same_report_is_the_same_file_and_another_choice_another_report(world: World) -> None:
    first = made(world, [CLASSES])
    assert made(world, [CLASSES]).pk == first.pk
    other = made(world, [])
    assert other.code != first.code
    told = content(world, [CLASSES])
    assert docx_bytes(told) == docx_bytes(content(world, [CLASSES]))


def test_what_was_drawn_is_kept_with_the_content(world: World) -> None:
    told = content(world, [CLASSES])
    assert from_data(as_data(told)) == told


def test_an_office_writes_its_pictures_in_its_own_spelling(world: World) -> None:
    bars = tuple(Bar(name, Decimal(1), "1", name) for name in ("Huyện ủy An", "Huyện ủy Bình"))
    picture = Picture("x", "Theo huyện ủy", Bars("Cao nhất: Huyện ủy An.", bars, Decimal(2)))
    told = replace(content(world, []), pictures=(picture,))
    seen = []
    for spelling in ("", "uy_second"):
        file = io.BytesIO(docx_bytes(replace(told, spelling=spelling)))
        [shape] = docx.Document(file).inline_shapes
        seen.append((shape._inline.docPr.get("descr"), zipfile.ZipFile(file).read("word/media/image1.png")))
    assert [descr for descr, _drawn in seen] == ["Cao nhất: Huyện ủy An.", "Cao nhất: Huyện uỷ An."]
    assert seen[0][1] != seen[1][1]


def test_the_units_below_are_read_once_however_many_indicators_are_drawn(world: World) -> None:
    content(world, [CLASSES])  # the periods' totals are there from now on

    def asked(codes: list[str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert {picture.code for picture in content(world, codes).pictures} == set(codes)
        return len(queries)

    assert asked([CLASSES, STUDIED]) == asked([CLASSES]), "one more indicator is not one more reading"


def test_contributions_of_several_indicators_are_those_of_each(world: World) -> None:
    viewer, unit = world.viewer("dung"), world.unit("A")
    meanings = [line.meaning for line in lines(viewer, unit, YEAR, codes=(CLASSES, STUDIED), trend=0).lines]
    together = contributions_of_each(viewer, unit, YEAR, meanings)
    assert together == [contributions(viewer, unit, YEAR, meaning) for meaning in meanings]
    assert [len(of_one) for of_one in together] == [2, 2]
