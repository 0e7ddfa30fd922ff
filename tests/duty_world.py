"""Duties of the small world: the province lays down a list, communes report on it, cells find shortcomings."""

from __future__ import annotations

from datetime import date
from typing import Any

from chithi.duties.actions import ListSaid, draft, issue
from chithi.duties.kinds import Answer, Concerns, Found, Rhythm
from chithi.duties.models import Duty, DutyList, DutyReport, Shortcoming
from chithi.duties.reports import Place, answer
from chithi.duties.rules import DutySaid, Said
from chithi.duties.shortcomings import Worded, give_task, register
from chithi.tasks.actions import Said as TaskSaid
from chithi.tasks.models import Task
from tests.task_world import post_in
from tests.worlds import TODAY, World

DUTIES = (
    DutySaid("1", "Công khai thu chi", Concerns.COLLECTIVE),
    DutySaid("2", "Tiếp dân hằng tuần", Concerns.HEAD),
)
SINCE, PERIOD = date(2025, 1, 1), "2026"
_WHY = "a test looks"


def said_of(**changes: Any) -> ListSaid:
    """What is said of a list that communes report on each year."""
    words: dict[str, Any] = {
        "name": "Nêu gương", "expects": ("grassroots",), "rhythm": Rhythm.YEAR, "since": SINCE, "sign": "9-QĐ/TU",
    }  # fmt: skip
    return ListSaid(**(words | changes))


def list_in(world: World, code: str = "T", by: str = "chau", *, is_draft: bool = False, **changes: Any) -> DutyList:
    """A list of a unit, issued unless it is to stay a draft."""
    viewer = world.viewer(by)
    made = draft(by=viewer, unit_id=world.unit(code), said=said_of(**changes), duties=DUTIES)
    return made if is_draft else issue(by=viewer, list_id=made.pk, seen_version=made.version)


def duties_of(row: DutyList) -> list[int]:
    """The ids of its duties, in order."""
    rows = Duty.objects.everywhere(because=_WHY).filter(duties_id=row.pk)
    return list(rows.order_by("order").values_list("pk", flat=True))


def words(row: DutyList, *answers: Answer) -> dict[int, Said]:
    """What is said about its duties one after the other; all but "done" with a sentence."""
    return {
        duty: Said(one, "" if one is Answer.DONE else "Mới làm một nửa", "Sổ tay")
        for duty, one in zip(duties_of(row), answers, strict=False)
    }


def reported(
    world: World, row: DutyList, code: str, by: str, *answers: Answer, submit: bool = True, version: int | None = None
) -> DutyReport:
    """A unit's report of this year."""
    place = Place(world.unit(code), row.pk, PERIOD)
    return answer(by=world.viewer(by), place=place, seen_version=version, said=words(row, *answers), submit=submit)


def shortcoming_in(world: World, code: str = "A11", by: str = "lan", **changes: Any) -> Shortcoming:
    """A shortcoming of a unit, found three months ago."""
    said = {"wording": "Ghi biên bản chậm", "found": Found.SELF_CRITICISM, "found_on": date(2026, 8, 20)}
    return register(by=world.viewer(by), unit_id=world.unit(code), said=Worded(**(said | changes)))  # type: ignore[arg-type]


def remedy_of(world: World, row: Shortcoming, by: str = "minh", code: str = "A11", since: date = TODAY) -> Task:
    """A task out of a shortcoming, owned by a post of the unit."""
    post = post_in(world, code)
    said = TaskSaid(title="Phân công người ghi", since=since, due_on=date(2027, 3, 1), post=post.pk)
    return give_task(by=world.viewer(by), shortcoming_id=row.pk, said=said)
