"""What the worker can do: one explicit list. A concept that has work for it adds its line."""

from __future__ import annotations

from chithi.access import email
from chithi.jobs.running import Deed
from chithi.work import reminding

DEEDS: tuple[Deed, ...] = (
    email.CODE_LETTER,
    reminding.REMIND,
    reminding.REMIND_ONE,
    reminding.LETTER,
    reminding.DIGEST,
    reminding.DIGEST_ONE,
)
