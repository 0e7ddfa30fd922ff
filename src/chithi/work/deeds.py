"""What the worker can do: one explicit list. A concept that has work for it adds its line."""

from __future__ import annotations

from functools import partial

from chithi.access import email
from chithi.access.viewers import doer, today
from chithi.imports.work import SHEET
from chithi.jobs.running import Asked, Deed, Write
from chithi.org import trials
from chithi.tasks.handing import HAND_DOWN, TAKE_BACK
from chithi.tasks.turns import ask_explanations, escalate
from chithi.work import reminding


def _turns(_asked: Asked) -> Write:
    """Each day: overdue tasks are asked about and brought before the levels above, each once (`chithi.tasks.turns`)."""
    day = today()
    return lambda: (ask_explanations(day), escalate(day))


DEEDS: tuple[Deed, ...] = (
    SHEET,
    trials.deed(partial(doer, because="the operator asked for a plan to be tried")),
    email.CODE_LETTER,
    Deed("tasks.turns", _turns, every="daily"),
    HAND_DOWN,
    TAKE_BACK,
    reminding.REMIND,
    reminding.REMIND_ONE,
    reminding.LETTER,
    reminding.DIGEST,
    reminding.DIGEST_ONE,
)
