"""Pictures through the pages: doors in every part, tables and files beside them, refusals in words."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, confirm_period, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import IndicatorDefinition, Measure
from chithi.org.kinds import UnitKind
from chithi.org.models import UnitState
from chithi.org.places import forget_since
from tests.worlds import BEGAN, World, add_members, add_unit, build_world

pytestmark = pytest.mark.django_db
CLASSES = "chi-tieu=study.classes"


@pytest.fixture
def world(db: None) -> World:
    found = build_world()
    for code, count in (("A11", 6), ("A12", 4), ("A21", 5)):
        add_members(found.units[code], count)
    for code, year, value in (("A1", "2024", 6), ("A1", "2025", 7), ("A2", "2024", 2), ("A2", "2025", 5)):
        say(found, code, "study.classes", value, year)
        say(found, code, "study.members", value, year)
    confirm_period(by=found.viewer("lan"), unit_id=found.unit("A11"), period=parse("2025-06"))
    drain_all()
    return found


def say(world: World, code: str, measure: str, value: int, period: str) -> None:
    slot = Slot(world.unit(code), Measure.objects.get(code=measure).pk, parse(period))
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(value), seen=None)


def at(world: World, who: str, language: str = "vi") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def table(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert "attachment" in answer["Content-Disposition"]
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(body), delimiter=";"))


def doors(text: str, look: str) -> list[str]:
    """Addresses of the parts of a drawing, in their order."""
    drawing = re.search(rf'<svg[^>]*class="pic {look}".*?</svg>', text, re.DOTALL)
    assert drawing is not None
    return re.findall(r'<a href="([^"]+)" class="pic-door"', drawing.group())


def test_a_unit_shows_its_trend_and_its_units_and_every_part_opens_a_trace(world: World) -> None:
    district = world.unit("A")
    text = page(at(world, "dung"), f"/don-vi/{district}/?ky=2025&{CLASSES}")
    assert doors(text, "pic-trend") == [f"/so/20/{district}/{year}/" for year in (2024, 2025)]
    assert doors(text, "pic-bars") == [f"/so/20/{world.unit(code)}/2025/" for code in ("A1", "A2")]
    assert "Năm 2025: 12; tăng 4 so với năm 2024." in text
    assert "Cao nhất: Đảng bộ xã An Một (7); thấp nhất: Đảng bộ xã An Hai (5)." in text
    assert "echarts" not in text
    for address in doors(text, "pic-bars"):
        assert at(world, "dung").get(address).status_code == 200


def test_the_weakest_stand_first_on_request(world: World) -> None:
    text = page(at(world, "dung"), f"/don-vi/{world.unit('A')}/?ky=2025&{CLASSES}&truoc=yeu")
    assert doors(text, "pic-bars") == [f"/so/20/{world.unit(code)}/2025/" for code in ("A2", "A1")]
    assert "Xếp số cao nhất trước" in text


def test_a_long_tail_is_folded_and_who_is_silent_is_named(world: World) -> None:
    for number in range(3, 20):
        code = f"X{number:02d}"
        world.units[code] = add_unit(code, world.units["A"], UnitKind.GRASSROOTS, f"Xã số {number}")
        if number < 19:
            say(world, code, "study.classes", number, "2026-Q1")
    forget_since(BEGAN)
    drain_all()
    text = page(at(world, "dung"), f"/don-vi/{world.unit('A')}/?ky=2026-Q1&{CLASSES}")
    assert "và 4 đơn vị khác" in text
    assert len(doors(text, "pic-bars")) == 12
    assert "3 đơn vị chưa có số:" in text
    silent = text[text.index("đơn vị chưa có số:") :]
    assert "Đảng bộ xã An Một" in silent[:700]


def test_a_trace_shows_the_periods_before_with_a_table_behind(world: World) -> None:
    unit = world.unit("A1")
    text = page(at(world, "minh"), f"/so/20/{unit}/2025/")
    assert doors(text, "pic-trend") == [f"/so/20/{unit}/2024/", f"/so/20/{unit}/2025/"]
    assert "Xem bảng" in text
    panel = at(world, "minh").get(f"/so/20/{unit}/2025/", headers={"HX-Request": "true"}).content.decode()
    assert "pic-trend" in panel


def test_who_has_reported_leads_to_what_is_missing(world: World) -> None:
    text = page(at(world, "minh"), f"/don-vi/{world.unit('A1')}/ai-da-bao-cao/?ky=2025-06")
    assert "Tháng 6/2025: 1 trên 2 đơn vị phải báo cáo đã có số; còn thiếu 1." in text
    cells = re.findall(r'<td class="heat-([\w-]+)"><a href="([^"]+)"', text)
    assert cells == [
        ("part-mid", f"/so/1/{world.unit('A1')}/2025-06/"),
        ("in-full", f"/so/1/{world.unit('A11')}/2025-06/"),
        ("not-yet", f"/nhap/{world.unit('A12')}/2025-06/"),
    ]
    assert 'aria-label="Chi bộ thôn Hòa Hai, tháng 6/2025: chưa có"' in text
    assert at(world, "minh").get(cells[2][1]).status_code == 200


def test_a_reader_who_may_not_enter_is_led_to_the_trace(world: World) -> None:
    text = page(at(world, "dung"), f"/don-vi/{world.unit('A1')}/ai-da-bao-cao/?ky=2025-06")
    assert f'href="/so/1/{world.unit("A12")}/2025-06/"' in text
    assert "/nhap/" not in re.search(r'<table class="heat">.*?</table>', text, re.DOTALL).group()  # type: ignore[union-attr]


def test_rows_and_columns_are_chosen_and_only_the_lacking_kept(world: World) -> None:
    client, at_top = at(world, "chau"), f"/don-vi/{world.unit('T')}/ai-da-bao-cao/?ky=2025-06"
    assert "Đảng bộ xã Bình Một" in page(client, f"{at_top}&cap=co-so")
    lacking = page(client, f"{at_top}&cap=chi-bo&thieu=1")
    rows = re.search(r'<table class="heat">.*?</table>', lacking, re.DOTALL)
    assert rows is not None
    assert "Chi bộ thôn Hòa Một" not in rows.group()
    assert "Chi bộ thôn Hòa Hai" in rows.group()
    assert "Bên dưới chỉ còn đơn vị thiếu ở Tháng 6/2025." in lacking
    assert "Năm 2025" in page(client, f"{at_top}&cot=nam&{CLASSES}")


def test_units_stand_side_by_side_most_first_with_their_names_as_links(world: World) -> None:
    text = page(at(world, "dung"), f"/don-vi/{world.unit('A')}/canh-nhau/?ky=2025&{CLASSES}")
    names = re.findall(r'<div class="small-head"><a href="([^"]+)">([^<]+)</a>', text)
    assert names == [
        (f"/don-vi/{world.unit('A1')}/?ky=2025", "Đảng bộ xã An Một"),
        (f"/don-vi/{world.unit('A2')}/?ky=2025", "Đảng bộ xã An Hai"),
    ]
    assert "So với năm 2024, trong 2 đơn vị có số ở cả hai kỳ: 2 tăng, 0 giảm." in text
    worst = page(at(world, "dung"), f"/don-vi/{world.unit('A')}/canh-nhau/?ky=2025&{CLASSES}&truoc=yeu")
    assert worst.index("An Hai</a>") < worst.index("An Một</a>")


def test_nothing_to_draw_says_why(world: World) -> None:
    text = page(at(world, "lan"), f"/don-vi/{world.unit('A11')}/canh-nhau/?ky=2025&{CLASSES}")
    assert "Không có đơn vị nào ở dưới để đặt cạnh nhau." in text
    text = page(at(world, "dung"), f"/don-vi/{world.unit('A')}/canh-nhau/?ky=2025&chi-tieu=media.items")
    assert "Chưa đơn vị nào có số ở hai kỳ để vẽ." in text
    text = page(at(world, "lan"), f"/don-vi/{world.unit('A11')}/ai-da-bao-cao/?ky=2025")
    assert "Đơn vị này không có đơn vị nào như vậy ở dưới." in text


def test_files_hold_the_numbers_of_the_pictures(world: World) -> None:
    client, district = at(world, "dung"), world.unit("A")
    about = f"ky=2025&{CLASSES}"
    trend = table(client, f"/don-vi/{district}/so-lieu/dien-bien.csv?{about}")
    assert [row[:3] for row in trend[1:]] == [["Năm 2024", "2024", "8"], ["Năm 2025", "2025", "12"]]
    bars = table(client, f"/don-vi/{district}/so-lieu/dong-gop.csv?{about}")
    assert [row[:3] for row in bars[1:]] == [["Đảng bộ xã An Một", "A1", "7"], ["Đảng bộ xã An Hai", "A2", "5"]]
    assert bars[1][-1].endswith(f"/so/20/{world.unit('A1')}/2025/")
    side = table(client, f"/don-vi/{district}/so-lieu/canh-nhau.csv?{about}")
    assert side[0][-2:] == ["Năm 2024", "Năm 2025"]
    assert side[1][-2:] == ["6", "7"]
    told = table(
        client, f"/don-vi/{world.unit('A1')}/so-lieu/ai-da-bao-cao.csv?ky=2025-06&chi-tieu=org.members_on_duty"
    )
    assert [row[-1] for row in told] == ["Tháng 6/2025", "1 trên 2", "đã có", "chưa có"]


def test_shares_are_written_with_their_decimals_in_a_workbook(world: World) -> None:
    address = f"/don-vi/{world.unit('A')}/so-lieu/dong-gop.xlsx?ky=2025&chi-tieu=study.members"
    answer = at(world, "dung").get(address)
    file = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert rows[1][2:5] == [7.0, 10.0, 70.0]
    drawn = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="E2"><v>70' in drawn  # no format of its own that would round what is shown


def test_a_name_that_looks_like_a_formula_stays_a_name(world: World) -> None:
    state = UnitState.objects.everywhere(because="a hostile name").get(unit_id=world.unit("A1"))
    state.name = state.short_name = '=HYPERLINK("http://x")"><script>'
    state.save()
    client, about = at(world, "dung"), f"ky=2025&{CLASSES}"
    bars = table(client, f"/don-vi/{world.unit('A')}/so-lieu/dong-gop.csv?{about}")
    assert bars[1][0].startswith("'=HYPERLINK")
    text = page(client, f"/don-vi/{world.unit('A')}/?{about}")
    assert "<script>" not in text.replace('<script src="', "")
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "address",
    [
        "/don-vi/{A}/so-lieu/dien-bien.pdf?chi-tieu=study.classes",
        "/don-vi/{A}/so-lieu/khac.csv?chi-tieu=study.classes",
        "/don-vi/{A}/so-lieu/dien-bien.csv?chi-tieu=khong.co",
        "/don-vi/{A}/ai-da-bao-cao/?chi-tieu=khong.co",
        "/don-vi/{A}/ai-da-bao-cao/?chi-tieu=%00",
        "/don-vi/{A}/canh-nhau/?chi-tieu=" + "x" * 5000,
        "/don-vi/{B}/ai-da-bao-cao/",
        "/don-vi/{B}/canh-nhau/",
        "/don-vi/{B}/so-lieu/dong-gop.csv?chi-tieu=study.classes",
        "/don-vi/999999999999999999999999/canh-nhau/",
        "/nhom/999999/so-lieu/dong-gop.csv?chi-tieu=study.classes",
    ],
)
def test_what_is_not_there_or_out_of_reach_is_not_found(world: World, address: str) -> None:
    asked = address.format(A=world.unit("A"), B=world.unit("B"))
    assert at(world, "dung").get(asked).status_code == 404


@pytest.mark.parametrize(
    "query", ["trang=0", "trang=99999999999999999999", "cap=x&cot=y&thieu=z", "trang=-1", "cap=chi-bo&trang=9"]
)
def test_odd_words_in_an_address_are_passed_over(world: World, query: str) -> None:
    assert at(world, "chau").get(f"/don-vi/{world.unit('T')}/ai-da-bao-cao/?ky=2025&{query}").status_code == 200
    assert at(world, "chau").get(f"/don-vi/{world.unit('T')}/canh-nhau/?ky=2025&{query}").status_code == 200


def test_english_readers_read_english(world: World) -> None:
    client = at(world, "dung")
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    text = page(client, f"/don-vi/{world.unit('A')}/?ky=2025&{CLASSES}")
    assert "Year 2025: 12; up 4 against Year 2024." in text
    heat = page(client, f"/don-vi/{world.unit('A1')}/ai-da-bao-cao/?ky=2025-06")
    assert "Who has reported" in heat


def test_the_target_of_a_count_is_its_own(world: World) -> None:
    IndicatorDefinition.objects.filter(indicator_id=20).update(target=15)
    text = page(at(world, "dung"), f"/don-vi/{world.unit('A')}/?ky=2025&{CLASSES}")
    assert "còn thiếu 3 so với mục tiêu 15" in text
