"""Invented duties: the province lays down the five standards, grassroots organisations reported on 2025 duty by duty.

Out of what was not fully done, and of self-criticism, came shortcomings; most were given to somebody to remedy. Shares
are data. What units say is drawn from a few sentences of our own, and names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chithi.db.pouring import pour
from chithi.duties.kinds import SHORT, Answer, Found, Rhythm
from chithi.duties.models import Duty, DutyAnswer, DutyList, DutyReport, Shortcoming
from chithi.duties.shipped import SHIPPED
from chithi.following.rules import Facts, month_number, turns
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Post, Unit, UnitState, valid_on
from chithi.tasks.kinds import Origin
from chithi.tasks.models import Holding, Task
from chithi.text.vietnamese import fold

AS_OF, ENDS, PERIOD = date(2026, 9, 30), date(2025, 12, 31), "2025"
REPORTED, FOUND, GIVEN, ACCEPTED = 92, 20, 75, 60
"""Of a hundred: units that reported; that wrote a shortcoming down themselves; of those given a task; remedied."""
_AT = datetime(2026, 1, 15, 2, tzinfo=UTC)
_WHY = "the demo fills an empty database"
_ANSWERS = (*(Answer.DONE,) * 83, *(Answer.PARTLY,) * 12, *(Answer.NOT_DONE,) * 3, *(Answer.NOT_APPLICABLE,) * 2)
_NOTES = {
    Answer.DONE: ("", "Đã đưa vào sinh hoạt hằng tháng", "Đã có sổ theo dõi"),
    Answer.PARTLY: ("Mới làm ở một nửa số chi bộ", "Làm từ tháng 9, chưa đều", "Còn chậm ở các thôn xa"),
    Answer.NOT_DONE: ("Chưa phân công người làm", "Chưa bố trí được thời gian"),
    Answer.NOT_APPLICABLE: ("Đơn vị không có việc này",),
}
_WORDS = (
    ("Biên bản họp ghi sơ sài, thiếu kết luận", "Chưa phân công người ghi", "Phân công người ghi biên bản"),
    ("Trả lời ý kiến của dân còn chậm", "Chưa có sổ theo dõi", "Lập sổ theo dõi ý kiến"),
    ("Kế hoạch chưa ghi rõ người và hạn", "Chép theo kế hoạch cấp trên", "Viết lại kế hoạch, ghi rõ người và hạn"),
    ("Chưa tự kiểm tra việc làm theo", "Chưa đưa vào chương trình", "Lập chương trình tự kiểm tra"),
)


@dataclass(frozen=True)
class _Wrong:
    """A shortcoming to be: whose, the answer it came out of (its place), words, the day."""

    unit: int
    code: str
    answer: int | None
    words: tuple[str, str, str]
    on: date


def build(root_id: int, seed: int) -> int:
    """Store a list of the province, the reports of 2025, shortcomings and tasks; how many shortcomings there are."""
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(ENDS), is_grassroots=True)
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    units = [(unit, codes[unit]) for unit in states.order_by("unit_id").values_list("unit_id", flat=True)]
    duties = _list(root_id, seed)
    wrongs = _reports(units, duties, seed)
    for unit, code in units:
        stream = Stream(seed, "duties.found", code)
        if stream.chance(FOUND):
            wrongs.append(_Wrong(unit, code, None, stream.pick(_WORDS), stream.day(date(2025, 11, 10), ENDS)))
    _remedy(_shortcomings(wrongs, seed), wrongs, seed)
    return len(wrongs)


def _list(root_id: int, seed: int) -> tuple[int, list[int]]:
    """The list and its duties, by id."""
    shipped = SHIPPED[0]
    columns = ("key", "unit_id", "name", "sign", "expects", "rhythm", "is_draft", "since")
    made = (key(seed, "duty_list", shipped.code), root_id, shipped.name, shipped.sign, "grassroots",
            Rhythm.YEAR.value, False, date(2025, 1, 1))  # fmt: skip
    (at,) = pour(DutyList, columns, [made], at=_AT)
    rows = (
        (key(seed, "duty", one.code), root_id, at, order, one.code, one.wording, one.concerns.value)
        for order, one in enumerate(shipped.duties)
    )
    return at, list(pour(Duty, ("key", "unit_id", "duties_id", "order", "code", "wording", "concerns"), rows))


def _reports(units: list[tuple[int, str]], duties: tuple[int, list[int]], seed: int) -> list[_Wrong]:
    """Most report in January; some of what was not fully done is written down as a shortcoming."""
    list_id, ids = duties
    told = [(unit, code) for unit, code in units if Stream(seed, "duties.report", code).chance(REPORTED)]
    days = {unit: Stream(seed, "duties.day", code).day(date(2026, 1, 5), date(2026, 1, 14)) for unit, code in told}
    columns = ("key", "unit_id", "duties_id", "period", "last", "submitted_on")
    rows = ((key(seed, "duty_report", code), unit, list_id, PERIOD, ENDS, days[unit]) for unit, code in told)
    answers: list[tuple[Any, ...]] = []
    wrongs: list[_Wrong] = []
    for (unit, code), report in zip(told, pour(DutyReport, columns, rows), strict=True):
        stream = Stream(seed, "duties.answers", code)
        for duty in ids:
            answer = stream.pick(_ANSWERS)
            note = stream.pick(_NOTES[answer])
            if answer in SHORT and stream.chance(40):
                words = (note, "", "Làm đủ nghĩa vụ đã báo cáo còn thiếu")
                wrongs.append(_Wrong(unit, code, len(answers), words, days[unit]))
            answers.append((key(seed, "duty_answer", code, duty - ids[0]), unit, report, duty, answer.value, note))
    stored = pour(DutyAnswer, ("key", "unit_id", "report_id", "duty_id", "answer", "note"), answers)
    return [_Wrong(one.unit, one.code, stored[one.answer or 0], one.words, one.on) for one in wrongs]


def _shortcomings(wrongs: list[_Wrong], seed: int) -> list[int]:
    columns = ("key", "unit_id", "found", "found_on", "source", "answer_id", "wording", "cause")
    rows = (
        (
            key(seed, "shortcoming", at, one.code), one.unit,
            (Found.SELF_CRITICISM if one.answer is None else Found.DUTY).value, one.on,
            "Phiên kiểm điểm cuối năm 2025" if one.answer is None else "Báo cáo năm 2025", one.answer,
            one.words[0], one.words[1],
        )
        for at, one in enumerate(wrongs)
    )  # fmt: skip
    return list(pour(Shortcoming, columns, rows, at=_AT))


def _remedy(ids: list[int], wrongs: list[_Wrong], seed: int) -> None:
    """Tasks out of most shortcomings, owned by whoever heads the unit; some finished and found good."""
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(AS_OF)).order_by("is_head", "-pk")
    heads = dict(posts.values_list("unit_id", "pk"))
    columns = (
        "key", "unit_id", "assigned_by_id", "title", "folded", "product", "owner_post_id", "origin_kind", "origin_id",
        "since", "due_on", "updated_on", "share", "finished_on", "accepted_on", "risk_on", "miss_on", "due_month",
    )  # fmt: skip
    rows = []
    for at, (row_id, one) in enumerate(zip(ids, wrongs, strict=True)):
        stream = Stream(seed, "duties.remedy", f"{one.code}/{at}")
        if one.unit not in heads or not stream.chance(GIVEN):
            continue
        since = one.on + timedelta(days=stream.between(1, 20))
        ended = stream.day(since + timedelta(days=20), date(2026, 8, 31)) if stream.chance(ACCEPTED) else None
        facts = Facts(since, since + timedelta(days=270), 30, ended, 100 if ended else None, finished_on=ended)
        rows.append(
            (
                key(seed, "remedy", at, one.code), one.unit, one.unit, one.words[2], fold(one.words[2]),
                "Báo cáo kết quả", heads[one.unit], Origin.SHORTCOMING.value, row_id, facts.since, facts.due_on,
                facts.updated_on, facts.share, ended, ended + timedelta(days=3) if ended else None, *turns(facts),
                month_number(facts.due_on),
            )
        )  # fmt: skip
    tasks = list(zip(pour(Task, columns, rows, at=_AT), rows, strict=True))
    held = ((key(seed, "holding.remedy", str(row[0])), row[1], task, row[9]) for task, row in tasks)
    pour(Holding, ("key", "unit_id", "task_id", "since"), held)
