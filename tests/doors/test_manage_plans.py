"""Reorganisation plans through the pages: from a sheet or row by row, tried, applied, undone, given up."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chithi.core.periods import parse
from chithi.org.kinds import PlanState
from chithi.org.models import Reorganisation, Unit, UnitState, valid_on
from chithi.org.plan_rows import read_rows
from chithi.org.plans import draft
from chithi.reporting.actions import make_report
from chithi.sheets import read
from tests.concepts.test_tree_plans import SHEET, lived_in, row
from tests.worker import on_plans
from tests.worlds import World

pytestmark = pytest.mark.django_db
AT = "/quan-tri/sap-xep/"
DAY = date(2026, 7, 1)
_WHY = "a test looks at plans"
HEAD = {"title": "Sắp xếp xã", "unit": "T", "on": "2026-07-01", "document": "76-NQ/TU"}


@pytest.fixture
def an(client: Client, world: World, settings: object) -> Client:
    """A browser of the province's administrator."""
    client.force_login(world.users["an"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def sheet(rows: list[list[str]] = SHEET, name: str = "phuong-an.csv") -> SimpleUploadedFile:
    text = "\r\n".join(";".join(f'"{cell}"' for cell in cells) for cells in rows)
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


def only() -> Reorganisation:
    return Reorganisation.objects.everywhere(because=_WHY).get()


def code_of(unit: str, day: date = DAY) -> str:
    """The code of the unit above one on a day."""
    known = Unit.objects.everywhere(because=_WHY).get(code=unit)
    state = UnitState.objects.everywhere(because=_WHY).get(valid_on(day), unit_id=known.pk)
    return Unit.objects.everywhere(because=_WHY).get(pk=state.parent_id).code


def drafted(world: World, rows: list[list[str]] = SHEET, unit: str = "T") -> Reorganisation:
    how = {"title": "Sắp xếp xã", "on": DAY, "document": "76-NQ/TU"}
    return draft(by=world.viewer("an"), unit_id=world.unit(unit), rows=rows, **how)  # type: ignore[arg-type]


def tried(browser: Client, plan: Reorganisation) -> str:
    """The page of what a plan would do, worked out now."""
    answer = browser.post(f"{AT}{plan.pk}/tinh-thu/", follow=True)
    assert answer.redirect_chain == [(f"{AT}{plan.pk}/xem-truoc/", 302)]
    return answer.content.decode()


def test_a_sheet_becomes_a_plan_that_is_tried_applied_and_undone(an: Client, world: World) -> None:
    lived_in(world)
    old = make_report(by=world.viewer("chau"), unit_id=world.unit("T"), period=parse("2025"), dated=date(2026, 11, 20))
    answer = an.post(f"{AT}moi/", {**HEAD, "file": sheet()})
    plan = only()
    assert answer["Location"] == f"{AT}{plan.pk}/"
    listed = an.get(answer["Location"]).content.decode()
    assert "Xem trước và áp dụng" in listed
    seen = tried(an, plan)
    for words in (
        "1 thành lập, 4 kết thúc, 5 chuyển, 2 đổi tên hoặc loại",
        "14 người trong các đơn vị này",
        "Đảng bộ xã Hòa Mới (X1) kế thừa",
        "ví dụ báo cáo năm 2025",
        "Minh (minh)",
        "Áp dụng từ ngày 1/7/2026",
    ):
        assert words in seen, words
    assert only().state == PlanState.DRAFT
    answer = an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version})
    assert answer["Location"] == f"{AT}{plan.pk}/ket-qua/"
    assert code_of("A11") == "X1"
    done = an.get(answer["Location"]).content.decode()
    assert "Việc còn lại" in done
    assert "Minh (minh)" in done
    new = make_report(by=world.viewer("chau"), unit_id=world.unit("T"), period=parse("2025"), dated=date(2026, 11, 20))
    assert bytes(new.file) == bytes(old.file)
    answer = an.post(f"{AT}{plan.pk}/huy/", {"on": "2026-09-15", "document": "80-NQ/TU"})
    assert answer["Location"] == f"{AT}{plan.pk}/"
    assert code_of("A11", date(2026, 9, 15)) == "A1"
    told = an.get(f"{AT}{plan.pk}/").content.decode()
    for words in ("Đã hủy", "80-NQ/TU", "Lập phương án sắp xếp", "Hủy phương án sắp xếp đã áp dụng"):
        assert words in told, words


