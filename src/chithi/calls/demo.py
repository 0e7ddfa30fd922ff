"""Invented: one request of the province to its grassroots organisations, most of which have answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from chithi.calls.kinds import Asks
from chithi.calls.models import Answer, Call, Question, Reply
from chithi.db.pouring import pour
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Unit, UnitState, valid_on
from chithi.org.places import tree_on

SENT, DUE = date(2026, 10, 5), date(2026, 10, 20)
_AT = datetime(2026, 10, 5, 2, tzinfo=UTC)
_WHY = "the demo fills an empty database"
_ANSWERED, _LATE = 93, 8
"""Of a hundred organisations so many have answered, so many of them late."""
_WAYS = (
    "Mỗi chi bộ chọn một việc khó, công khai ở nhà văn hóa thôn và báo lại hằng tháng.",
    "Cấp ủy viên dự sinh hoạt cùng chi bộ yếu, cùng sửa lịch sinh hoạt và cách ghi biên bản.",
    "Giao đảng viên trẻ giúp các hộ cao tuổi làm thủ tục trên điện thoại vào sáng thứ Bảy.",
    "Không có cách làm mới trong kỳ này.",
)


def build(root_id: int, seed: int) -> int:
    """Store the request with its outline and answers; how many units it asks."""
    call = Call.objects.create(
        key=key(seed, "call", "quick"),
        unit_id=root_id,
        title="Báo cáo nhanh cách làm hay trong sinh hoạt chi bộ",
        content="Theo Công văn số 118-CV/TU. Mỗi đơn vị nêu một cách làm và số buổi đã dự cùng chi bộ.",
        due_on=DUE,
        sent_on=SENT,
    )
    Call.objects.everywhere(because=_WHY).filter(pk=call.pk).update(at=_AT)
    questions = [
        Question.objects.create(
            key=key(seed, "question", str(at)), unit_id=root_id, call=call, text=text, asks=asks.value
        )
        for at, (text, asks) in enumerate(
            (("Một cách làm hay trong quý", Asks.WORDS), ("Số buổi cấp ủy viên dự cùng chi bộ", Asks.NUMBER))
        )
    ]
    tree = tree_on(SENT)
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(SENT), is_grassroots=True)
    wanted = set(states.values_list("unit_id", flat=True)) - {root_id}
    units = [int(unit) for unit in tree.shape.unit_ids if int(unit) in wanted and tree.holds(root_id, int(unit))]
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    streams = {unit: Stream(seed, "calls", codes[unit]) for unit in units}
    days = {unit: _day(streams[unit]) for unit in units}
    columns = ("key", "unit_id", "call_id", "done_on", "first_on", "back_why")
    rows = ((key(seed, "reply", codes[unit]), unit, call.pk, days[unit], days[unit], "") for unit in units)
    replies = dict(zip(units, pour(Reply, columns, rows), strict=True))
    answered = [unit for unit in units if days[unit] is not None]
    pour(
        Answer,
        ("key", "unit_id", "reply_id", "question_id", "text", "number"),
        (
            (key(seed, f"answer.{row.pk - questions[0].pk}", codes[unit]), unit, replies[unit], row.pk,
             *_said(row, streams[unit]))
            for unit in answered
            for row in questions
        ),
    )  # fmt: skip
    return len(units)


def _day(stream: Stream) -> date | None:
    lot = stream.below(100)
    if lot >= _ANSWERED:
        return None
    late = lot < _LATE
    return DUE + timedelta(days=stream.between(1, 9)) if late else stream.day(SENT + timedelta(days=1), DUE)


def _said(question: Question, stream: Stream) -> tuple[str, Decimal | None]:
    if question.asks == Asks.WORDS:
        return _WAYS[stream.below(len(_WAYS))], None
    return "", Decimal(stream.between(0, 12))
