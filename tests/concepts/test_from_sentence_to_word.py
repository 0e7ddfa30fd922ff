"""The main job: a document is taken in, its figures confirmed, and the Word report opens the sentences."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.from_text import confirm, reopen
from chithi.indicators.queries import lines
from chithi.indicators.trace import trace
from chithi.narrative.actions import Incoming, take_in
from chithi.narrative.models import Document, Span
from chithi.narrative.queries import spans_of
from chithi.org.actions import NewUnit, merge, open_unit
from chithi.org.kinds import UnitKind
from chithi.reporting.actions import make_report
from tests.worlds import World

PERIOD = "2011-05-14..2013-08-23"
TEXT = (
    "Tính đến nay, toàn tỉnh đã mở 731 lớp học tập chuyên đề với 40.539 đảng viên tham gia, đạt 98,1%.\n"
    "Toàn tỉnh có 38.969 đảng viên viết bản đăng ký làm theo, đạt 94,2%.\n"
    "Tuy nhiên, một số cấp ủy còn trông chờ hướng dẫn.\n"
)


def taken(world: World, who: str = "chau", unit: str = "T", text: str = TEXT) -> Document:
    incoming = Incoming(title="Báo cáo thử", text=text, extractor="plain/1", period_code=PERIOD)
    return take_in(by=world.viewer(who), unit_id=world.unit(unit), incoming=incoming)


def confirm_all(world: World, document: Document, who: str = "chau") -> None:
    for span in spans_of(world.viewer(who), document.pk):
        if span.indicator_code:
            confirm(by=world.viewer(who), span_id=span.pk, seen_version=span.version)
    drain_all()


def span_of(world: World, document: Document, quote: str) -> Span:
    spans = spans_of(world.viewer("chau"), document.pk)
    return next(s for s in spans if document.text[s.start : s.end].startswith(quote))


def test_the_offsets_of_a_span_are_those_of_the_verbatim_text(world: World) -> None:
    document = taken(world)
    assert span_of(world, document, "731 lớp").value == 731
    assert span_of(world, document, "40.539").percent_decimals == 1


def test_a_confirmed_sentence_becomes_a_statement_whose_trace_shows_the_sentence(world: World) -> None:
    document = taken(world)
    confirm_all(world, document)
    opened = trace(world.viewer("chau"), 20, world.unit("T"), parse(PERIOD))
    assert opened.line.chosen.value == 731
    assert opened.line.chosen.source == "narrative"
    quoted = opened.stated[0].quote
    assert quoted is not None
    assert quoted.marked.startswith("731 lớp")
    assert quoted.before.startswith("Tính đến nay")


def test_a_stated_share_keeps_its_own_base_and_only_implies_one(world: World) -> None:
    confirm_all(world, taken(world))
    chosen = lines(world.viewer("chau"), world.unit("T"), parse(PERIOD)).line("study.members").chosen
    assert (chosen.value, str(chosen.percent), chosen.percent_stated, chosen.total) == (40539, "98.1", True, None)
    assert chosen.implied is not None
    assert chosen.implied[0] <= 41324 <= chosen.implied[1]


def test_two_clerks_on_one_span_the_second_is_told(world: World) -> None:
    document = taken(world)
    span = span_of(world, document, "731")
    confirm(by=world.viewer("chau"), span_id=span.pk, seen_version=span.version)
    with pytest.raises(Refused) as refused:
        confirm(by=world.viewer("chau"), span_id=span.pk, seen_version=span.version)
    assert refused.value.code == "narrative.decided_already"
    with pytest.raises(Stale):
        reopen(by=world.viewer("chau"), span_id=span.pk, seen_version=span.version)


def test_undoing_a_confirmation_takes_the_figure_back(world: World) -> None:
    document = taken(world)
    span = span_of(world, document, "731")
    confirm(by=world.viewer("chau"), span_id=span.pk, seen_version=1)
    reopen(by=world.viewer("chau"), span_id=span.pk, seen_version=2)
    drain_all()
    assert lines(world.viewer("chau"), world.unit("T"), parse(PERIOD)).line("study.classes").chosen.missing


def test_the_same_text_is_not_taken_in_twice(world: World) -> None:
    taken(world)
    with pytest.raises(Refused) as refused:
        taken(world)
    assert refused.value.code == "narrative.taken_in_already"


def test_nobody_takes_a_document_in_outside_their_reach(world: World) -> None:
    with pytest.raises(Absent):
        taken(world, who="minh")


def test_a_second_document_does_not_overwrite_the_first_unseen(world: World) -> None:
    confirm_all(world, taken(world))
    second = taken(world, text="Toàn tỉnh đã mở 800 lớp học tập chuyên đề.")
    span = span_of(world, second, "800")
    with pytest.raises(Refused) as refused:
        confirm(by=world.viewer("chau"), span_id=span.pk, seen_version=1)
    assert refused.value.code == "indicators.stated_elsewhere"
    replacing = refused.value.facts["figure"]
    figure = confirm(by=world.viewer("chau"), span_id=span.pk, seen_version=1, replacing=replacing)
    assert (figure.value, figure.replaces_id) == (800, replacing)


def links_of(file: bytes) -> list[str]:
    """Every hyperlink target of a Word file."""
    document = docx.Document(io.BytesIO(file))
    return [rel.target_ref for rel in document.part.rels.values() if rel.reltype.endswith("/hyperlink")]


def text_of(file: bytes) -> str:
    """All text of the paragraphs, runs inside links included."""
    body = docx.Document(io.BytesIO(file)).element.body
    return "\n".join(
        "".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in body.iter() if p.tag.endswith("}p")
    )


def test_the_word_report_tells_the_figures_with_links_to_their_traces(world: World) -> None:
    confirm_all(world, taken(world))
    report = make_report(by=world.viewer("chau"), unit_id=world.unit("T"), period=parse(PERIOD))
    text = text_of(bytes(report.file))
    for figure in ("731", "40.539", "98,1%", "38.969", "94,2%"):
        assert figure in text
    assert report.code in text
    addresses = [link for link in links_of(bytes(report.file)) if "/so/20/" in link]
    assert addresses
    assert re.fullmatch(rf"http://\S+/so/20/{world.unit('T')}/{re.escape(PERIOD)}/\?ma={report.code}", addresses[0])


def test_the_same_figures_make_the_same_report(world: World) -> None:
    confirm_all(world, taken(world))
    first = make_report(by=world.viewer("chau"), unit_id=world.unit("T"), period=parse(PERIOD))
    bytes_before, pk = bytes(first.file), first.pk
    again = make_report(by=world.viewer("chau"), unit_id=world.unit("T"), period=parse(PERIOD))
    assert (again.pk, bytes(again.file)) == (pk, bytes_before)


def test_a_merge_of_two_communes_leaves_last_years_report_identical(world: World) -> None:
    from tests.concepts.test_totals import say
    from tests.worlds import add_members

    add_members(world.units["A11"], 3)
    add_members(world.units["A21"], 2)
    say(world, "minh", "A1", 7)
    say(world, "chau", "A2", 5)
    drain_all()
    before = make_report(by=world.viewer("chau"), unit_id=world.unit("A"), period=parse("2025"))
    file = bytes(before.file)
    heir = open_unit(
        by=world.viewer("an"),
        new=NewUnit("A3", "Đảng bộ xã An Mới", "An Mới", UnitKind.GRASSROOTS, is_grassroots=True),
        parent_id=world.unit("A"),
        on=date(2026, 7, 1),
    )
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1"), world.unit("A2")], heir_id=heir.pk, on=date(2026, 7, 1))
    drain_all()
    after = make_report(by=world.viewer("chau"), unit_id=world.unit("A"), period=parse("2025"))
    assert bytes(after.file) == file
    members = lines(world.viewer("chau"), heir.pk, parse("2026")).line("org.members_on_duty")
    assert members.chosen.value == 5


def test_the_heirs_clerk_reads_what_the_closed_commune_did(world: World) -> None:
    from tests.concepts.test_totals import say

    say(world, "minh", "A1", 7, period=parse("2026-Q1"))
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1")], heir_id=world.unit("A2"), on=date(2026, 7, 1))
    drain_all()
    found = lines(world.viewer("chau"), world.unit("A2"), parse("2026")).line("study.classes")
    assert (found.numerator.computed.value, found.numerator.computed.inherited) == (7, 7)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("TỈNH ỦY AN\n*\nSố 12-BC/TU\n\nBÁO CÁO\nkết quả hai năm thực hiện\n", "BÁO CÁO kết quả hai năm thực hiện"),
        ("Hội nghị giao ban\n\nSáng nay, mở 5 lớp.", "Hội nghị giao ban"),
    ],
)
def test_a_document_without_a_title_is_called_by_its_own_heading(world: World, text: str, title: str) -> None:
    incoming = Incoming(title="", text=text, extractor="plain/1", period_code=PERIOD)
    assert take_in(by=world.viewer("chau"), unit_id=world.unit("T"), incoming=incoming).title == title