def test_open_work_of_a_closing_unit_is_named_before(an: Client, world: World) -> None:
    from chithi.org.plan_queries import open_work

    plan = drafted(world)
    before = tried(an, plan)
    draft(
        by=world.viewer("an"),
        unit_id=world.unit("A1"),
        title="Việc dở",
        on=DAY,
        rows=[SHEET[0], row("đổi tên", "A1", name="x")],
    )
    after = tried(an, plan)
    assert "1 phương án sắp xếp đang soạn" in after
    assert "1 phương án sắp xếp đang soạn" not in before
    assert "đơn vị kế thừa làm tiếp" in after
    assert open_work(world.viewer("minh"), [world.unit("A1")], DAY) == ([], 0)


def test_a_role_given_anew_in_the_heir_is_no_longer_to_do(an: Client, world: World) -> None:
    from chithi.access.actions import grant
    from chithi.access.roles import Role

    plan = drafted(world)
    an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version})
    heir = Unit.objects.everywhere(because=_WHY).get(code="X1").pk
    grant(by=None, user=world.users["minh"], role=Role.CLERK, unit_id=heir, since=DAY)
    done = an.get(f"{AT}{plan.pk}/ket-qua/").content.decode()
    assert "Minh (minh)" not in done
    assert "Dung (dung)" in done


def test_wrong_rows_are_kept_named_by_row_and_column_and_mended_on_the_page(an: Client, world: World) -> None:
    an.post(
        f"{AT}moi/", {**HEAD, "file": sheet([SHEET[0], row("biến mất", "A1"), row("chuyển", "Z9", parent_code="A")])}
    )
    plan = only()
    seen = tried(an, plan)
    assert "2 chỗ phải sửa trước khi áp dụng:" in seen
    assert "Dòng 2, cột “Việc”: Không hiểu việc “biến mất”" in seen
    assert "Dòng 3, cột “Mã đơn vị”: Không có đơn vị nào" in seen or "Dòng 3, cột “Mã đơn vị”: Không có đơn vị" in seen
    assert "ap-dung" not in seen
    refused = an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version}, follow=True)
    assert "còn 2 chỗ phải sửa" in refused.content.decode()
    assert "biến mất" in an.get(f"{AT}{plan.pk}/dong/2/").content.decode()
    filled = {"what": "đổi tên", "codes": "A2", "name": "Đảng bộ xã An Hòa", "version": only().version}
    assert an.post(f"{AT}{plan.pk}/dong/2/", filled).status_code == 302
    answer = an.post(f"{AT}{plan.pk}/dong/3/bo/", {"version": only().version})
    assert answer["Location"] == f"{AT}{plan.pk}/"
    added = {"what": "chuyển", "codes": "B1", "parent_code": "A", "after": "2", "version": only().version}
    assert an.post(f"{AT}{plan.pk}/dong/", added).status_code == 302
    an.post(f"{AT}{plan.pk}/ap-dung/", {"version": only().version})
    assert only().state == PlanState.APPLIED
    assert code_of("B1") == "A"


def test_what_is_wrong_in_a_row_stands_beside_its_field_and_what_was_typed_stays(an: Client, world: World) -> None:
    plan = drafted(world)
    typed = {"what": "thành lập", "codes": "X 9", "heir_code": "T", "version": plan.version}
    answer = an.post(f"{AT}{plan.pk}/dong/", typed)
    assert answer.status_code == 400
    errors = answer.context["form"].errors
    assert set(errors) == {"codes", "name", "kind", "parent_code", "heir_code"}
    assert "không dùng ô này" in errors["heir_code"][0]
    assert "X 9" in answer.content.decode()


