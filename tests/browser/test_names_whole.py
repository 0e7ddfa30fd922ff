"""Wide tables of counts keep the names of units readable: not squeezed, in sight while scrolled, all there on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chithi.duties.kinds import Answer
from chithi.duties.rules import DutySaid
from chithi.org.models import UnitState
from tests import duty_world
from tests.browser.desk import Desk
from tests.duty_world import PERIOD, list_in, reported
from tests.task_world import overdue_in
from tests.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Khối các cơ quan và doanh nghiệp tỉnh"
SHEET = 990  # CSS pixels that A4 turned sideways leaves between its margins
NAME = """table => [...table.querySelectorAll("tbody th")].map(head => {
  const box = head.getBoundingClientRect(), line = parseFloat(getComputedStyle(head).lineHeight);
  return {text: head.textContent.trim(), width: box.width, left: box.left, lines: Math.floor(head.scrollHeight / line)};
})"""


@pytest.fixture
def counted(scene: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of the two tables, with a unit of a long name below the province and ten duties beside it."""
    states = UnitState.objects.everywhere(because="a test gives a unit a long name")
    states.filter(unit_id=scene.unit("A")).update(name=LONG, short_name=LONG)
    many = tuple(DutySaid(str(at), f"Việc thứ {at}", duty_world.DUTIES[0].concerns) for at in range(1, 11))
    monkeypatch.setattr(duty_world, "DUTIES", many)
    row = list_in(scene)
    answers = [(Answer.DONE, Answer.PARTLY)[at % 2] for at in range(10)]
    reported(scene, row, "A1", "minh", *answers)
    overdue_in(scene, "A11", 10)
    return [f"/nghia-vu/{row.pk}/tong-hop/?cho={PERIOD}", "/nhiem-vu/tong-hop/"]


def names(region: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = region.locator("table").evaluate(NAME)
    return [one for one in found if one["text"] == LONG]


@pytest.mark.parametrize("width", [360, 1280])
def test_names_are_not_squeezed_and_stay_in_sight(sit: Callable[..., Desk], counted: list[str], width: int) -> None:
    desk = sit("chau", width=width)
    for address in counted:
        region = desk.open(address).locator("main [role=region]").first
        expect(region).to_contain_text(LONG)
        region.evaluate("region => { region.scrollLeft = region.scrollWidth; }")
        (found,) = names(region)
        assert found["width"] >= (110 if width == 360 else 160), address
        assert found["lines"] <= len(LONG.split()) // 2, address
        assert found["left"] >= 0, address
        assert desk.overflow() == 0, address


def test_on_paper_no_count_is_cut(sit: Callable[..., Desk], counted: list[str]) -> None:
    page = sit("chau", width=SHEET).open(counted[0])
    page.emulate_media(media="print")
    region = page.locator("main [role=region]").first
    assert region.evaluate("region => region.scrollWidth - region.clientWidth") <= 0
    last = region.locator("thead th").last
    assert last.evaluate("head => head.getBoundingClientRect().right") <= SHEET
