"""The pages: what they show, what they refuse, in the words of the reader."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from chithi.core.periods import parse
from chithi.indicators.actions import confirm_period
from chithi.indicators.catalogue import INDICATORS
from chithi.indicators.drain import drain_all
from chithi.indicators.kinds import Covers
from chithi.narrative.queries import spans_of
from tests.concepts.test_from_sentence_to_word import PERIOD, confirm_all, taken, text_of
from tests.concepts.test_totals import say
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_visitor_is_sent_to_the_log_in_and_back(world: World) -> None:
    answer = Client().get("/don-vi/1/")
    assert answer.status_code == 302
    assert answer["Location"] == "/vao/?next=/don-vi/1/"


def test_logging_in_with_a_wrong_pair_says_so_and_with_the_right_one_leads_home(world: World) -> None:
    client = Client()
    wrong = client.post("/vao/", {"username": "lan", "password": "không phải"})
    assert wrong.status_code == 401
    assert "chưa đúng" in wrong.content.decode()
    right = client.post("/vao/", {"username": "lan", "password": "mật khẩu của lan"})
    assert (right.status_code, right["Location"]) == (302, "/viec/")


def test_home_shows_the_tree_of_the_reach_and_no_more(world: World) -> None:
    page = signed_in(world, "minh").get("/").content.decode()
    assert "Đảng bộ xã An Một" in page
    assert "Chi bộ thôn Hòa Hai" in page
    assert "An Hai" not in page


def test_a_unit_page_shows_its_numbers_as_doors(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    page = signed_in(world, "minh").get(f"/don-vi/{world.unit('A1')}/?ky=2025").content.decode()
    assert f'href="/so/20/{world.unit("A1")}/2025/"' in page


def test_a_unit_outside_the_reach_looks_like_one_that_does_not_exist(world: World) -> None:
    client = signed_in(world, "lan")
    outside, absent = client.get(f"/don-vi/{world.unit('A12')}/"), client.get("/don-vi/999999/")
    assert outside.status_code == absent.status_code == 404
    said = [re.search(r"<main.*?</main>", answer.content.decode(), re.S) for answer in (outside, absent)]
    assert said[0] is not None
    assert said[1] is not None
    assert said[0].group() == said[1].group()


def test_a_trace_opens_as_a_page_and_as_a_panel(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    client = signed_in(world, "dung")
    address = f"/so/20/{world.unit('A')}/2025/"
    page = client.get(address).content.decode()
    panel = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in panel
    assert "7 lớp" in panel
    assert "1 trên 2 đơn vị" in panel


def test_the_people_under_a_total_are_named_only_to_those_who_may(world: World) -> None:
    add_members(world.units["A11"], 2)
    drain_all()
    address = f"/so/1/{world.unit('A11')}/2025/"
    secretary = signed_in(world, "lan").get(address).content.decode()
    leader = signed_in(world, "dung").get(address).content.decode()
    assert "Đảng viên A11 1" in secretary
    assert "Đảng viên A11 1" not in leader
    assert "không được mở từng người" in leader


def test_an_unreadable_or_future_period_is_said_in_words(world: World) -> None:
    client = signed_in(world, "lan")
    answer = client.get(f"/don-vi/{world.unit('A11')}/?ky=rubbish")
    assert answer.status_code == 400
    assert "Không hiểu kỳ" in answer.content.decode()
    assert client.get(f"/don-vi/{world.unit('A11')}/?ky=2099").status_code == 400


def test_pasted_text_is_taken_in_and_its_figures_are_marked(world: World) -> None:
    client = signed_in(world, "chau")
    text = "Tính đến nay, toàn tỉnh đã mở 731 lớp học tập chuyên đề với 40.539 đảng viên tham gia, đạt 98,1%."
    answer = client.post("/van-ban/?cach=dan", {"title": "Thử", "text": text, "unit": "T", "period": PERIOD})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert re.search(r"<a class=\"fact[^>]*>731 lớp", page)
    assert "40.539" in page


def test_a_refused_upload_names_the_field_and_keeps_what_was_typed(world: World) -> None:
    client = signed_in(world, "chau")
    answer = client.post(
        "/van-ban/?cach=dan", {"title": "Thử", "text": "Mở 5 lớp.", "unit": "KHONG-CO", "period": "abc"}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Mở 5 lớp." in page
    assert "Không tìm thấy đơn vị này" in page


def test_confirming_by_htmx_answers_with_the_card(world: World) -> None:
    document = taken(world)
    span = next(s for s in spans_of(world.viewer("chau"), document.pk) if s.indicator_code)
    client = signed_in(world, "chau")
    answer = client.post(f"/van-ban/so/{span.pk}/xac-nhan/", {"version": 1}, headers={"HX-Request": "true"})
    assert 'data-state="confirmed"' in answer.content.decode()
    again = client.post(f"/van-ban/so/{span.pk}/xac-nhan/", {"version": 1}, headers={"HX-Request": "true"})
    assert "đã được xác nhận" in again.content.decode()


def test_correcting_a_figure_confirms_what_the_clerk_wrote(world: World) -> None:
    document = taken(world)
    span = next(s for s in spans_of(world.viewer("chau"), document.pk) if s.indicator_code == "study.classes")
    client = signed_in(world, "chau")
    form = {
        "version": 1,
        "indicator": "study.classes",
        "value": "713",
        "period": PERIOD,
        "covers": "subtree",
        "role": "level",
    }
    answer = client.post(f"/van-ban/so/{span.pk}/sua/", form, headers={"HX-Request": "true"})
    assert 'data-state="corrected"' in answer.content.decode()
    drain_all()
    assert "713 lớp" in client.get(f"/so/20/{world.unit('T')}/{PERIOD}/").content.decode()


def test_a_broken_number_is_said_beside_its_field(world: World) -> None:
    document = taken(world)
    span = next(s for s in spans_of(world.viewer("chau"), document.pk) if s.indicator_code == "study.classes")
    form = {
        "version": 1,
        "indicator": "study.classes",
        "value": "7x3",
        "period": PERIOD,
        "covers": "subtree",
        "role": "level",
    }
    page = signed_in(world, "chau").post(f"/van-ban/so/{span.pk}/sua/", form).content.decode()
    assert "không phải một con số đọc được" in page
    assert "7x3" in page


def test_the_grid_saves_all_or_nothing(world: World) -> None:
    client = signed_in(world, "minh")
    address = f"/nhap/{world.unit('A1')}/2025/"
    refused = client.post(address, {"value-20": "7", "value-22": "bảy"})
    assert refused.status_code == 400
    assert "Chưa lưu được" in refused.content.decode()
    drain_all()
    assert "chưa có số" in client.get(f"/so/20/{world.unit('A1')}/2025/").content.decode()
    saved = client.post(address, {"value-20": "7", "value-22": "0"})
    assert saved.status_code == 302
    drain_all()
    assert "7 lớp" in client.get(f"/so/20/{world.unit('A1')}/2025/").content.decode()


def test_two_clerks_in_one_cell_of_the_grid_the_second_is_told(world: World) -> None:
    address = f"/nhap/{world.unit('A1')}/2025/"
    signed_in(world, "minh").post(address, {"value-20": "7", "version-20": "0"})
    second = signed_in(world, "chau").post(address, {"value-20": "8", "version-20": "0"})
    assert second.status_code == 400
    assert "Có người vừa sửa" in second.content.decode()


def test_the_report_page_and_its_word_file_tell_the_same(world: World) -> None:
    confirm_all(world, taken(world))
    client = signed_in(world, "chau")
    address = f"/bao-cao/{world.unit('T')}/{PERIOD}/"
    page = client.get(address).content.decode()
    assert "40.539" in page
    answer = client.post(f"{address}word/")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "40.539" in text_of(answer.content)


def test_the_code_on_paper_opens_the_numbers_of_the_report(world: World) -> None:
    confirm_all(world, taken(world))
    client = signed_in(world, "chau")
    name = client.post(f"/bao-cao/{world.unit('T')}/{PERIOD}/word/")["Content-Disposition"]
    code = name.split("bao-cao-")[1].removesuffix('.docx"')
    page = client.get(f"/ma/{code.lower().replace('-', '')}").content.decode()
    assert "40.539" in page
    assert signed_in(world, "minh").get(f"/ma/{code}").status_code == 404


def test_a_printed_number_that_has_moved_says_so(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    client = signed_in(world, "chau")
    name = client.post(f"/bao-cao/{world.unit('A')}/2025/word/")["Content-Disposition"]
    code = name.split("bao-cao-")[1].removesuffix('.docx"')
    address = f"/so/20/{world.unit('A')}/2025/?ma={code}"
    assert "Không đổi từ khi lập báo cáo" in client.get(address).content.decode()
    say(world, "chau", "A2", 5)
    drain_all()
    assert "đã khác số đã in" in client.get(address).content.decode()


def test_every_page_sends_the_strict_policy(world: World) -> None:
    policy = signed_in(world, "minh").get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_the_period_is_kept_from_page_to_page(world: World) -> None:
    client = signed_in(world, "minh")
    client.get(f"/don-vi/{world.unit('A1')}/?ky=2024-Q2")
    assert parse("2024-Q2").label("vi") in client.get("/").content.decode()


def test_a_clerk_adopts_a_statement_from_its_trace_and_stops_again(world: World) -> None:
    say(world, "minh", "A1", 7)
    statement = say(world, "chau", "T", 20, covers=Covers.SUBTREE)
    drain_all()
    client, address = signed_in(world, "chau"), f"/so/20/{world.unit('T')}/2025/"
    assert f"/so/{statement.pk}/nhan-bu/" in client.get(address).content.decode()
    client.post(f"/so/{statement.pk}/nhan-bu/")
    drain_all()
    assert "20 lớp" in client.get(address).content.decode()
    client.post(f"/so/{statement.pk}/thoi-nhan-bu/")
    drain_all()
    assert "7 lớp" in client.get(address).content.decode()
    assert signed_in(world, "minh").post(f"/so/{statement.pk}/nhan-bu/").status_code == 404


def test_a_clerk_lets_another_source_speak_for_the_unit(world: World) -> None:
    add_members(world.units["A11"], 3)
    confirm_period(by=world.viewer("lan"), unit_id=world.unit("A11"), period=parse("2025"))
    say(world, "lan", "A11", 5, code="org.members_on_duty")
    drain_all()
    client, address = signed_in(world, "lan"), f"/so/1/{world.unit('A11')}/2025/"
    assert "3 đảng viên" in client.get(address).content.decode()
    client.post(f"/don-vi/{world.unit('A11')}/nguon/5/", {"first": "entered"})
    drain_all()
    assert "5 đảng viên" in client.get(address).content.decode()
    assert client.post(f"/don-vi/{world.unit('A11')}/nguon/5/", {"first": "rumour"}).status_code == 400


def test_the_trace_of_every_indicator_opens_at_every_level(world: World) -> None:
    add_members(world.units["A11"], 2)
    drain_all()
    client = signed_in(world, "chau")
    for shipped in INDICATORS:
        for code in ("T", "A1", "A11"):
            answer = client.get(f"/so/{shipped.id}/{world.unit(code)}/2025/")
            assert answer.status_code == 200, (shipped.code, code)
