"""Deciding the figures of a text through the web and the API: signs, decided figures, the way back, absurd numbers."""

from __future__ import annotations

import pytest

from chithi.indicators.models import Figure
from chithi.narrative.actions import Incoming, take_in
from chithi.narrative.models import Question, Span
from chithi.web.show.intake import in_its_line
from tests.doors.test_api import caller, send
from tests.doors.test_pages import signed_in
from tests.worlds import World

YEAR = "2012"
TEXT = "Năm 2012, toàn tỉnh có 38.969 đảng viên viết bản đăng ký làm theo, giảm 120 đảng viên so với năm 2011."
HTMX = {"HX-Request": "true"}


def spans_taken(world: World) -> tuple[Span, Span]:
    incoming = Incoming(title="Thử", text=TEXT, extractor="pasted", period_code=YEAR)
    document = take_in(by=world.viewer("chau"), unit_id=world.unit("T"), incoming=incoming)
    stored = Span.objects.everywhere(because="the test looks at what was stored")
    level, fall = stored.filter(document=document).order_by("start")
    return level, fall


def figure_of(span: Span) -> Figure:
    return Figure.objects.everywhere(because="the test looks at what was made").get(span_id=span.pk, state="live")


def correction(**said: str) -> dict[str, str]:
    return {
        "version": "1", "indicator": "pledge.members", "period": YEAR, "covers": "subtree", "role": "change", **said,
    }  # fmt: skip


def test_leaving_out_a_confirmed_figure_is_refused_on_its_card_and_the_figure_stays(world: World) -> None:
    level, _ = spans_taken(world)
    client = signed_in(world, "chau")
    client.post(f"/van-ban/so/{level.pk}/xac-nhan/", {"version": 1}, headers=HTMX)
    answer = client.post(f"/van-ban/so/{level.pk}/bo/", {"version": 2}, headers=HTMX).content.decode()
    assert "đã được xác nhận" in answer
    assert 'data-state="confirmed"' in answer
    assert figure_of(level).value == 38969


@pytest.mark.parametrize("typed", ["-125", "−125"])
def test_a_corrected_decrease_keeps_its_sign(world: World, typed: str) -> None:
    _, fall = spans_taken(world)
    client = signed_in(world, "chau")
    assert 'value="-120"' in client.get(f"/van-ban/so/{fall.pk}/sua/").content.decode()
    answer = client.post(f"/van-ban/so/{fall.pk}/sua/", correction(value=typed), headers=HTMX)
    assert 'data-state="corrected"' in answer.content.decode()
    assert figure_of(fall).value == -125


def test_the_page_that_corrects_shows_the_line_and_its_way_back_needs_no_script(world: World) -> None:
    level, _ = spans_taken(world)
    client = signed_in(world, "chau")
    page = client.get(f"/van-ban/so/{level.pk}/sua/").content.decode()
    assert "toàn tỉnh có <mark>38.969 đảng viên</mark> viết bản đăng ký" in page
    assert f'href="/van-ban/{level.document_id}/#' in page
    assert "data-edit-close" not in page
    within_its_card = client.get(f"/van-ban/so/{level.pk}/sua/", headers=HTMX).content.decode()
    assert "data-edit-close" in within_its_card
    assert "<mark>" not in within_its_card


def test_a_long_line_is_cut_between_words_on_either_side_of_the_figure() -> None:
    text = "đầu\n" + "trước đó " * 40 + "731 lớp" + " sau đó" * 40 + "\ncuối"
    at = text.index("731")
    shown = in_its_line(text, at, at + len("731 lớp"))
    assert shown["marked"] == "731 lớp"
    assert set(shown["before"].split()) == {"…", "trước", "đó"}
    assert set(shown["after"].split()) == {"…", "sau", "đó"}
    assert len(shown["before"]) + len(shown["after"]) < 330


def test_a_level_below_nothing_is_refused_beside_its_field(world: World) -> None:
    level, _ = spans_taken(world)
    form = correction(value="-125", role="level")
    page = signed_in(world, "chau").post(f"/van-ban/so/{level.pk}/sua/", form).content.decode()
    assert "không phải một con số đọc được" in page


def test_the_web_and_the_api_note_the_same_comparison_for_a_corrected_change(world: World) -> None:
    _, fall = spans_taken(world)
    chau = caller(world, "chau")
    said = {"indicator": "pledge.members", "period": YEAR, "value": "-125", "role": "change"}
    answer = send(chau, "POST", f"/api/spans/{fall.pk}/confirm", {"version": 1, "correction": said})
    assert answer.json()["figure"]["value"] == "-125"
    by_api = figure_of(fall)
    send(chau, "POST", f"/api/spans/{fall.pk}/reopen", {"version": 2})
    client = signed_in(world, "chau")
    client.post(f"/van-ban/so/{fall.pk}/sua/", correction(value="-125", version="3"), headers=HTMX)
    by_web = figure_of(fall)
    assert by_web.pk != by_api.pk
    assert by_web.against == by_api.against == "năm 2011"


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://testserver/van-ban/7/", "http://testserver/van-ban/7/"),
        ("https://elsewhere.example/", "/van-ban/"),
        ("//elsewhere.example/", "/van-ban/"),
        ("", "/van-ban/"),
    ],
)
def test_a_settled_question_leads_back_to_a_page_of_ours_only(world: World, came_from: str, goes_to: str) -> None:
    level, _ = spans_taken(world)
    question = Question.objects.create(
        unit_id=level.unit_id, document_id=level.document_id, code="share_wrong", severity="wrong"
    )
    client = signed_in(world, "chau")
    answer = client.post(f"/van-ban/hoi/{question.pk}/", headers={"Referer": came_from})
    assert (answer.status_code, answer["Location"]) == (302, goes_to)


@pytest.mark.parametrize("odd", ["²", "٣", "9" * 40, "-1"])
def test_odd_numerals_in_addresses_and_forms_are_no_failure(world: World, odd: str) -> None:
    level, _ = spans_taken(world)
    client = signed_in(world, "chau")
    assert client.get("/van-ban/", {"trang": odd}).status_code == 200
    asked = {"version": odd, "replacing": odd}
    assert client.post(f"/van-ban/so/{level.pk}/xac-nhan/", asked, headers=HTMX).status_code == 200


def test_numbers_beyond_all_measure_are_taken_in_and_shown(world: World) -> None:
    client = signed_in(world, "chau")
    text = "Tổng vốn 99999999999999999999999 tỷ đồng, đạt 1234567,5%. Toàn xã có 12345678901234567890123 hộ."
    answer = client.post("/van-ban/?cach=dan", {"title": "Thử", "text": text, "unit": "T", "period": YEAR})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_a_text_too_long_to_read_is_refused_through_both_doors(world: World) -> None:
    text = "a " * 500_001
    form = {"title": "Thử", "text": text, "unit": "T", "period": YEAR}
    answer = signed_in(world, "chau").post("/van-ban/?cach=dan", form)
    assert answer.status_code == 400
    assert "1 triệu chữ cái" in answer.content.decode()
    said = {"unit_id": world.unit("T"), "period": YEAR, "text": text}
    refused = send(caller(world, "chau"), "POST", "/api/documents", said).json()
    assert (refused["code"], refused["field"]) == ("text.too_large", "text")
