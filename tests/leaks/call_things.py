"""Requests by letter, planted: one that went out to its own unit alone, answered; one to answer; a draft with a line.

What comes down from above is tried in tests/concepts/test_calls.py.
"""

from __future__ import annotations

from datetime import timedelta

from chithi.access.viewers import today
from chithi.calls.kinds import Asks
from chithi.calls.models import Answer, Call, Question, Reply
from tests.worlds import World


def calls_of(world: World, code: str, word: str) -> dict[str, int]:
    """By the names of `Things`: call_draft, call_line, call, reply (to be given), answered."""
    unit, day = world.unit(code), today()
    title = f"Yêu cầu {word}".strip()
    begun = Call.objects.create(unit_id=unit, title=f"Dự thảo {title}", due_on=day + timedelta(days=9))
    line = Question.objects.create(unit_id=unit, call=begun, text=f"Hỏi {word}".strip(), asks=Asks.WORDS)

    def out() -> tuple[Call, Question, Reply]:
        call = Call.objects.create(
            unit_id=unit, title=title, content=f"Nội dung {word}", due_on=day - timedelta(days=1), sent_on=day
        )
        asked = Question.objects.create(unit_id=unit, call=call, text=f"Điều {word}".strip(), asks=Asks.WORDS)
        return call, asked, Reply.objects.create(unit_id=unit, call=call)

    call, _asked, waiting = out()
    other, asked, reply = out()
    reply.done_on = reply.first_on = day
    reply.save()
    Answer.objects.create(unit_id=unit, reply=reply, question=asked, text=f"Trả lời {word}".strip())
    return {
        "call": call.pk, "answered_call": other.pk, "call_draft": begun.pk, "call_line": line.pk,
        "reply": waiting.pk, "answered": reply.pk,
    }  # fmt: skip
