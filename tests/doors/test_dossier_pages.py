"""Files on a directive and helper sections through the pages: the happy way, refusals, out of reach, stale, hostile."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chithi.directives.actions import enter
from chithi.directives.models import Attachment, Directive, Recipient
from chithi.directives.rules import Written
from chithi.dossiers.actions import begin
from chithi.dossiers.kinds import Known
from chithi.dossiers.models import Entry, Seat, Section, Tick
from chithi.dossiers.queries import entries_of
from chithi.indicators.models import Indicator
from tests.worlds import World, add_members, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def at(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return bytes(answer.content).decode()


def asking(world: World) -> Directive:
    written = Written(
        "directive", "Về chuyên đề năm 2026", sign="03-CT/TU", dated=date(2026, 9, 1), due_on=date(2026, 10, 15),
        expects=("grassroots", "cells"),
    )  # fmt: skip
    return enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=written)


def by_hand(top: Directive) -> Entry:
    return next(entry for entry in entries_of(top.pk) if entry.known == Known.BY_HAND)


def test_a_list_is_made_and_changed_and_every_unit_below_is_asked_by_it(world: World) -> None:
    top, client = asking(world), at(world, "chau")
    assert f"/chi-dao/{top.pk}/ho-so/" in text(client.get(f"/chi-dao/{top.pk}/"))
    page = text(client.get(f"/chi-dao/{top.pk}/ho-so/"))
    assert "Lập danh mục hồ sơ" in page
    assert client.get(f"/chi-dao/{top.pk}/ho-so/danh-muc/").status_code == 200
    answer = client.post(f"/chi-dao/{top.pk}/ho-so/danh-muc/lap/", follow=True)
    assert "Kế hoạch chuyên đề năm" in text(answer)
    where = f"/chi-dao/{top.pk}/ho-so/danh-muc/moi/"
    assert client.get(where).status_code == 200
    assert client.post(where, {"title": "Ảnh", "known": "by_hand"}).status_code == 302
    for wrong in ({"title": "ảnh", "known": "by_hand"}, {"title": "X", "known": "zz"}, {}, {"title": "a" * 300}):
        assert client.post(where, wrong).status_code == 400
    made = entries_of(top.pk)[-1]
    one = f"/chi-dao/ho-so/muc/{made.pk}/"
    assert client.post(one, {"title": "Ảnh, tư liệu", "version": 1}).status_code == 302
    stale = client.post(one, {"title": "Khác", "version": 1})
    assert stale.status_code == 400
    assert client.post(one + "len-dau/", {"version": 2}).status_code == 302
    assert entries_of(top.pk)[0].title == "Ảnh, tư liệu"
    assert client.post(one + "bo/", {"version": 3}).status_code == 302
    assert client.get(one).status_code == 404
    for who in ("minh", "dung", "an"):
        assert at(world, who).get(f"/chi-dao/{top.pk}/ho-so/danh-muc/").status_code == 404


def test_the_counts_open_the_units_and_the_table_has_them_all(world: World) -> None:
    top, client = asking(world), at(world, "chau")
    begin(by=world.viewer("chau"), directive_id=top.pk)
    page = text(client.get(f"/chi-dao/{top.pk}/ho-so/"))
    assert "0/7" in page
    page = text(client.get(f"/chi-dao/{top.pk}/ho-so/?don-vi={world.unit('A')}&ho-so=thieu"))
    assert "Đảng bộ xã An Hai" in page
    assert "0/6" in page
    answer = client.get(f"/chi-dao/{top.pk}/ho-so/bang.csv?don-vi={world.unit('A')}")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]
    assert len(rows) == 6
    book = client.get(f"/chi-dao/{top.pk}/ho-so/bang.xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert client.get(f"/chi-dao/{top.pk}/ho-so/bang.pdf").status_code == 404
    for odd in ("?don-vi=x", f"?don-vi={2**70}", f"?don-vi={world.unit('B')}"):
        assert at(world, "minh").get(f"/chi-dao/{top.pk}/ho-so/{odd}").status_code == 404
    for odd in ("?ho-so=zz", "?trang=-4", "?loai=zz", "?trang=99999999999999999999"):
        assert client.get(f"/chi-dao/{top.pk}/ho-so/{odd}").status_code == 200


def test_a_secretary_ticks_an_entry_and_takes_it_back(world: World) -> None:
    top, client, unit = asking(world), at(world, "lan"), world.unit("A11")
    begin(by=world.viewer("chau"), directive_id=top.pk)
    own = f"/chi-dao/{top.pk}/ho-so/don-vi/{unit}/"
    page = text(client.get(own))
    assert "Đánh dấu đã có" in page
    assert "Soạn văn bản triển khai" in page
    where = f"/chi-dao/ho-so/muc/{by_hand(top).pk}/don-vi/{unit}/"
    assert client.get(where).status_code == 200
    said = {"done_on": "2026-10-01", "note": "Cặp số 1 <b>", "version": 0}
    for wrong in ({}, {"note": ""}, {"done_on": "2030-01-01"}, {"target": "99-KH/KC"}, {"done_on": "0001-01-01"}):
        assert client.post(where, {**said, **wrong} if wrong else {}).status_code == 400
    assert client.post(where, said).status_code == 302
    page = text(client.get(own))
    assert "1/6" in page
    assert "Cặp số 1 &lt;b&gt;" in page
    assert client.post(where, said).status_code == 400, "said already; whoever saw nothing yet is told"
    assert client.post(where, {**said, "target": "03-CT/TU", "version": 1}).status_code == 302
    assert f"/chi-dao/{top.pk}/" in text(client.get(where))
    (row,) = Tick.objects.everywhere(because="t")
    assert row.document_id == top.pk
    gone = f"/chi-dao/ho-so/danh-dau/{row.pk}/bo/"
    assert at(world, "hoa").post(gone, {"version": 2}).status_code == 404
    assert client.post(gone, {"version": 1}).status_code == 409
    assert client.post(gone, {"version": 2}).status_code == 302
    assert at(world, "hoa").get(own).status_code == 404
    assert at(world, "hoa").post(where, said).status_code == 404


def test_a_unit_that_is_not_asked_keeps_no_file(world: World) -> None:
    top = asking(world)
    begin(by=world.viewer("chau"), directive_id=top.pk)
    assert at(world, "chau").get(f"/chi-dao/{top.pk}/ho-so/don-vi/{world.unit('A')}/").status_code == 404


def test_a_section_is_named_manned_and_ended_through_the_pages(world: World) -> None:
    top, client = asking(world), at(world, "lan")
    member = add_members(world.units["A11"], 1)[0]
    new = f"/giup-viec/moi/?theo={top.pk}"
    assert "03-CT/TU" in text(client.get(new))
    said = {"unit": "A11", "name": "Bộ phận giúp việc", "since": "2026-10-01", "directive": top.pk, "decision": "1-QĐ"}
    for wrong in ({"unit": "A12"}, {"name": " "}, {"since": "2099-01-01"}, {"directive": "x"}):
        assert client.post(new, {**said, **wrong}).status_code == 400
    assert client.post(new, said).status_code == 302
    assert client.post(new, said).status_code == 400
    (section,) = Section.objects.everywhere(because="t")
    own = f"/giup-viec/{section.pk}/"
    assert "Quyết định số 1-QĐ" in text(client.get(own))
    seat = {"who": f"m{member.pk}", "part": "head", "since": "2026-10-01", "version": 1}
    assert client.get(own + "nguoi/").status_code == 200
    for wrong in ({"who": "m0"}, {"part": "x"}, {"version": 9}, {"since": "2026-01-01"}):
        assert client.post(own + "nguoi/", {**seat, **wrong}).status_code == 400
    assert client.post(own + "nguoi/", seat).status_code == 302
    page = text(client.get(own))
    assert member.name in page
    assert "Trưởng bộ phận" in page
    (sits,) = Seat.objects.everywhere(because="t")
    assert client.get(own + "sua/").status_code == 200
    changed = {"name": "Tổ giúp việc", "since": "2026-10-01", "version": 1}
    assert client.post(own + "sua/", changed).status_code == 302
    assert client.post(own + "sua/", changed).status_code == 400
    assert client.post(f"/giup-viec/nguoi/{sits.pk}/thoi/", {"on": "2026-11-01", "version": 1}).status_code == 302
    assert client.get(f"/giup-viec/nguoi/{sits.pk}/thoi/").status_code == 404
    assert client.post(own + "thoi/", {"on": "2026-11-02", "version": 2}).status_code == 302
    assert "Thôi từ 2/11/2026" in text(client.get("/giup-viec/"))
    assert client.get(own + "sua/").status_code == 404
    for path in (own, f"/giup-viec/?don-vi={world.unit('A11')}"):
        assert at(world, "hoa").get(path).status_code == 404
    assert client.get(f"/giup-viec/?don-vi={world.unit('A11')}&trang=7").status_code == 200


def test_a_directive_becomes_an_indicator_by_one_button(world: World) -> None:
    top = asking(world)
    assert "Lập chỉ tiêu theo văn bản này" not in text(at(world, "minh").get(f"/chi-dao/{top.pk}/"))
    client = at(world, "chau")
    assert "Lập chỉ tiêu theo văn bản này" in text(client.get(f"/chi-dao/{top.pk}/"))
    assert client.post(f"/chi-dao/{top.pk}/chi-tieu/").status_code == 302
    page = text(client.get(f"/chi-dao/{top.pk}/"))
    made = Indicator.objects.get(code=f"directives.grassroots.{top.pk}")
    assert f"/so/{made.pk}/{world.unit('T')}/" in page
    assert client.get(f"/so/{made.pk}/{world.unit('T')}/2026/").status_code == 200


def test_a_reminder_bears_the_list_of_those_who_are_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    top = asking(world)
    for most, named in ((1_000, {"A1", "A2", "B1", "A11", "A12", "A21", "B11"}), (3, {"A", "B"})):
        monkeypatch.setattr("chithi.directives.reminding.MOST_RECIPIENTS", most)
        answer = at(world, "chau").post(f"/chi-dao/{top.pk}/don-doc/", {"unit": world.unit("T"), "kind": ""})
        assert answer.status_code == 302
        letter = Directive.objects.everywhere(because="t").order_by("-pk")[0]
        (file,) = Attachment.objects.everywhere(because="t").filter(directive_id=letter.pk)
        assert file.kind == "xlsx"
        rows = Recipient.objects.everywhere(because="t").filter(directive_id=letter.pk)
        assert set(rows.values_list("unit_id", flat=True)) == {world.unit(code) for code in named}
        assert "7 đơn vị" in letter.abstract
