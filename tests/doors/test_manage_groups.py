"""Groups and ties through the pages: made, filled, read, filtered by, printed; and every refusal in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Measure
from chithi.org import groups
from chithi.org.groups import Named
from chithi.org.groups_queries import composition
from chithi.org.kinds import GroupKind, UnitKind
from chithi.org.models import Group, GroupMember, UnitLink
from chithi.org.places import forget_since
from chithi.reporting.models import Report
from tests.worlds import TODAY, World, add_members, add_unit, build_world

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


@pytest.fixture
def world(db: None) -> World:
    found = build_world()
    for code, count in (("A11", 3), ("A12", 2), ("A21", 4), ("B11", 5)):
        add_members(found.units[code], count)
    for code, value in (("A1", 7), ("A2", 5), ("B1", 20)):
        slot = Slot(found.unit(code), Measure.objects.get(code="study.classes").pk, parse("2025"))
        enter(by=found.viewer("chau"), slot=slot, saying=Saying(value), seen=None)
    drain_all()
    return found


def at(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def group_of(world: World, *codes: str, name: str = "Cụm số 1") -> int:
    by = world.viewer("an")
    made = groups.make_group(by=by, unit_id=world.unit("T"), said=Named(name, GroupKind.CLUSTER))
    groups.put_in(by=by, group_id=made.pk, unit_ids=[world.unit(code) for code in codes], since=SINCE)
    return made.pk


def text(answer: object) -> str:
    return bytes(answer.content).decode()  # type: ignore[attr-defined]


def test_an_administrator_makes_a_group_fills_it_and_takes_a_unit_out(world: World) -> None:
    client = at(world, "an")
    made = client.post("/quan-tri/nhom/moi/", {"name": "Làm điểm", "kind": "pilot", "unit": "T", "note": "KH 12"})
    group = Group.objects.everywhere(because="a test").get()
    assert made.headers["Location"] == f"/quan-tri/nhom/{group.pk}/"
    filled = client.post(made.headers["Location"], {"units": "a1\nB1, A21", "since": "01/01/2025"}, follow=True)
    assert "Đã đưa 3 đơn vị vào nhóm." in text(filled)
    assert composition(world.viewer("an"), [group.pk], TODAY)[group.pk].whole == 3
    row = GroupMember.objects.everywhere(because="a test").get(unit_id=world.unit("B1"))
    address = f"/quan-tri/nhom/ra/{row.pk}/"
    assert "Đảng bộ xã Bình Một" in text(client.get(address))
    client.post(address, {"on": "2025-07-01", "version": row.version})
    assert composition(world.viewer("an"), [group.pk], TODAY)[group.pk].whole == 2
    again = client.get(address)
    assert again.status_code == 400
    page = client.get(f"/quan-tri/nhom/{group.pk}/")
    assert "đến trước 1/7/2025" in text(page)
    ended = client.post(f"/quan-tri/nhom/{group.pk}/ket-thuc/", {"on": "2026-01-01", "version": group.version})
    assert ended.headers["Location"] == "/quan-tri/nhom/"
    assert "kết thúc từ 1/1/2026" in text(client.get("/quan-tri/nhom/"))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "kind": "pilot", "unit": "T"}, "Ô này phải ghi"),
        ({"name": "x" * 300, "kind": "pilot", "unit": "T"}, "200"),
        ({"name": "CỤM SỐ 1", "kind": "pilot", "unit": "T"}, "đã có một nhóm mang tên này"),
        ({"name": "N", "kind": "nonsense", "unit": "T"}, "nonsense"),
        ({"name": "N", "kind": "pilot", "unit": "nowhere"}, "Không có đơn vị nào mang mã hoặc tên này"),
        ({}, "Ô này phải ghi"),
    ],
)
def test_a_group_that_cannot_be_made_is_refused_in_words_and_kept_as_typed(
    world: World, form: dict[str, str], said: str
) -> None:
    group_of(world)
    answer = at(world, "an").post("/quan-tri/nhom/moi/", form)
    assert answer.status_code == 400
    assert said in text(answer)
    assert form.get("name", "")[:200] in text(answer)
    assert Group.objects.everywhere(because="a test").count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"units": "A1", "since": "2025-01-01"}, "đã ở trong nhóm"),
        ({"units": "A2 \n ZZ9\nYY", "since": "2025-01-01"}, "ZZ9, YY"),
        ({"units": "A2", "since": "1900-01-01"}, "không dùng được"),
        ({"units": "A2", "since": "2009-12-31"}, "chưa hoạt động"),
        ({"units": "A2", "since": "hôm qua"}, "Hãy ghi ngày như"),
        ({"units": "\x00", "since": "2025-01-01"}, "field-wrong"),
        ({"units": "\n".join(f"Q{n}" for n in range(400)), "since": "2025-01-01"}, "300"),
        ({}, "Ô này phải ghi"),
    ],
)
def test_units_that_cannot_come_in_are_refused_all_together(world: World, form: dict[str, str], said: str) -> None:
    group = group_of(world, "A1")
    answer = at(world, "an").post(f"/quan-tri/nhom/{group}/", form)
    assert answer.status_code == 400
    assert said in text(answer)
    assert composition(world.viewer("an"), [group], TODAY)[group].whole == 1


def test_a_stale_form_changes_nothing(world: World) -> None:
    group, client = group_of(world, "A1"), at(world, "an")
    for address, form in (
        (f"/quan-tri/nhom/{group}/ten/", {"name": "Khác", "kind": "other", "version": "77"}),
        (f"/quan-tri/nhom/{group}/ten/", {"name": "Khác", "kind": "other", "version": "²"}),
        (f"/quan-tri/nhom/{group}/ket-thuc/", {"on": "2026-01-01", "version": "77"}),
    ):
        assert client.post(address, form).status_code == 400
    assert Group.objects.everywhere(because="a test").get().name == "Cụm số 1"


@pytest.mark.parametrize("odd", ["0", "999999", "99999999999999999999999999"])
def test_a_group_that_is_not_there_is_not_found(world: World, odd: str) -> None:
    for who, address in (
        ("an", f"/quan-tri/nhom/{odd}/"),
        ("an", f"/quan-tri/nhom/ra/{odd}/"),
        ("an", f"/quan-tri/gan/{odd}/thoi/"),
        ("chau", f"/nhom/{odd}/"),
        ("chau", f"/nhom/{odd}/so/20/2025/"),
        ("chau", f"/don-vi/{world.unit('A')}/?ky=2025&nhom={odd}") if len(odd) < 18 else ("chau", f"/nhom/{odd}/"),
        ("chau", f"/bao-cao/{world.unit('A')}/2025/?nhom={odd}") if len(odd) < 18 else ("chau", f"/nhom/{odd}/"),
    ):
        assert at(world, who).get(address).status_code == 404, address


def test_a_reader_sees_the_members_in_reach_and_how_many_there_are(world: World) -> None:
    group = group_of(world, "A1", "A2", "B1")
    page = text(at(world, "dung").get(f"/nhom/{group}/?ky=2025&chi-tieu=study.classes"))
    assert "2 của 3 đơn vị trong phạm vi được xem" in page
    assert f"/nhom/{group}/so/20/2025/" in page
    assert "Bình Một" not in page
    opened = text(at(world, "dung").get(f"/nhom/{group}/so/20/2025/"))
    assert "12 lớp" in opened
    assert f"/so/20/{world.unit('A1')}/2025/" in opened
    assert "Bình" not in opened
    assert "32 lớp" in text(at(world, "chau").get(f"/nhom/{group}/so/20/2025/", headers={"HX-Request": "true"}))
    assert at(world, "lan").get(f"/nhom/{group}/").status_code == 404


def test_a_period_before_the_first_member_says_why_there_is_nothing(world: World) -> None:
    group = group_of(world, "A1")
    page = text(at(world, "dung").get(f"/nhom/{group}/?ky=2019"))
    assert "Vào cuối kỳ" in page
    assert "contributions" not in page


def test_a_units_page_is_narrowed_to_a_group_and_the_address_keeps_it(world: World) -> None:
    group = group_of(world, "A1", "A21", "B1")
    address = f"/don-vi/{world.unit('T')}/?ky=2025&chi-tieu=study.classes&nhom={group}"
    page = text(at(world, "chau").get(address))
    below = page[page.index('id="contributions"') :]
    assert "Đảng bộ xã An Một" in below
    assert "huyện" not in below.split("</tbody>")[0]
    assert f"/nhom/{group}/so/20/2025/?trong={world.unit('T')}" in below
    assert f"nhom={group}&amp;xep=ten" in below or f"nhom={group}" in below
    assert f"ky=2025&amp;chi-tieu=org.cells&amp;nhom={group}" in page
    opened = text(at(world, "chau").get(f"/nhom/{group}/so/20/2025/?trong={world.unit('A')}"))
    assert "7 lớp" in opened
    assert at(world, "dung").get(f"/nhom/{group}/so/20/2025/?trong={world.unit('B')}").status_code == 404
    odd = at(world, "chau").get(f"/don-vi/{world.unit('T')}/?ky=2025&nhom=abc")
    assert odd.status_code == 200


def test_a_report_prints_groups_beside_and_keeps_what_it_printed(world: World) -> None:
    group, client = group_of(world, "A1", "B1"), at(world, "chau")
    district = world.unit("A")
    draft = text(client.get(f"/bao-cao/{district}/2025/?nhom={group}"))
    assert f"/nhom/{group}/so/20/2025/" in draft
    made = client.post(f"/bao-cao/{district}/2025/word/", {"nhom": [str(group)]})
    with zipfile.ZipFile(io.BytesIO(bytes(made.content))) as archive:
        words = archive.read("word/document.xml").decode()
        doors = archive.read("word/_rels/document.xml.rels").decode()
    assert "Cụm số 1" in words
    assert "27" in words
    report = Report.objects.everywhere(because="a test").get()
    assert f"/nhom/{group}/so/20/2025/?ma={report.code}" in doors
    slot = Slot(world.unit("B1"), Measure.objects.get(code="study.classes").pk, parse("2025-Q1"))
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(3), seen=None)
    row = GroupMember.objects.everywhere(because="a test").get(unit_id=world.unit("B1"))
    groups.take_out(by=world.viewer("an"), member_id=row.pk, seen_version=row.version, on=date(2025, 6, 1))
    now = text(client.get(f"/nhom/{group}/so/20/2025/?ma={report.code}"))
    assert "7 lớp" in now
    assert "27" in now
    assert "Số đang dùng đã khác số đã in trong báo cáo." in now


def test_a_report_without_groups_keeps_the_code_it_always_had(world: World) -> None:
    client, district = at(world, "chau"), world.unit("A")
    client.post(f"/bao-cao/{district}/2025/word/")
    client.post(f"/bao-cao/{district}/2025/word/", {"nhom": ["²", "x"]})
    report = Report.objects.everywhere(because="a test").get()
    assert all("groups" not in line for line in report.lines)


def test_more_groups_than_fit_a_page_are_refused(world: World) -> None:
    ids = [group_of(world, "A1", name=f"Cụm {n}") for n in range(5)]
    asked = "&".join(f"nhom={one}" for one in ids)
    answer = at(world, "chau").get(f"/bao-cao/{world.unit('A')}/2025/?{asked}")
    assert answer.status_code == 400
    assert "nhiều nhất 4 cột nhóm" in text(answer)


def agency(world: World) -> int:
    unit = add_unit("BV", world.units["A"], UnitKind.AGENCY, "Bệnh viện huyện An")
    forget_since(date(2000, 1, 1))
    return unit.pk


def test_an_agency_is_tied_to_its_party_organisation_and_both_pages_say_so(world: World) -> None:
    hospital, client = agency(world), at(world, "an")
    form = {"kind": "party_organisation", "unit": "BV", "other": "A1", "since": "2020-01-01"}
    assert client.post("/quan-tri/gan/moi/", form).headers["Location"] == "/quan-tri/gan/"
    assert "Tổ chức đảng của cơ quan này" in text(client.get(f"/don-vi/{hospital}/?ky=2025"))
    assert "Bệnh viện huyện An" in text(client.get(f"/don-vi/{world.unit('A1')}/?ky=2025"))
    assert "Bệnh viện" not in text(at(world, "minh").get(f"/don-vi/{world.unit('A1')}/?ky=2025"))
    twice = client.post("/quan-tri/gan/moi/", form)
    assert twice.status_code == 400
    assert "đã có một mối gắn như thế" in text(twice)
    link = UnitLink.objects.everywhere(because="a test").get()
    stale = client.post(f"/quan-tri/gan/{link.pk}/thoi/", {"on": "2025-01-01", "version": 9})
    assert stale.status_code == 400
    client.post(f"/quan-tri/gan/{link.pk}/thoi/", {"on": "2025-01-01", "version": link.version})
    assert "Tổ chức đảng của cơ quan này" not in text(client.get(f"/don-vi/{hospital}/?ky=2025"))
    assert client.get(f"/quan-tri/gan/{link.pk}/thoi/").status_code == 400


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "A1", "other": "A2"}, "Loại đơn vị này không gắn theo cách đã chọn"),
        ({"other": "BV"}, "không gắn được với chính nó"),
        ({"kind": "zzz"}, "zzz"),
        ({"since": "2030-01-01"}, "không dùng được"),
        ({"since": "2005-01-01"}, "chưa hoạt động"),
        ({"other": ""}, "Ô này phải ghi"),
    ],
)
def test_a_tie_that_does_not_fit_is_refused_beside_its_field(world: World, change: dict[str, str], said: str) -> None:
    agency(world)
    form = {"kind": "party_organisation", "unit": "BV", "other": "A1", "since": "2020-01-01", **change}
    answer = at(world, "an").post("/quan-tri/gan/moi/", form)
    assert answer.status_code == 400
    assert said in text(answer)
    assert not UnitLink.objects.everywhere(because="a test").exists()


def test_whoever_keeps_no_tree_is_offered_none_of_this(world: World) -> None:
    for address in ("/quan-tri/nhom/", "/quan-tri/nhom/moi/", "/quan-tri/gan/", "/quan-tri/gan/moi/"):
        assert at(world, "minh").get(address).status_code == 403
    group = group_of(world, "A1")
    assert at(world, "chau").get(f"/quan-tri/nhom/{group}/").status_code == 404
    assert at(world, "chau").post(f"/quan-tri/nhom/{group}/", {"units": "A2", "since": "2025-01-01"}).status_code == 404


def test_a_search_is_narrowed_to_the_units_of_a_group(world: World) -> None:
    group = group_of(world, "A1", "B1")
    found = text(at(world, "chau").get(f"/tim/?q=chi+bo&nhom={group}"))
    listed = found[found.index('id="found"') :]
    assert "Chi bộ thôn Hòa Một" in listed
    assert "Chi bộ thôn Bình" in listed
    assert "Chi bộ thôn Quý" not in listed
    assert "Chi bộ thôn Quý" in text(at(world, "chau").get("/tim/?q=chi+bo&nhom=abc"))
    assert at(world, "lan").get(f"/tim/?q=chi&nhom={group_of(world, 'B1', name='Chỉ Bình')}").status_code == 404
