"""A made report is frozen: the same for whoever makes it, never rewritten, each number found again as printed."""

from __future__ import annotations

import html
import re

import pytest
from django.conf import settings
from django.test import Client

from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.kinds import Covers, FigureRole
from chithi.indicators.meanings import meanings
from chithi.indicators.queries import lines
from chithi.indicators.trace import address
from chithi.journal.models import Entry
from chithi.org.models import Person, Post
from chithi.reporting import actions
from chithi.reporting.actions import make_report
from chithi.reporting.compose import compose
from chithi.reporting.models import Report
from chithi.reporting.queries import printed_line
from tests.concepts.test_from_sentence_to_word import PERIOD, confirm_all, links_of, taken, text_of
from tests.concepts.test_totals import say
from tests.worlds import BEGAN, TODAY, World, add_members

YEAR, BEFORE = parse("2025"), parse("2024")


def made(world: World, who: str = "chau", unit: str = "A", period: str = "2025") -> Report:
    return make_report(by=world.viewer(who), unit_id=world.unit(unit), period=parse(period))


def kept(report: Report) -> bytes:
    return bytes(Report.objects.everywhere(because="a test looks").get(pk=report.pk).file)


def test_a_made_report_keeps_its_bytes_when_the_installation_moves(
    world: World, request: pytest.FixtureRequest
) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    first = made(world)
    request.getfixturevalue("settings").PUBLIC_URL = "https://noi-moi.example"
    again = made(world)
    assert (again.pk, kept(again)) == (first.pk, bytes(first.file))
    assert "noi-moi" not in "".join(links_of(bytes(again.file)))


def test_what_is_printed_beside_the_figures_makes_another_report(world: World) -> None:
    confirm_all(world, taken(world))
    first = made(world, unit="T", period=PERIOD)
    file = bytes(first.file)
    taken(world, text="Tuy nhiên, một số nơi còn lúng túng trong cách làm.\n")
    second = made(world, unit="T", period=PERIOD)
    assert second.code != first.code
    assert "lúng túng" in text_of(bytes(second.file))
    assert kept(first) == file


