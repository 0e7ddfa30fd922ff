"""The Excel annex through its doors: the report page, a unit's page, the API, the command line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection
from django.test import Client
from python_calamine import CalamineWorkbook

from chithi.cli import main
from chithi.db.locks import if_free
from chithi.indicators.drain import drain_all
from chithi.reporting.excel import MEDIA_TYPE
from chithi.reporting.models import Report
from tests.concepts.test_totals import say
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


def sheets_of(answer: object) -> list[str]:
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


def test_the_report_page_makes_the_report_and_hands_over_its_annex(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    client = signed_in(world, "chau")
    page = client.get(f"/bao-cao/{world.unit('A')}/2025/").content.decode()
    address = f"/bao-cao/{world.unit('A')}/2025/excel/"
    assert f'formaction="{address}"' in page
    answer = client.post(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPE)
    made = Report.objects.everywhere(because="a test looks").get()
    assert f'filename="phu-luc-{made.code}.xlsx"' in answer["Content-Disposition"]
    assert sheets_of(answer) == ["Biểu", "Theo đơn vị", "Giải thích"]


def test_a_units_page_leads_to_its_figures_without_making_a_report(world: World) -> None:
    client = signed_in(world, "lan")
    page = client.get(f"/don-vi/{world.unit('A11')}/?ky=2025").content.decode()
    address = f"/don-vi/{world.unit('A11')}/so-lieu/2025/"
    assert address in page
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPE)
    assert 'filename="so-lieu-A11-2025.xlsx"' in answer["Content-Disposition"]
    assert sheets_of(answer) == ["Biểu", "Theo đơn vị", "Giải thích"]
    assert not Report.objects.everywhere(because="a test looks").exists()


@pytest.mark.parametrize("address", ["/don-vi/{B1}/so-lieu/2025/", "/don-vi/99999999/so-lieu/2025/"])
def test_a_unit_out_of_reach_is_not_there(world: World, address: str) -> None:
    assert signed_in(world, "lan").get(address.format(B1=world.unit("B1"))).status_code == 404


def test_who_may_not_report_may_not_make_the_annex(world: World) -> None:
    assert signed_in(world, "lan").post(f"/bao-cao/{world.unit('A11')}/2025/excel/").status_code == 404
    assert signed_in(world, "chau").get(f"/bao-cao/{world.unit('A')}/2025/excel/").status_code == 405


@pytest.mark.parametrize("period", ["2025-13", "9999", "0001", "abc", "2025-Q9"])
def test_a_period_that_is_none_is_refused(world: World, period: str) -> None:
    for name, address in (("lan", f"/don-vi/{world.unit('A11')}/so-lieu/{period}/"),):
        assert signed_in(world, name).get(address).status_code in (400, 404)


def test_odd_groups_are_refused_or_passed_over(world: World) -> None:
    client, address = signed_in(world, "chau"), f"/bao-cao/{world.unit('A')}/2025/excel/"
    passed_over = client.post(address, {"nhom": ["x", ""]})
    assert sheets_of(passed_over) == ["Biểu", "Theo đơn vị", "Giải thích"]
    assert client.post(address, {"nhom": ["9" * 18]}).status_code == 404
    assert client.post(address, {"nhom": ["1", "2", "3", "4", "5", "6"]}).status_code in (400, 404)


def test_the_api_gives_the_same_workbook(world: World) -> None:
    client = signed_in(world, "dung")
    answer = client.get(f"/api/units/{world.unit('A')}/annex", {"period": "2025"})
    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPE)
    assert sheets_of(answer) == ["Biểu", "Theo đơn vị", "Giải thích"]
    assert client.get(f"/api/units/{world.unit('B')}/annex", {"period": "2025"}).status_code == 404
    assert client.get(f"/api/units/{world.unit('A')}/annex", {"period": "no"}).status_code == 422
    assert client.get(f"/api/units/{world.unit('A')}/annex").status_code == 422
    assert Client().get(f"/api/units/{world.unit('A')}/annex", {"period": "2025"}).status_code == 401


def test_the_command_line_writes_a_workbook_where_the_name_asks_for_one(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "phu-luc.XLSX"
    assert main(["report", "A", "2025", "-o", str(target), "--date", "2026-11-21"]) == 0
    assert CalamineWorkbook.from_path(str(target)).sheet_names == ["Biểu", "Theo đơn vị", "Giải thích"]
    made = Report.objects.everywhere(because="a test looks").get()
    assert made.code in capsys.readouterr().out


@contextmanager
def somebody_exports() -> Iterator[None]:
    """Another request is making a large annex."""
    begun, ended = Event(), Event()

    def make() -> None:
        try:
            with if_free("annex") as free:
                assert free
                begun.set()
                ended.wait(60)
        finally:
            connection.close()

    other = Thread(target=make)
    other.start()
    try:
        assert begun.wait(60)
        yield
    finally:
        ended.set()
        other.join(60)


def test_a_large_annex_is_made_alone_and_keeps_nothing_where_it_must_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, unit = signed_in(world, "chau"), world.unit("A")
    ways = (f"/don-vi/{unit}/so-lieu/2025/", f"/api/units/{unit}/annex?period=2025")
    with somebody_exports():
        for address in ways:
            assert len(sheets_of(client.get(address))) == 3, "a small one is made at any time"
        monkeypatch.setattr("chithi.reporting.excel_files.LARGE", 1)
        for address in ways:
            answer = client.get(address)
            assert answer.status_code == 400
            assert "Đang có người xuất một tệp Excel lớn" in answer.content.decode()
        assert client.post(f"/bao-cao/{unit}/2025/excel/").status_code == 400
        assert not Report.objects.everywhere(because="a test looks").exists()
        out_of_reach = signed_in(world, "dung").get(f"/don-vi/{world.unit('B')}/so-lieu/2025/")
        assert out_of_reach.status_code == 404, "who may not see a unit does not learn how large it is"
    for address in ways:
        assert len(sheets_of(client.get(address))) == 3
    assert len(sheets_of(client.post(f"/bao-cao/{unit}/2025/excel/"))) == 3
