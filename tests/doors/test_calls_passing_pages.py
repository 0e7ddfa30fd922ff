"""A request passed on in pages: drafted from the answer, sent with the letter above, its answers taken in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chithi.access.viewers import today
from chithi.calls.actions import Letter, Said, Whom, add_question, draft, send
from chithi.calls.kinds import Asks
from chithi.calls.models import Call, Question, Reply
from chithi.directives.models import Directive
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db
LOOK = "a test looks again"
DUE = today() + timedelta(days=6)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def asked(world: World, due: Any = DUE) -> Reply:
    """What commune A1 owes the province: words, a number."""
    by = world.viewer("chau", today())
    call = draft(by=by, unit_id=world.unit("T"), said=Said("Kết quả học tập", due, "Báo cáo nhanh"))
    add_question(by=by, call_id=call.pk, text="Cách làm hay", asks=Asks.WORDS)
    add_question(by=by, call_id=call.pk, text="Số buổi", asks=Asks.NUMBER)
    seen = Call.objects.everywhere(because=LOOK).get(pk=call.pk).version
    whom = Whom(units=(world.unit("A1"),))
    send(by=by, call_id=call.pk, seen_version=seen, whom=whom, letter=Letter(sign="9-CV/TU"))
    return Reply.objects.everywhere(because=LOOK).get(call_id=call.pk)


def line_names(call_id: int) -> list[str]:
    rows = Question.objects.everywhere(because=LOOK).filter(call_id=call_id).order_by("pk")
    return [f"line_{pk}" for pk in rows.values_list("pk", flat=True)]


def test_an_answer_is_composed_of_those_of_the_units_below(world: World) -> None:
    kept, minh, lan = asked(world), signed_in(world, "minh"), signed_in(world, "lan")
    here = f"/yeu-cau/tra-loi/{kept.pk}/"
    assert "Chuyển xuống bên dưới" in text(minh.get(here))
    form = text(minh.get(here + "chuyen-xuong/"))
    assert f'value="{(today() + timedelta(days=3)).isoformat()}"' in form
    due = (today() + timedelta(days=2)).isoformat()
    answer = minh.post(here + "chuyen-xuong/", {"due_on": due}, follow=True)
    assert "Để trả lời" in text(answer)
    assert "Chưa gửi" not in text(minh.get(here))
    assert "Đã soạn chuyển xuống, chưa gửi" in text(minh.get(here))
    low = Call.objects.everywhere(because=LOOK).get(out_of_id=kept.pk)
    letter = Directive.objects.everywhere(because=LOOK).get()
    sending = f"/yeu-cau/{low.pk}/gui/"
    assert f'<option value="{letter.pk}" selected>' in text(minh.get(sending))
    said = {"version": low.version, "kinds": ["cells"], "directive": letter.pk}
    assert minh.post(sending, said).status_code == 302
    page = text(lan.get(f"/yeu-cau/{low.pk}/"))
    assert "Cách làm hay" in page
    assert "Để trả lời" not in page
    assert lan.get(here).status_code == 404

    mine = Reply.objects.everywhere(because=LOOK).get(call_id=low.pk, unit_id=world.unit("A11"))
    words, count = line_names(low.pk)
    done = {"version": 1, words: "Nêu gương", count: "2,5", "lam": "gui"}
    assert lan.post(f"/yeu-cau/tra-loi/{mine.pk}/", done).status_code == 302
    page = text(minh.get(here))
    assert "Đã chuyển xuống: 1 / 2 đơn vị trả lời" in page
    assert "Bên dưới: 1 đơn vị, cộng 2,5." in page
    words, count = line_names(kept.call_id)
    taken = minh.post(here, {"version": 1, words: "", count: "", "lam": "gop"}, follow=True)
    assert "Đã gộp trả lời của các đơn vị bên dưới, chưa gửi" in text(taken)
    assert "Chi bộ thôn Hòa Một: Nêu gương" in text(taken)
    assert 'value="2,5"' in text(taken)
    assert minh.post(here, {"version": 1, words: "", count: "", "lam": "gop"}).status_code == 400


def test_what_cannot_be_passed_on_is_said_and_nobody_beside_passes_it_on(world: World) -> None:
    kept, minh = asked(world), signed_in(world, "minh")
    here = f"/yeu-cau/tra-loi/{kept.pk}/chuyen-xuong/"
    for wrong in (DUE.isoformat(), "", "hôm qua", "9999-12-31", "0001-01-01", today().replace(year=2020).isoformat()):
        assert minh.post(here, {"due_on": wrong}).status_code == 400
    assert not Call.objects.everywhere(because=LOOK).filter(out_of_id__isnull=False).exists()
    for name in ("lan", "hoa", "dung"):
        assert signed_in(world, name).post(here, {"due_on": today().isoformat()}).status_code == 404
    assert minh.post(here, {"due_on": today().isoformat()}).status_code == 302
    assert minh.post(here, {"due_on": today().isoformat()}).status_code == 400
    assert minh.post(f"/yeu-cau/tra-loi/{kept.pk}/", {"version": 1, "lam": "gop"}).status_code == 400


def test_on_the_last_day_nothing_is_passed_on_any_more(world: World) -> None:
    kept, minh = asked(world, today()), signed_in(world, "minh")
    assert "Chuyển xuống bên dưới" not in text(minh.get(f"/yeu-cau/tra-loi/{kept.pk}/"))
    page = f"/yeu-cau/tra-loi/{kept.pk}/chuyen-xuong/"
    assert minh.get(page).status_code == 200
    assert minh.post(page, {"due_on": today().isoformat()}).status_code == 400