def test_two_people_make_the_same_report_of_a_unit(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    by_leader, by_agency = (
        compose(world.viewer(who), world.unit("A"), YEAR, dated=TODAY, base="") for who in ("dung", "chau")
    )
    assert by_leader == by_agency
    assert by_leader.header.parent == "Tỉnh ủy Thử"
    assert by_leader.recipients == ("Tỉnh ủy Thử",)
    assert made(world, "dung").pk == made(world, "chau").pk
    assert compose(world.viewer("chau"), world.unit("T"), YEAR, dated=TODAY, base="").header.parent == ""


def test_of_two_clicks_at_once_both_get_the_one_report(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(world)
    look, looks = actions._made, []

    def blind_at_first(*asked: object) -> Report | None:
        looks.append(asked)
        return None if len(looks) == 1 else look(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_made", blind_at_first)
    assert made(world).pk == first.pk
    assert len(looks) == 2
    assert Report.objects.everywhere(because="a test counts").count() == 1
    assert Entry.objects.everywhere(because="a test counts").filter(verb="reporting.made").count() == 1


def test_a_printed_number_is_found_by_its_unit_period_and_role(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "minh", "A1", 4, period=BEFORE)
    say(world, "chau", "A", 3, "study.members", period=parse("2025-Q1"), covers=Covers.SUBTREE)
    say(world, "chau", "A", 50, covers=Covers.SUBTREE, role=FigureRole.TARGET)
    drain_all()
    report, unit = made(world), world.unit("A")
    assert printed_line(report, "study.classes", unit, "2025") == {"value": "7", "percent": None}
    assert printed_line(report, "study.classes", unit, "2024") == {"value": "4", "percent": None}
    assert printed_line(report, "study.classes", unit, "2025", role="target") == {"value": "50", "percent": None}
    assert printed_line(report, "study.members", unit, "2025-Q1") == {"value": "3", "percent": None}
    assert printed_line(report, "study.members", unit, "2025") is None
    assert printed_line(report, "study.classes", world.unit("A1"), "2025") is None
    assert printed_line(report, "study.classes", unit, "2023") is None


def page(world: World, who: str, path: str) -> str:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_trace_of_a_printed_number_shows_that_number_and_no_other(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "minh", "A1", 4, period=BEFORE)
    say(world, "chau", "A", 50, covers=Covers.SUBTREE, role=FigureRole.TARGET)
    drain_all()
    report, unit = made(world), world.unit("A")
    then = page(world, "dung", address(20, unit, BEFORE, report=report.code))
    assert "Đã in trong báo cáo" in then
    assert "Không đổi từ khi lập báo cáo" in then
    norm = page(world, "dung", address(20, unit, YEAR, report=report.code, role="target"))
    assert "Không đổi từ khi lập báo cáo" in norm
    assert "Đã in trong báo cáo" not in page(world, "dung", address(20, world.unit("A1"), YEAR, report=report.code))


def key_leaders(world: World, unit: str) -> list[Person]:
    """Three key leaders of a unit of whom the last is not a member; the people."""
    people = [*add_members(world.units[unit], 2), Person.objects.create(name="Người ngoài Đảng", folded="nguoi ngoai")]
    for person in people:
        Post.objects.create(person=person, unit=world.units[unit], since=BEGAN, title="Chủ chốt", is_key_leader=True)
    drain_all()
    return people


def test_the_parts_of_a_breakdown_stand_in_the_trace_and_their_links_mark_them(world: World) -> None:
    people = key_leaders(world, "A11")
    number = meaning_of_code("org.key_leaders")
    whole = page(world, "lan", address(number, world.unit("A11"), YEAR))
    assert "Trong đó" in whole
    assert "Là đảng viên" in whole
    assert 'aria-current="true"><dt>' not in whole
    assert all(person.name in whole for person in people)
    outside = page(world, "lan", address(number, world.unit("A11"), YEAR, member="other"))
    assert re.search(r'aria-current="true"><dt>Không phải là đảng viên</dt>', outside)
    assert "1 ghi chép của chính đơn vị này" in outside
    assert [person.name in outside for person in people] == [False, False, True]


def test_a_part_printed_in_word_leads_to_that_part_as_it_was_printed(world: World) -> None:
    key_leaders(world, "A11")
    report, number = made(world), meaning_of_code("org.key_leaders")
    path = address(number, world.unit("A"), YEAR, report=report.code, member="member")
    assert any(link.endswith(path) for link in links_of(bytes(report.file)))
    opened = page(world, "dung", path)
    assert re.search(r'aria-current="true"><dt>Là đảng viên</dt>', opened)
    assert re.search(r"Đã in trong báo cáo:</b> <span class=\"num\"><span>2</span>", opened)


def test_parts_counted_from_records_do_not_stand_under_a_stated_total(world: World) -> None:
    key_leaders(world, "A11")
    say(world, "chau", "A", 9, "org.key_leaders", covers=Covers.SUBTREE)
    drain_all()
    found = lines(world.viewer("chau"), world.unit("A"), YEAR).line("org.key_leaders")
    assert all(bool(part.figure_id) == bool(found.chosen.figure_id) for _, _, part in found.members)
    assert (found.chosen.value, len(found.members)) == (9, 0)


def meaning_of_code(code: str) -> int:
    return next(meaning.indicator.pk for meaning in meanings([code]))


def test_a_passage_leads_to_its_sentence_in_the_text(world: World) -> None:
    document = taken(world)
    report = made(world, unit="T", period=PERIOD)
    link = next(link for link in links_of(bytes(report.file)) if "/van-ban/" in link)
    path, anchor = link.removeprefix(settings.PUBLIC_URL).split("#")
    shown = page(world, "chau", path)
    start = int(anchor.removeprefix("c"))
    text = re.search(r'<div class="paper-text"[^>]*>(.*?)</div>', shown, re.DOTALL)
    assert text is not None
    assert document.text[start:].startswith("Tuy nhiên")
    assert f'<span id="{anchor}"></span>Tuy nhiên' in text.group(1)
    assert html.unescape(re.sub(r"<[^>]*>", "", text.group(1))) == document.text
