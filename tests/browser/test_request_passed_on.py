"""A request from above, passed on to cells and answered with what they said, as its people meet it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chithi.access.viewers import today
from chithi.calls.actions import Letter, Said, Whom, add_question, draft, send
from chithi.calls.kinds import Asks
from chithi.calls.models import Call
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_commune_asks_its_cells_and_answers_with_what_they_said(sit: Callable[..., Desk], scene: World) -> None:
    by, unit = scene.viewer("chau", today()), scene.unit("T")
    call = draft(by=by, unit_id=unit, said=Said("Số buổi dự sinh hoạt", today() + timedelta(days=6)))
    for words, asks in (("Cách làm hay", Asks.WORDS), ("Số buổi", Asks.NUMBER)):
        add_question(by=by, call_id=call.pk, text=words, asks=asks)
    seen = Call.objects.everywhere(because="its outline has lines now").get(pk=call.pk).version
    whom, letter = Whom(units=(scene.unit("A1"),)), Letter(sign="9-CV/TU")
    send(by=by, call_id=call.pk, seen_version=seen, whom=whom, letter=letter)

    page = sit("minh").open("/viec/")
    page.get_by_role("link", name="Trả lời", exact=True).click()
    answer = page.url
    page.get_by_role("link", name="Chuyển xuống bên dưới").click()
    page.get_by_role("button", name="Soạn yêu cầu").click()
    page.get_by_role("link", name="Gửi yêu cầu").click()
    page.get_by_label("Chi bộ", exact=True).check()
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_text("Các đơn vị thấy yêu cầu")).to_be_visible()

    below = sit("lan", script=False).open("/viec/")
    below.get_by_role("link", name="Trả lời", exact=True).click()
    below.get_by_label("1. Cách làm hay").fill("Nêu gương")
    below.get_by_label("2. Số buổi").fill("3")
    below.get_by_role("button", name="Gửi trả lời").click()
    expect(below.get_by_text("Đã gửi trả lời.")).to_be_visible()

    page.goto(answer)
    page.get_by_role("button", name="Gộp trả lời của bên dưới").click()
    expect(page.get_by_label("2. Số buổi")).to_have_value("3")
    expect(page.get_by_label("1. Cách làm hay")).to_have_value("Chi bộ thôn Hòa Một: Nêu gương")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_text("Đã gửi trả lời.")).to_be_visible()
