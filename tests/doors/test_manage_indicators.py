"""Administration of indicators as its users meet it: the list, a definition beside its trial, versions, retiring."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Indicator, IndicatorDefinition, Measure, PeriodRow
from chithi.indicators.queries import lines
from chithi.org.kinds import UnitKind
from chithi.org.places import forget_since
from tests.worlds import BEGAN, World, add_members, add_unit

pytestmark = pytest.mark.django_db
LIST, NEW = "/quan-tri/chi-tieu/", "/quan-tri/chi-tieu/moi/"
TYPED = {
    "name_vi": "Buổi phát thanh", "name_en": "Radio broadcasts", "noun_vi": "buổi", "noun_en": "broadcasts",
    "group": "media", "decimals": "1", "kind": "count", "direction": "up", "legal_basis": "LOCAL_INTERNAL_BASIS",
    "counting": "flow", "expected": "grassroots", "scale": "0", "roll_up": "sum", "words": "phát thanh",
}  # fmt: skip


@pytest.fixture
def chau(world: World) -> Client:
    client = Client()
    client.force_login(world.users["chau"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def say(world: World, unit: str, measure: int, value: int, year: str = "2025") -> None:
    slot = Slot(world.unit(unit), measure, parse(year))
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(value), seen=None)


def test_the_list_finds_by_name_without_marks_by_group_and_by_state(chau: Client) -> None:
    assert "Lớp học tập chuyên đề đã mở" in page(chau, LIST)
    found = page(chau, LIST, q="lop hoc")
    assert "Lớp học tập chuyên đề đã mở" in found
    assert "Thôn, bản" not in found
    assert "Tin, bài" in page(chau, LIST, nhom="media")
    assert "Không có gì như đã lọc." in page(chau, LIST, tinh_trang="retired")
    assert "Lớp học tập" in page(chau, LIST, nhom="%00", tinh_trang="x" * 5000, trang="99999999999999999999")


def test_a_new_indicator_is_in_the_grid_and_on_the_page_at_once(chau: Client, world: World) -> None:
    answer = chau.post(NEW, TYPED, follow=True)
    assert "Đã đặt chỉ tiêu" in answer.content.decode()
    indicator = Indicator.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == f"{LIST}{indicator.pk}/"
    measure = IndicatorDefinition.objects.get(indicator=indicator).numerator_id
    grid = page(chau, f"/nhap/{world.unit('A1')}/2025/")
    assert f'id="value-{measure}"' in grid
    assert "Buổi phát thanh" in grid
    chau.post(f"/nhap/{world.unit('A1')}/2025/", {f"value-{measure}": "12", f"version-{measure}": "0"})
    drain_all()
    assert "Buổi phát thanh" in page(chau, f"/don-vi/{world.unit('T')}/", ky="2025")
    assert ">12<" in page(chau, f"/so/{indicator.pk}/{world.unit('T')}/2025/")
    listed = chau.get("/api/indicators").json()["items"][-1]
    assert (listed["id"], listed["numerator"]["id"]) == (indicator.pk, measure)
    row = chau.get(f"/api/units/{world.unit('T')}/numbers/2025").json()["items"][-1]
    assert (row["indicator_id"], row["number"]["value"]) == (indicator.pk, "12")


def test_what_is_wrong_is_said_at_its_fields_all_of_it_and_what_was_typed_stays(chau: Client) -> None:
    wrong = {"name_vi": "", "noun_vi": "", "words": "12", "target": "nhiều", "since": "31/31/2025", "scale": "9"}
    answer = chau.post(NEW, TYPED | wrong)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Hãy ghi một con số." in text
    assert "Hãy ghi ngày như 01/07/2025." in text
    assert 'value="nhiều"' in text
    answer = chau.post(NEW, TYPED | {"name_vi": " ", "noun_vi": "", "words": "12", "target": "1,5"})
    text = answer.content.decode()
    assert answer.status_code == 400
    for said in ("Hãy ghi tên.", "Hãy ghi đơn vị tính", "“12” không dùng được", "Mục tiêu chỉ được có 0 chữ số"):
        assert said in text, said
    assert not Indicator.objects.filter(pk__gt=10_000).exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"numerator": "999999"},
        {"numerator": "x"},
        {"denominator": "-1"},
        {"breakdown": "9" * 30},
        {"order": "9" * 30},
        {"decimals": ""},
        {"target": "1" * 20},
        {"target": "NaN"},
        {"name_vi": "x" * 201},
        {"words": "x" * 5000},
        {"period_kinds": "decade"},
        {"since": "0001-01-01"},
        {"since": "9999-12-31"},
        {"name_vi": "a\x00b"},
    ],
)
def test_odd_values_are_refused_and_break_nothing(chau: Client, odd: dict[str, str]) -> None:
    for do in ("save", "try"):
        answer = chau.post(NEW, TYPED | odd | {"do": do})
        assert answer.status_code == (400 if do == "save" else 200)
    assert not Indicator.objects.filter(pk__gt=10_000).exists()


def test_an_empty_form_is_refused(chau: Client) -> None:
    assert chau.post(NEW, {}).status_code in (200, 400)
    assert chau.post(f"{LIST}20/sua/", {"do": "save"}).status_code == 400
    assert chau.post(f"{LIST}20/ngung/", {"on": "2026-01-01"}).status_code == 400


def test_a_trial_computes_on_real_figures_and_stores_nothing(chau: Client, world: World) -> None:
    add_members(world.units["A11"], 5)
    say(world, "A1", 20, 3)
    say(world, "B1", 20, 1)
    lines(world.viewer("chau"), world.unit("T"), parse("2025"))
    drain_all()
    before = [model.objects.count() for model in (Indicator, IndicatorDefinition, Measure, PeriodRow)]
    base = Measure.objects.get(code="org.members_on_duty").pk
    asked = TYPED | {"numerator": "20", "denominator": str(base), "do": "try", "thu_ky": "2025", "thu_don_vi": "T"}
    answer = chau.post(NEW, asked, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "80,0%" in text
    assert "2/3" in text, "who spoke"
    assert "Đảng bộ huyện An" in text
    assert "<html" not in text
    whole = chau.post(NEW, asked).content.decode()
    assert "80,0%" in whole
    assert "<html" in whole
    assert [model.objects.count() for model in (Indicator, IndicatorDefinition, Measure, PeriodRow)] == before


def test_a_trial_warns_of_what_is_odd(chau: Client, world: World) -> None:
    say(world, "A1", 20, 9)
    say(world, "A1", 21, 0)
    lines(world.viewer("chau"), world.unit("T"), parse("2025"))
    drain_all()

    def tried(**more: str) -> str:
        typed = TYPED | {"do": "try", "thu_ky": "2025", "thu_don_vi": "T"} | more
        return chau.post(NEW, typed, headers={"HX-Request": "true"}).content.decode()

    assert "Tổng số bằng 0" in tried(numerator="20", denominator="21")
    assert "Tổng số chưa có" in tried(numerator="20", denominator="22")
    assert "Tỷ lệ vượt 100%" in tried(numerator="20", denominator="2")
    assert "Chưa đơn vị nào có số" in tried(numerator="22")
    assert "Không đơn vị nào phải ghi" in tried(expected="nobody")
    assert "0/3" in tried(), "a new number has nobody's figures yet"
    assert "Kỳ này chưa có số nào" in tried(thu_ky="2019")
    assert "loại kỳ khác nhau" in tried(denominator="20", period_kinds="year")
    assert "Cần sửa trước khi lưu" in tried(name_vi="")


def test_a_trial_stays_within_the_reach(chau: Client, world: World) -> None:
    answer = chau.post(NEW, TYPED | {"do": "try", "thu_don_vi": "KHÔNG CÓ"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Thử với đơn vị" in answer.content.decode(), "said as a wrong field"


def change(client: Client, number: int, **more: str) -> dict[str, str]:
    """What the form of a change holds when it is opened, with some of it typed over."""
    form = client.get(f"{LIST}{number}/sua/").context["form"]
    held = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in held.items()} | more


def test_a_change_makes_a_version_that_the_page_tells(chau: Client) -> None:
    typed = change(chau, 21, target="95", name_vi="Đảng viên đã học", since="2026-01-01", why="Nghị quyết 5")
    answer = chau.post(f"{LIST}21/sua/", typed, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Mục tiêu: 100 → 95" in text
    assert "Nghị quyết 5" in text
    assert "từ ngày 1/1/2026" in text
    assert "đã sửa tại đây" in text
    assert "Danh mục theo phần mềm ghi:" in text
    assert "Đảng viên học tập chuyên đề" in text, "what the catalogue says"


def test_a_change_on_a_version_seen_before_is_refused(chau: Client) -> None:
    typed = change(chau, 21, name_vi="Đảng viên đã học")
    assert chau.post(f"{LIST}21/sua/", typed).status_code == 302
    answer = chau.post(f"{LIST}21/sua/", typed | {"name_vi": "Đảng viên học xong"})
    assert answer.status_code == 400
    assert IndicatorDefinition.objects.filter(indicator_id=21).count() == 2


def test_a_change_of_nothing_and_one_from_no_day_are_refused(chau: Client) -> None:
    answer = chau.post(f"{LIST}21/sua/", change(chau, 21))
    assert "Chưa có gì khác" in answer.content.decode()
    answer = chau.post(f"{LIST}21/sua/", change(chau, 21, target="90"))
    assert "hãy ghi dùng từ ngày nào" in answer.content.decode()
    assert answer.status_code == 400


def test_retiring_and_using_again(chau: Client, world: World) -> None:
    chau.post(f"{LIST}20/ngung/", {"on": "2025-01-01", "version": "1"})
    assert 'id="value-20"' not in page(chau, f"/nhap/{world.unit('A1')}/2025/")
    assert 'id="value-20"' in page(chau, f"/nhap/{world.unit('A1')}/2024/")
    assert "Đã ngừng dùng" in page(chau, f"{LIST}20/")
    chau.post(f"{LIST}20/ngung/", {"on": "", "version": "1"})
    assert 'id="value-20"' in page(chau, f"/nhap/{world.unit('A1')}/2025/")


def test_a_printed_number_opens_by_the_definition_it_was_printed_with(chau: Client, world: World) -> None:
    say(world, "A1", 20, 3)
    lines(world.viewer("chau"), world.unit("T"), parse("2025"))
    drain_all()
    chau.post(f"/bao-cao/{world.unit('T')}/2025/word/")
    from chithi.reporting.models import Report

    code = Report.objects.everywhere(because="a test").get().code
    base = Measure.objects.get(code="org.grassroots").pk
    typed = change(chau, 20, denominator=str(base), name_vi="Lớp trên mỗi tổ chức", since="2025-01-01")
    assert chau.post(f"{LIST}20/sua/", typed).status_code == 302
    live = page(chau, f"/so/20/{world.unit('T')}/2025/")
    printed = page(chau, f"/so/20/{world.unit('T')}/2025/", ma=code)
    assert "100,0%" in live
    assert "Lớp trên mỗi tổ chức" in live
    assert "100,0%" not in printed
    assert "Lớp học tập chuyên đề đã mở" in printed
    assert "1 báo cáo đã in chỉ tiêu này." in page(chau, f"{LIST}20/")


def test_an_indicator_that_is_none_is_not_found(chau: Client) -> None:
    for address in ("", "sua/", "ngung/"):
        assert chau.get(f"{LIST}777777/{address}").status_code == 404


def test_a_document_brought_later_is_read_by_the_phrases_of_the_new_indicator(chau: Client, world: World) -> None:
    chau.post(NEW, TYPED | {"words": "phát thanh"})
    indicator = Indicator.objects.latest("pk")
    said = {"unit_id": world.unit("A1"), "period": "2025", "title": "Báo cáo", "text": "Đã có 34 buổi phát thanh."}
    answer = chau.post("/api/documents", said, content_type="application/json")
    assert answer.status_code == 201, answer.content
    span = answer.json()["spans"][0]
    assert span["taken_for"]["indicator"] == indicator.code
    confirmed = chau.post(
        f"/api/spans/{span['id']}/confirm", {"version": span["version"]}, content_type="application/json"
    )
    assert confirmed.status_code in (200, 201), confirmed.content
    drain_all()
    assert "34" in page(chau, f"/so/{indicator.pk}/{world.unit('A1')}/2025/")


def queries(client: Client, address: str, typed: dict[str, str] | None = None) -> int:
    """How many queries an answer takes."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address) if typed is None else client.post(address, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return len(asked)


