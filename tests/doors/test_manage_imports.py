"""The pages of imports and exports: choose, see, have it done; every refusal where it belongs."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from chithi.imports.kinds import ImportKind
from chithi.imports.models import Import
from chithi.org.models import Membership, Unit
from chithi.sheets import read
from chithi.sheets.writing import Cell
from tests.concepts.import_desk import BECAUSE, again, brought, sheet
from tests.worker import on_sheets
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db
HOME, BRING = "/quan-tri/nhap-xuat/", "/quan-tri/nhap-xuat/nhap/nguoi/"
PEOPLE = ImportKind.PEOPLE
SEN: dict[str, Cell] = {"name": "Vũ Thị Sen", "birth_year": 1990, "cell": "A11", "since": date(2025, 3, 1)}


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.users["minh"])
    return client


def send(desk: Client, data: bytes, unit: str = "A1", name: str = "dang-vien.xlsx", to: str = BRING) -> HttpResponse:
    return desk.post(to, {"file": SimpleUploadedFile(name, data), "unit": unit})


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def the_import() -> Import:
    return Import.objects.everywhere(because=BECAUSE).get()


def members() -> int:
    return Membership.objects.everywhere(because=BECAUSE).count()


def test_a_sheet_is_brought_checked_and_written(desk: Client) -> None:
    answer = send(desk, sheet(PEOPLE, SEN))
    page = answer["Location"]
    assert answer.status_code == 302
    assert "Chờ kiểm tra" in text(desk.get(page))
    assert "hx-trigger" in text(desk.get(f"{page}tien-do/"))
    on_sheets()
    assert desk.get(f"{page}tien-do/")["HX-Refresh"] == "true"
    shown = text(desk.get(page))
    assert "Chờ đồng ý ghi" in shown
    assert "Sẽ thêm mới" in shown
    assert members() == 0
    answer = desk.post(f"{page}ghi/", {"version": the_import().version})
    assert (answer.status_code, answer["Location"]) == (302, page)
    on_sheets()
    assert "Đã thêm mới" in text(desk.get(page))
    assert members() == 1
    listed = text(desk.get(HOME))
    assert "dang-vien.xlsx" in listed
    assert "Đã ghi" in listed


def test_what_is_to_be_mended_is_said_by_row_and_column(desk: Client) -> None:
    page = send(desk, sheet(PEOPLE, SEN, {**SEN, "birth_year": "x", "cell": "A21"}))["Location"]
    on_sheets()
    shown = text(desk.get(page))
    assert "Dòng 3, cột “Năm sinh”" in shown
    assert "ghi/" not in shown
    assert desk.post(f"{page}ghi/", {"version": the_import().version}).status_code == 400
    file = b"".join(desk.get(f"{page}can-sua.xlsx").streaming_content)  # type: ignore[attr-defined]
    (found,) = read(file, "a.xlsx")
    assert found.rows[0][-1] == "Chỗ cần sửa"
    assert "Năm sinh" in found.rows[2][-1]
    assert len(found.rows[1]) < len(found.rows[0]), "a sound row has nothing to mend"
    assert members() == 0


def test_many_problems_are_cut_short_and_counted(desk: Client) -> None:
    page = send(desk, sheet(PEOPLE, *[{**SEN, "birth_year": "x"} for _ in range(130)]))["Location"]
    on_sheets()
    shown = text(desk.get(page))
    assert shown.count("<li>Dòng") == 100
    assert "và 30 chỗ nữa" in shown
    assert "130 chỗ cần sửa" in shown


def test_people_who_look_alike_are_shown(desk: Client, world: World) -> None:
    page = send(desk, sheet(PEOPLE, SEN, {**SEN, "since": date(2025, 4, 1)}))["Location"]
    on_sheets()
    assert "Dòng 3: Vũ Thị Sen, giống dòng 2" in text(desk.get(page))


def test_a_file_that_cannot_be_read_is_refused_in_words(desk: Client) -> None:
    page = send(desk, b"PK\x03\x04 broken")["Location"]
    on_sheets()
    assert "Tệp này đã hỏng" in text(desk.get(page))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "file"),
        ({"unit": "A2"}, "nằm ngoài phạm vi"),
        ({"unit": "KHONG"}, "Không có đơn vị"),
        ({"unit": "\x00"}, "id_unit"),
        ({"unit": "A" * 500}, "id_unit"),
    ],
)
def test_a_form_without_what_it_needs_is_shown_again(desk: Client, form: dict[str, str], words: str) -> None:
    answer = desk.post(BRING, {"file": SimpleUploadedFile("a.csv", b"a;b"), **form})
    assert answer.status_code in (400, 404)
    if answer.status_code == 400:
        assert "Chưa gửi được" in text(answer)
    assert not Import.objects.everywhere(because=BECAUSE).exists()


def test_nothing_is_sent_without_a_file(desk: Client) -> None:
    assert desk.post(BRING, {"unit": "A1"}).status_code == 400
    assert desk.post(BRING, {"unit": "A1", "file": SimpleUploadedFile("a.csv", b"")}).status_code == 400


def test_an_import_is_cancelled_once(desk: Client) -> None:
    page = send(desk, sheet(PEOPLE, SEN))["Location"]
    assert desk.post(f"{page}bo/", {"version": the_import().version}).status_code == 302
    on_sheets()
    assert "Đã bỏ" in text(desk.get(page))
    assert desk.post(f"{page}bo/", {"version": the_import().version}).status_code == 400


@pytest.mark.parametrize("version", ["", "0", "9" * 40, "x", "-1"])
def test_a_page_seen_before_something_changed_does_nothing(desk: Client, version: str) -> None:
    page = send(desk, sheet(PEOPLE, SEN))["Location"]
    on_sheets()
    assert desk.post(f"{page}ghi/", {"version": version}).status_code == 409
    assert the_import().state == "checked"


def test_an_import_of_others_is_not_there(desk: Client, world: World) -> None:
    batch = brought(world.viewer("an"), PEOPLE, world.unit("T"), sheet(PEOPLE, SEN))
    for address in (f"{HOME}{batch.pk}/", f"{HOME}{batch.pk}/tien-do/", f"{HOME}{batch.pk}/can-sua.xlsx"):
        assert desk.get(address).status_code == 404
    for deed in ("ghi", "bo"):
        assert desk.post(f"{HOME}{batch.pk}/{deed}/", {"version": batch.version}).status_code == 404
    assert again(batch).state == "checked"
    assert "a.xlsx" not in text(desk.get(HOME))
    assert desk.get(f"{HOME}{10**30}/").status_code == 404


def test_units_are_brought_by_whoever_keeps_the_tree_only(desk: Client, client: Client, world: World) -> None:
    assert desk.get(f"{HOME}nhap/don-vi/").status_code == 403
    assert desk.get(f"{HOME}nhap/gi-do/").status_code == 404
    assert "nhap/don-vi/" not in text(desk.get(HOME))
    client.force_login(world.users["an"])
    rows: list[dict[str, Cell]] = [
        {"code": "A13", "name": "Chi bộ mới", "kind": "chi bộ", "parent_code": "A1", "opened_on": date(2026, 1, 1)}
    ]
    page = send(client, sheet(ImportKind.UNITS, *rows), unit="T", to=f"{HOME}nhap/don-vi/")["Location"]
    on_sheets()
    client.post(f"{page}ghi/", {"version": the_import().version})
    on_sheets()
    assert Unit.objects.everywhere(because=BECAUSE).filter(code="A13").exists()


def test_a_leader_is_offered_nothing(client: Client, world: World) -> None:
    client.force_login(world.users["dung"])
    for address in (HOME, BRING, f"{HOME}xuat/", f"{HOME}xuat/nguoi.csv?don-vi=A", f"{HOME}mau/nguoi/vi.xlsx"):
        assert client.get(address).status_code == 403, address


@pytest.mark.parametrize(("tongue", "head"), [("vi", "Họ và tên"), ("en", "Name"), ("fr", "Họ và tên")])
def test_the_template_reads_back_and_explains_itself(desk: Client, tongue: str, head: str) -> None:
    data, explained = read(desk.get(f"{HOME}mau/nguoi/{tongue}.xlsx").content, "a.xlsx")
    assert data.rows[0][0] == head
    assert len(explained.rows) == len(data.rows[0]) + 1


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_people_are_written_out_within_reach(desk: Client, world: World, ending: str) -> None:
    for code in ("A11", "A21"):
        add_members(world.units[code], 2)
    answer = desk.post(
        f"{HOME}xuat/", {"kind": "nguoi", "unit": "A1", "day": "2026-11-21", "ending": ending}, follow=True
    )
    assert answer.status_code == 200
    (found,) = read(b"".join(answer.streaming_content), f"a.{ending}")  # type: ignore[attr-defined]
    assert [row[0] for row in found.rows[1:]] == ["Đảng viên A11 0", "Đảng viên A11 1"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("don-vi=A2", 404),
        ("don-vi=T", 404),
        ("don-vi=", 404),
        ("", 404),
        ("don-vi=A1&ngay=hom-qua", 400),
        ("don-vi=A1&ngay=0001-01-01", 200),
        ("don-vi=A1&ngay=9999-12-31", 200),
    ],
)
def test_an_export_out_of_reach_is_not_there(desk: Client, query: str, status: int) -> None:
    answer = desk.get(f"{HOME}xuat/nguoi.csv?{query}")
    assert answer.status_code == status
    if answer.streaming:
        io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]


def test_an_export_form_that_asks_for_what_is_not_there_is_shown_again(desk: Client) -> None:
    good = {"kind": "nguoi", "unit": "A1", "day": "2026-11-21", "ending": "xlsx"}
    for wrong in ({"kind": "don-vi"}, {"unit": "T"}, {"day": "x"}, {"ending": "pdf"}, {"kind": ""}):
        assert desk.post(f"{HOME}xuat/", {**good, **wrong}).status_code == 400, wrong
    assert desk.get(f"{HOME}xuat/nguoi.pdf?don-vi=A1").status_code == 404
