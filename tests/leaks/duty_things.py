"""Duties and shortcomings, planted: a list, a draft, reports begun and submitted, shortcomings open and remedied.

The lists ask mass organisations, of which there are none here, so that nobody owes a report.
"""

from __future__ import annotations

from datetime import date, timedelta

from chithi.access.viewers import today
from chithi.duties.kinds import Answer, Concerns, Found, Rhythm
from chithi.duties.models import Duty, DutyAnswer, DutyList, DutyReport, Shortcoming
from chithi.org.models import Post
from chithi.tasks.kinds import Origin
from chithi.tasks.models import Holding, Task
from tests.worlds import World


def duties_of(world: World, code: str, word: str) -> dict[str, int]:
    """By the names of `Things`."""
    unit = world.unit(code)
    lists = [_list(unit, f"Nghĩa vụ {word or code}", is_draft=one) for one in (False, True)]
    duty = Duty.objects.everywhere(because="planting duties").get(duties_id=lists[0].pk)
    begun, sent = (
        DutyReport.objects.create(
            unit_id=unit, duties=lists[0], period=str(year), last=date(year, 12, 31), submitted_on=on
        )
        for year, on in ((2026, None), (2025, today()))
    )
    answers = [
        DutyAnswer.objects.create(
            unit_id=unit, report=one, duty=duty, answer=Answer.PARTLY.value, note=f"Mới làm {word}",
            evidence=f"Sổ {word}",
        )
        for one in (begun, sent)
    ]  # fmt: skip
    waiting, remedied = (
        Shortcoming.objects.create(
            unit_id=unit, found=Found.OTHER.value, found_on=today() - timedelta(days=9),
            wording=f"Ghi biên bản chậm {word}", cause=f"Vì {word}", source=f"Phiên {word}",
        )
        for _at in range(2)
    )  # fmt: skip
    _remedy(unit, remedied, word)
    return {
        "duty_list": lists[0].pk, "duty_draft": lists[1].pk, "duty_report": sent.pk, "duty_answer": answers[1].pk,
        "shortcoming": waiting.pk, "remedied": remedied.pk,
    }  # fmt: skip


def _list(unit: int, name: str, *, is_draft: bool) -> DutyList:
    made = DutyList.objects.create(
        unit_id=unit, name=name, expects="mass_organisations", rhythm=Rhythm.YEAR.value, since=date(2025, 1, 1),
        is_draft=is_draft,
    )  # fmt: skip
    Duty.objects.create(unit_id=unit, duties=made, order=0, code="1", wording=name, concerns=Concerns.COLLECTIVE.value)
    return made


def _remedy(unit: int, row: Shortcoming, word: str) -> None:
    day, title = today(), f"Phân công {word}"
    post = Post.objects.everywhere(because="planting a task").filter(unit_id=unit).order_by("pk")[0]
    task = Task.objects.create(
        unit_id=unit, assigned_by_id=unit, title=title, folded=title.lower(), owner_post=post,
        since=day - timedelta(days=5), due_on=day, finished_on=day, accepted_on=day,
        origin_kind=Origin.SHORTCOMING.value, origin_id=row.pk,
    )  # fmt: skip
    Holding.objects.create(unit_id=unit, task=task, since=task.since)
