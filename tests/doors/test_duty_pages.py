"""Duties in pages: a list drafted from one that ships, issued, reported on, counted; every refusal beside its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from chithi.access.viewers import today
from chithi.duties.kinds import Answer
from chithi.duties.models import DutyList, DutyReport
from chithi.sheets.reading import read
from tests.duty_world import PERIOD, duties_of, list_in, reported
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
WHY = "a test looks"
YEAR = str(today().year)


@pytest.fixture
def world() -> World:
    return build_world()


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def form_of(**changes: Any) -> dict[str, Any]:
    said = {
        "unit": "T", "name": "Nêu gương", "sign": "9-QĐ/TU", "expects": ["grassroots"], "rhythm": "year",
        "since": f"{YEAR}-01-01", "code_0": "1", "concerns_0": "head", "wording_0": "Công khai thu chi",
        "code_1": "", "concerns_1": "", "wording_1": "Tiếp dân hằng tuần", "code_2": "", "concerns_2": "",
        "wording_2": "",
    }  # fmt: skip
    return {**said, **changes}


def stored(row: DutyList) -> DutyList:
    return DutyList.objects.everywhere(because=WHY).get(pk=row.pk)


def drafted(world: World, **changes: Any) -> DutyList:
    answer = browser(world, "chau").post("/nghia-vu/moi/", form_of(**changes))
    assert answer.status_code == 302, text(answer)
    row = DutyList.objects.everywhere(because=WHY).order_by("-pk").first()
    assert row is not None
    return row


def answers_of(row: DutyList, **changes: Any) -> dict[str, Any]:
    first, second = duties_of(row)
    said = {f"answer_{first}": "done", f"answer_{second}": "partly", f"note_{second}": "Mới làm một nửa"}
    return {**said, **changes}


def test_a_list_goes_out_a_commune_reports_and_the_province_opens_its_counts(world: World) -> None:
    row = drafted(world)
    chau, minh = browser(world, "chau"), browser(world, "minh")
    assert "Nêu gương" not in text(minh.get("/nghia-vu/"))
    assert chau.post(f"/nghia-vu/{row.pk}/ban-hanh/", {"version": row.version}).status_code == 302
    page = f"/nghia-vu/{row.pk}/bao-cao/{world.unit('A1')}/{YEAR}/"
    assert page in text(minh.get("/nghia-vu/"))
    assert minh.post(page, answers_of(row)).status_code == 302
    report = DutyReport.objects.everywhere(because=WHY).get()
    assert report.submitted_on is None
    sent = minh.post(page, answers_of(row, version=report.version, gui="1"), follow=True)
    assert "Đã gửi báo cáo." in text(sent)
    matrix = text(chau.get(f"/nghia-vu/{row.pk}/tong-hop/"))
    assert "Đảng bộ huyện An" in matrix
    behind = text(chau.get(f"/nghia-vu/{row.pk}/tong-hop/?cho={YEAR}&nghia_vu={duties_of(row)[1]}&tra_loi=partly"))
    assert "Mới làm một nửa" in behind
    assert page in behind
    report = DutyReport.objects.everywhere(because=WHY).get()
    back = chau.post(f"/nghia-vu/bao-cao/{report.pk}/tra-lai/", {"version": report.version, "reason": "Ghi rõ hơn"})
    assert back.status_code == 302
    assert "Ghi rõ hơn" in text(minh.get(page))


def test_a_list_that_ships_stands_written_in_the_form(world: World) -> None:
    page = text(browser(world, "chau").get("/nghia-vu/moi/?mau=144"))
    assert "144-QĐ/TW" in page
    assert "Gương mẫu, khiêm tốn, tự rèn luyện và học suốt đời" in page
    assert browser(world, "chau").get("/nghia-vu/moi/?mau=khong-co").status_code == 200


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Tên danh mục"),
        ({"expects": []}, "Hãy chọn ít nhất một loại đơn vị"),
        ({"expects": ["x"]}, "Ai phải báo cáo"),
        ({"rhythm": "day"}, "Bao lâu báo cáo một lần"),
        ({"since": "9999-01-01"}, "trong khoảng"),
        ({"since": "mai"}, "01/07/2025"),
        ({"code_1": "1"}, "dùng hai lần"),
        ({"wording_1": "", "code_1": "2"}, "cả số thứ tự và nội dung"),
        ({"unit": "KHONG-CO"}, "Đơn vị ban hành"),
        ({"directive": "99999999999999999999"}, "Văn bản trong sổ"),
        ({"version": "-1"}, ""),
        ({f"wording_{n}": "x" for n in range(2, 60)}, "nhiều nhất"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_and_what_was_typed_stays(
    world: World, changes: dict[str, Any], says: str
) -> None:
    answer = browser(world, "chau").post("/nghia-vu/moi/", form_of(**{"sign": "Số riêng", **changes}))
    assert answer.status_code == 400
    assert says in text(answer)
    assert "Số riêng" in text(answer)
    assert not DutyList.objects.everywhere(because=WHY).exists()


def test_a_list_on_which_units_reported_is_followed_not_changed(world: World) -> None:
    row = list_in(world)
    chau = browser(world, "chau")
    reported(world, row, "A1", "minh", Answer.DONE, Answer.DONE)
    refused = chau.post(f"/nghia-vu/{row.pk}/sua/", form_of(version=row.version))
    assert refused.status_code == 400
    assert "Hãy lập phiên bản mới" in text(refused)
    made = chau.post(f"/nghia-vu/{row.pk}/phien-ban-moi/", {"version": row.version})
    newer = DutyList.objects.everywhere(because=WHY).get(follows_id=row.pk)
    assert made.headers["Location"] == f"/nghia-vu/{newer.pk}/"
    assert chau.post(f"/nghia-vu/{newer.pk}/bo/", {"version": newer.version}).status_code == 302
    assert chau.get(f"/nghia-vu/{newer.pk}/").status_code == 404


def test_somebody_quicker_is_told_and_nothing_is_lost(world: World) -> None:
    row = drafted(world)
    chau = browser(world, "chau")
    assert chau.post(f"/nghia-vu/{row.pk}/sua/", form_of(version=row.version)).status_code == 302
    late = chau.post(f"/nghia-vu/{row.pk}/sua/", form_of(version=row.version, name="Tên khác"))
    assert late.status_code == 400
    assert "Có người vừa sửa" in text(late)
    assert chau.post(f"/nghia-vu/{row.pk}/ban-hanh/", {"version": row.version}).status_code == 409
    assert stored(row).is_draft


@pytest.mark.parametrize("gui", ["", "1"])
def test_a_report_that_says_too_little_is_shown_again(world: World, gui: str) -> None:
    row = list_in(world)
    first, second = duties_of(row)
    page = f"/nghia-vu/{row.pk}/bao-cao/{world.unit('A1')}/{YEAR}/"
    minh = browser(world, "minh")
    answer = minh.post(page, {f"answer_{first}": "done", f"answer_{second}": "not_done", "gui": gui})
    assert answer.status_code == 400
    assert "cần một câu nói rõ" in text(answer)
    odd = minh.post(page, {f"answer_{first}": "x" * 99, f"note_{first}": "y" * 999, "gui": gui})
    assert odd.status_code == 400
    assert not DutyReport.objects.everywhere(because=WHY).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/nghia-vu/{list}/bao-cao/{A2}/{year}/", "/nghia-vu/{list}/bao-cao/{A11}/{year}/",
        "/nghia-vu/{list}/bao-cao/{A1}/2019/", "/nghia-vu/999999/", "/nghia-vu/99999999999999999999/",
        "/nghia-vu/{list}/tong-hop/?don_vi={A2}", "/nghia-vu/{list}/tong-hop/tep.xlsx?don_vi={A2}",
        "/nghia-vu/{list}/sua/", "/nghia-vu/{list}/het-hieu-luc/", "/nghia-vu/bao-cao/7/tra-lai/",
    ],
)  # fmt: skip
def test_what_lies_beside_or_is_not_asked_is_not_there(world: World, address: str) -> None:
    row = list_in(world)
    units = {code: world.unit(code) for code in ("A1", "A2", "A11")}
    answer = browser(world, "minh").get(address.format(list=row.pk, year=YEAR, **units))
    assert answer.status_code == 404


@pytest.mark.parametrize("query", ["cho=abc", "cho=2025-Q9", "cho=%00"])
def test_an_odd_period_is_refused_kindly(world: World, query: str) -> None:
    row = list_in(world)
    assert browser(world, "chau").get(f"/nghia-vu/{row.pk}/tong-hop/?{query}").status_code == 400


def test_odd_narrowings_are_left_out(world: World) -> None:
    row = list_in(world)
    chau = browser(world, "chau")
    for query in ("nghia_vu=x&tra_loi=done", "nghia_vu=999999&tra_loi=done", "trang_thai=abc", "don_vi=²", "trang=-1"):
        assert chau.get(f"/nghia-vu/{row.pk}/tong-hop/?{query}").status_code == 200, query


def test_the_counts_are_a_workbook_too(world: World) -> None:
    row = list_in(world)
    reported(world, row, "A1", "minh", Answer.DONE, Answer.PARTLY)
    answer = browser(world, "chau").get(f"/nghia-vu/{row.pk}/tong-hop/tep.xlsx?cho={PERIOD}")
    (sheet,) = read(b"".join(answer.streaming_content), "bang.xlsx")  # type: ignore[attr-defined]
    assert list(sheet.rows[-1][:5]) == ["Cộng", "3", "1", "1", "0"]