def test_a_plan_may_begin_empty_and_its_head_and_rows_are_changed(an: Client, world: World) -> None:
    an.post(f"{AT}moi/", HEAD)
    plan = only()
    page = an.get(f"{AT}{plan.pk}/").content.decode()
    assert "Chưa có dòng nào" in page
    assert "xem-truoc" not in page
    changed = {"title": "Tên khác", "on": "2026-08-01", "document": "9-QĐ/TU", "version": plan.version}
    assert an.post(f"{AT}{plan.pk}/sua/", changed).status_code == 302
    plan = only()
    assert (plan.title, plan.on, plan.document) == ("Tên khác", date(2026, 8, 1), "9-QĐ/TU")
    answer = an.post(f"{AT}{plan.pk}/bang/", {"version": plan.version, "file": sheet()})
    assert answer["Location"] == f"{AT}{plan.pk}/"
    assert "dòng 8" in an.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("x.csv", b""), "tệp"),
        (SimpleUploadedFile("x.exe", b"MZ\x00\x01"), "tệp"),
        (SimpleUploadedFile("x.csv", "Màu;Mùi\r\nđỏ;thơm".encode("utf-8-sig")), "Không hiểu tên cột “Màu”"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_beside_its_field_and_nothing_is_kept(
    an: Client, file: SimpleUploadedFile, words: str
) -> None:
    answer = an.post(f"{AT}moi/", {**HEAD, "file": file})
    assert answer.status_code == 400
    assert "file" in answer.context["form"].errors
    assert words.lower() in answer.content.decode().lower()
    assert not Reorganisation.objects.everywhere(because=_WHY).exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit": "Z99"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"on": "1900-01-01"}, "on"),
        ({"on": "31/02/2026"}, "on"),
        ({"title": " "}, "title"),
        ({"document": ""}, "document"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_every_wrong_head_is_told_beside_its_field(an: Client, changed: dict[str, str], field: str) -> None:
    answer = an.post(f"{AT}moi/", {**HEAD, **changed})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {field}


def test_a_plan_looked_at_before_somebody_mended_it_is_not_applied(an: Client, world: World) -> None:
    plan = drafted(world)
    an.post(f"{AT}{plan.pk}/dong/8/bo/", {"version": plan.version})
    assert an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version}).status_code in (400, 409)
    assert only().state == PlanState.DRAFT
    assert an.post(f"{AT}{plan.pk}/dong/2/bo/", {"version": "²"}).status_code in (400, 409)
    assert an.post(f"{AT}{plan.pk}/bo/", {}).status_code in (400, 409)


def test_a_draft_is_given_up_and_then_neither_mended_nor_applied(an: Client, world: World) -> None:
    plan = drafted(world)
    an.post(f"{AT}{plan.pk}/bo/", {"version": plan.version})
    assert only().state == PlanState.CANCELLED
    assert an.post(f"{AT}{plan.pk}/ap-dung/", {"version": only().version}).status_code == 400
    assert an.get(f"{AT}{plan.pk}/xem-truoc/").status_code == 400
    assert "Đã bỏ" in an.get(f"{AT}?state=cancelled").content.decode()


def test_an_undoing_that_cannot_be_says_every_reason(an: Client, world: World) -> None:
    from chithi.org.actions import rename

    plan = drafted(world)
    an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version})
    rename(by=world.viewer("an"), unit_id=world.unit("B11"), name="Khác", short_name="", on=date(2026, 9, 1))
    answer = an.post(f"{AT}{plan.pk}/huy/", {"on": "2026-10-01", "document": "81-NQ/TU"})
    assert answer.status_code == 400
    assert "B11 đã thay đổi thêm vào 1/9/2026" in answer.content.decode()
    early = an.post(f"{AT}{plan.pk}/huy/", {"on": "2026-06-01", "document": "81-NQ/TU"})
    assert "on" in early.context["form"].errors