def test_the_list_and_a_trial_ask_the_same_number_of_queries_whatever_there_is(chau: Client, world: World) -> None:
    say(world, "A1", 20, 3)
    add_unit("C", world.units["T"], UnitKind.DISTRICT, "Đảng bộ huyện C")
    forget_since(BEGAN)
    lines(world.viewer("chau"), world.unit("T"), parse("2025"))
    drain_all()
    tried = TYPED | {"numerator": "20", "denominator": "2", "do": "try", "thu_ky": "2025", "thu_don_vi": "T"}
    queries(chau, LIST), queries(chau, NEW, tried)  # what a first request alone does
    before = queries(chau, LIST), queries(chau, NEW, tried)
    for number in range(5):
        defined = TYPED | {"name_vi": f"Chỉ tiêu số {number}", "words": ""}
        assert chau.post(NEW, defined).status_code == 302
    for code in ("D", "E", "F"):
        add_unit(code, world.units["T"], UnitKind.DISTRICT, f"Đảng bộ huyện {code}")
    forget_since(BEGAN)
    drain_all()
    rebuild(PeriodRow.objects.get(code="2025"))
    queries(chau, LIST), queries(chau, NEW, tried)
    assert (queries(chau, LIST), queries(chau, NEW, tried)) == before
    assert max(before) < 60
