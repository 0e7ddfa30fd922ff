"""Requests by letter in pages: drafted, sent, answered, sent back, taken away; every refusal in words."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from chithi.access.viewers import today
from chithi.calls.actions import Letter, Said, Whom, add_question, draft, send
from chithi.calls.answering import submit
from chithi.calls.kinds import Asks
from chithi.calls.models import Call, Question, Reply
from chithi.directives.models import Directive
from chithi.indicators.models import Figure, Indicator
from chithi.sheets.reading import read
from tests.doors.test_pages import signed_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks again"
DUE = today() + timedelta(days=5)


@pytest.fixture
def world() -> World:
    return build_world()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def form_of(**changes: Any) -> dict[str, Any]:
    return {"title": "Kết quả học tập", "due_on": DUE.isoformat(), "content": "Báo cáo nhanh", "period": "", **changes}


def call_of(world: World, code: str = "T", *, figure: bool = False) -> Call:
    """One that went out to grassroots organisations: a line in words, a number."""
    by = world.viewer("chau", today())
    period = f"{today().year - 1}"
    call = draft(by=by, unit_id=world.unit(code), said=Said("Kết quả học tập", DUE, "Báo cáo nhanh", period))
    add_question(by=by, call_id=call.pk, text="Cách làm hay", asks=Asks.WORDS)
    if figure:
        classes = Indicator.objects.get(code="study.classes").pk
        add_question(by=by, call_id=call.pk, text="", asks=Asks.INDICATOR, indicator=classes)
    else:
        add_question(by=by, call_id=call.pk, text="Số buổi", asks=Asks.NUMBER)
    letter = Letter(sign=f"{call.pk}-CV/TU")
    seen = Call.objects.everywhere(because=LOOK).get(pk=call.pk).version
    return send(by=by, call_id=call.pk, seen_version=seen, whom=Whom(("grassroots",)), letter=letter)


def reply_in(world: World, call: Call, code: str = "A1") -> Reply:
    return Reply.objects.everywhere(because=LOOK).get(call_id=call.pk, unit_id=world.unit(code))


def fields(call: Call) -> list[str]:
    rows = Question.objects.everywhere(because=LOOK).filter(call_id=call.pk).order_by("pk")
    return [f"line_{pk}" for pk in rows.values_list("pk", flat=True)]


def test_a_request_is_drafted_outlined_sent_answered_and_read_as_a_table(world: World) -> None:
    chau, minh = signed_in(world, "chau"), signed_in(world, "minh")
    assert chau.post("/yeu-cau/moi/", form_of()).status_code == 302
    call = Call.objects.everywhere(because=LOOK).get()
    page = f"/yeu-cau/{call.pk}/"
    assert "chưa có dòng nào" in text(chau.get(page))
    for line in ({"text": "Cách làm hay", "asks": "words"}, {"text": "Số buổi", "asks": "number"}):
        assert chau.post(page + "dong/", line).status_code == 302
    said = {"version": 3, "kinds": ["grassroots"], "sign": "12-CV/TU", "dated": today().isoformat()}
    answer = chau.post(page + "gui/", said, follow=True)
    assert "Các đơn vị thấy yêu cầu" in text(answer)
    assert Directive.objects.everywhere(because=LOOK).get().sign == "12-CV/TU"
    assert "Trả lời yêu cầu: Kết quả học tập" in text(minh.get("/viec/"))
    kept = reply_in(world, call)
    words, count = fields(call)
    here = f"/yeu-cau/tra-loi/{kept.pk}/"
    assert "Đảng bộ tỉnh Thử" in text(minh.get(here))
    minh.post(here, {"version": 1, words: "Đang viết", count: "", "lam": "luu"})
    assert "Đang viết" in text(minh.get(here))
    assert "Đang viết" in text(chau.get(here))
    answer = minh.post(here, {"version": 2, words: "Nêu gương", count: "12,5", "lam": "gui"}, follow=True)
    assert "Đã gửi trả lời" in text(answer)
    assert "12,5" in text(answer)
    file = chau.get(page + "bang.xlsx")
    data = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    cells = [cell for row in read(data, "a.xlsx")[0].rows for cell in row]
    assert "Nêu gương" in cells


def test_a_figure_asked_for_an_indicator_stands_in_the_unit_s_figures(world: World) -> None:
    call, minh = call_of(world, figure=True), signed_in(world, "minh")
    kept = reply_in(world, call)
    words, count = fields(call)
    here = f"/yeu-cau/tra-loi/{kept.pk}/"
    page = text(minh.get(here))
    assert "Số của chỉ tiêu" in page
    assert minh.post(here, {"version": 1, words: "Có", count: "1,5", "lam": "gui"}).status_code == 400
    assert minh.post(here, {"version": 1, words: "Có", count: "7", "lam": "gui"}).status_code == 302
    assert Figure.objects.everywhere(because=LOOK).get().value == 7
    again = call_of(world, figure=True)
    assert 'value="7"' in text(minh.get(f"/yeu-cau/tra-loi/{reply_in(world, again).pk}/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "Yêu cầu báo cáo về việc gì"),
        ({"due_on": "2020-01-01"}, "trong khoảng"),
        ({"due_on": "mai"}, "01/07/2025"),
        ({"period": "nhiệm kỳ này"}, "Kỳ"),
        ({"content": "x" * 5000}, "Nội dung yêu cầu"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(world: World, changes: dict[str, Any], says: str) -> None:
    answer = signed_in(world, "minh").post("/yeu-cau/moi/", form_of(**changes))
    assert answer.status_code == 400
    assert says in text(answer)
    assert not Call.objects.everywhere(because=LOOK).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kinds": []}, "Hãy chọn loại đơn vị"),
        ({"sign": ""}, "Hãy ghi số, ký hiệu"),
        ({"kinds": ["nobody"]}, "Mọi đơn vị bên dưới"),
        ({"units": "KHONG-CO"}, "KHONG-CO"),
        ({"units": "T"}, "ở bên dưới"),
        ({"directive": "99999"}, "Hoặc theo văn bản"),
        ({"version": 7}, "bản mới"),
    ],
)
def test_what_is_wrong_with_sending_is_said_and_nothing_goes_out(
    world: World, changes: dict[str, Any], says: str
) -> None:
    by = world.viewer("chau", today())
    call = draft(by=by, unit_id=world.unit("T"), said=Said("Kết quả", DUE))
    add_question(by=by, call_id=call.pk, text="Cách làm", asks=Asks.WORDS)
    said = {"version": 2, "kinds": ["grassroots"], "sign": "12-CV/TU"} | changes
    answer = signed_in(world, "chau").post(f"/yeu-cau/{call.pk}/gui/", said)
    assert answer.status_code == 400
    assert says in text(answer) or says == "bản mới"
    assert not Reply.objects.everywhere(because=LOOK).exists()
    assert not Directive.objects.everywhere(because=LOOK).exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"text": " ", "asks": "words"}, "Hãy ghi cần báo cáo điều gì"),
        ({"text": "Số", "asks": "i1"}, "Trả lời bằng"),
        ({"text": "Số", "asks": "ix"}, "Trả lời bằng"),
        ({"text": "Số"}, "Trả lời bằng"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_on_the_draft(world: World, line: dict[str, str], says: str) -> None:
    by = world.viewer("chau", today())
    call = draft(by=by, unit_id=world.unit("T"), said=Said("Kết quả", DUE))
    answer = signed_in(world, "chau").post(f"/yeu-cau/{call.pk}/dong/", line)
    assert answer.status_code == 400
    assert says in text(answer)


@pytest.mark.parametrize(
    ("value", "status"),
    [("", 400), ("mười", 400), ("-3", 400), ("1,23456", 400), ("9" * 39, 400), ("1.500", 302), ("0", 302)],
)
def test_an_answer_that_is_no_number_stays_typed_and_is_not_sent(world: World, value: str, status: int) -> None:
    call, minh = call_of(world), signed_in(world, "minh")
    kept = reply_in(world, call)
    words, count = fields(call)
    answer = minh.post(f"/yeu-cau/tra-loi/{kept.pk}/", {"version": 1, words: "Lời đã gõ", count: value, "lam": "gui"})
    assert answer.status_code == status
    assert (reply_in(world, call).done_on is None) == (status == 400)
    if status == 400:
        assert "Lời đã gõ" in text(answer)


def test_an_answer_sent_back_says_why_and_is_open_again(world: World) -> None:
    call, chau = call_of(world), signed_in(world, "chau")
    kept = reply_in(world, call)
    first, second = (int(name.removeprefix("line_")) for name in fields(call))
    said = {first: ("Nêu gương", None), second: ("", Decimal(3))}
    done = submit(by=world.viewer("minh", today()), reply_id=kept.pk, seen_version=1, said=said)
    here = f"/yeu-cau/tra-loi/{kept.pk}/"
    assert "Trả lại để làm lại" in text(chau.get(here))
    assert chau.post(here + "tra-lai/", {"version": done.version, "why": " "}).status_code == 400
    assert chau.post(here + "tra-lai/", {"version": done.version, "why": "Thiếu số"}).status_code == 302
    page = text(signed_in(world, "minh").get(here))
    assert "Thiếu số" in page
    assert "Gửi trả lời" in page
    assert "Trả lời lại" in text(signed_in(world, "minh").get("/viec/"))


def test_a_request_taken_back_asks_nobody_any_more(world: World) -> None:
    call, chau = call_of(world), signed_in(world, "chau")
    here = f"/yeu-cau/{call.pk}/"
    assert chau.post(here + "thu-hoi/", {"version": call.version, "why": ""}).status_code == 400
    assert chau.post(here + "thu-hoi/", {"version": call.version, "why": "Đã có số"}).status_code == 302
    assert "Đã có số" in text(chau.get(here))
    kept = reply_in(world, call)
    page = text(signed_in(world, "minh").get(f"/yeu-cau/tra-loi/{kept.pk}/"))
    assert "không phải trả lời nữa" in page
    assert "Kết quả học tập" not in text(signed_in(world, "minh").get("/viec/"))


def test_those_who_are_late_are_listed_and_reminded_in_one_letter(world: World) -> None:
    call, chau = call_of(world), signed_in(world, "chau")
    assert chau.post(f"/yeu-cau/{call.pk}/don-doc/").status_code == 400
    row = Call.objects.everywhere(because=LOOK).get(pk=call.pk)
    row.due_on = today() - timedelta(days=2)
    row.save()
    page = text(chau.get(f"/yeu-cau/{call.pk}/?tinh=missing"))
    assert "An Một" in page
    assert "Soạn công văn đôn đốc" in page
    key = re.findall(r'name="key" value="([\w-]{36})"', page)[0]
    answers = [chau.post(f"/yeu-cau/{call.pk}/don-doc/", {"key": key}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"], "one letter, however often the button is pressed"
    assert "đôn đốc" in text(chau.get(answers[0]["Location"]))


def test_those_asked_see_the_request_but_not_each_other_and_nobody_beside_sees_it(world: World) -> None:
    call = call_of(world)
    minh, lan = signed_in(world, "minh"), signed_in(world, "lan")
    page = text(minh.get(f"/yeu-cau/{call.pk}/"))
    assert "Đảng bộ xã An Một" in page
    assert "An Hai" not in page
    assert "Thu hồi" not in page
    other = reply_in(world, call, "A2")
    assert minh.get(f"/yeu-cau/tra-loi/{other.pk}/").status_code == 404
    assert minh.post(f"/yeu-cau/{call.pk}/thu-hoi/", {"version": 1, "why": "x"}).status_code == 404
    assert minh.get(f"/yeu-cau/tra-loi/{reply_in(world, call).pk}/tra-lai/").status_code == 404
    assert lan.get(f"/yeu-cau/{call.pk}/").status_code == 404
    assert "Chưa có yêu cầu báo cáo nào" in text(lan.get("/yeu-cau/"))
    dung = signed_in(world, "dung")
    assert "An Một" in text(dung.get(f"/yeu-cau/{call.pk}/"))
    assert dung.post(f"/yeu-cau/tra-loi/{other.pk}/", {"version": 1}).status_code == 404


def test_a_draft_is_changed_line_by_line_and_thrown_away(world: World) -> None:
    by, chau = world.viewer("chau", today()), signed_in(world, "chau")
    call = draft(by=by, unit_id=world.unit("T"), said=Said("Kết quả", DUE))
    line = add_question(by=by, call_id=call.pk, text="Cách làm", asks=Asks.WORDS)
    here = f"/yeu-cau/{call.pk}/"
    assert chau.post(here + "sua/", form_of(title="Tên khác", version=2)).status_code == 302
    assert chau.post(here + "sua/", form_of(title="Tên nữa", version=2)).status_code == 400
    assert chau.post(f"/yeu-cau/dong/{line.pk}/bo/", {"version": 9}).status_code == 409
    assert chau.post(f"/yeu-cau/dong/{line.pk}/bo/", {"version": 1}).status_code == 302
    assert chau.post(here + "bo/", {"version": 3}).status_code == 409
    assert chau.post(here + "bo/", {"version": 4}, follow=True).status_code == 200
    assert chau.get(here).status_code == 404