def test_a_large_plan_is_undone_while_its_page_waits_and_every_reason_is_told(
    an: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chithi.org import trials
    from chithi.org.actions import rename

    plan = drafted(world)
    address, asked = f"{AT}{plan.pk}/huy/", {"on": "2026-10-01", "document": "81-NQ/TU"}
    an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version})
    rename(by=world.viewer("an"), unit_id=world.unit("B11"), name="Khác", short_name="", on=date(2026, 9, 1))
    monkeypatch.setattr(trials, "SMALL_TREE", 0)
    assert an.post(address, {**asked, "on": "2026-06-01"}).status_code == 400
    assert an.post(address, asked)["Location"] == address
    waits = an.get(address).content.decode()
    assert "Đang hủy phương án" in waits
    assert "HX-Refresh" not in an.get(f"{AT}{plan.pk}/tien-do/")
    on_plans()
    assert an.get(f"{AT}{plan.pk}/tien-do/")["HX-Refresh"] == "true"
    told = an.get(address).content.decode()
    assert "B11 đã thay đổi thêm vào 1/9/2026" in told
    assert 'value="81-NQ/TU"' in told, "what was typed is there again"
    assert only().state == "applied"


def test_a_large_plan_is_undone_and_then_shown_as_undone(
    an: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chithi.org import trials

    plan = drafted(world)
    an.post(f"{AT}{plan.pk}/ap-dung/", {"version": plan.version})
    monkeypatch.setattr(trials, "SMALL_TREE", 0)
    an.post(f"{AT}{plan.pk}/huy/", {"on": "2026-10-01", "document": "81-NQ/TU"})
    on_plans()
    assert (only().state, only().undone_document) == ("undone", "81-NQ/TU")
    assert "81-NQ/TU" in an.get(f"{AT}{plan.pk}/").content.decode()


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_the_template_and_a_plan_written_out_read_back_as_plans(an: Client, world: World, tongue: str) -> None:
    found = an.get(f"{AT}mau/{tongue}/")
    assert found["Content-Disposition"].endswith('.xlsx"')
    assert read_rows(read(found.content, "mau.xlsx")[0].rows).problems == ()
    plan = drafted(world)
    written = an.get(f"{AT}{plan.pk}/tai/").content
    assert read_rows(read(written, "x.xlsx")[0].rows).rows == read_rows(SHEET).rows


def test_who_does_not_keep_the_tree_finds_no_plan(client: Client, world: World) -> None:
    plan = drafted(world)
    client.force_login(world.users["minh"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(AT).status_code == 403
    assert client.get(f"{AT}moi/").status_code == 403
    for tail in ("", "sua/", "bang/", "tai/", "dong/", "dong/2/", "xem-truoc/", "ket-qua/", "huy/"):
        assert client.get(f"{AT}{plan.pk}/{tail}").status_code == 404, tail
    for tail in ("bo/", "dong/2/bo/", "ap-dung/"):
        assert client.post(f"{AT}{plan.pk}/{tail}", {"version": 1}).status_code == 404, tail


def test_odd_addresses_are_absent(an: Client, world: World) -> None:
    plan = drafted(world)
    huge = 10**25
    for tail in (f"{huge}/", f"{plan.pk}/dong/{huge}/", f"{plan.pk}/dong/1/", f"{plan.pk}/dong/99/"):
        assert an.get(f"{AT}{tail}").status_code == 404, tail
    assert an.get(f"{AT}?trang=999&state=%00").status_code == 200


def test_a_large_plan_is_waited_for_and_then_shown(an: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chithi.org import trials

    monkeypatch.setattr(trials, "SMALL_TREE", 0)
    plan = drafted(world)
    address = f"{AT}{plan.pk}/xem-truoc/"
    assert "Tính thử phương án" in an.get(address).content.decode()
    assert "Đang tính thử phương án" in tried(an, plan)
    asked = an.get(f"{AT}{plan.pk}/tien-do/")
    assert "HX-Refresh" not in asked
    on_plans()
    assert an.get(f"{AT}{plan.pk}/tien-do/")["HX-Refresh"] == "true"
    assert "trên cây tổ chức hiện nay" in an.get(address).content.decode()
    an.post(f"{AT}{plan.pk}/sua/", {**HEAD, "title": "Khác", "version": plan.version})
    stale = an.get(address).content.decode()
    assert "tính lại trước khi áp dụng" in stale
    assert "/ap-dung/" not in stale
    assert an.post(f"{AT}{plan.pk}/ap-dung/", {"version": only().version})["Location"] == address
    assert "Đang áp dụng phương án" in an.get(address).content.decode()
    on_plans()
    assert an.get(address)["Location"] == f"{AT}{plan.pk}/ket-qua/"
