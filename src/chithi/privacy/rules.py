"""When personal data has been kept long enough, and what takes its place. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from chithi.core.errors import Refused
from chithi.privacy.kinds import LONGEST, SHIPPED, Kept

MASK = "•"
"""Stands for each letter and digit of a withheld text, so that every place in it keeps its number."""


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    if year < 1:
        return date.min
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def why_not_months(kind: Kept, months: int | None) -> Refused | None:
    """A rule keeps at least as long as its floor."""
    if months is None:
        return None
    if not SHIPPED[kind].floor <= months <= LONGEST:
        return Refused("privacy.bad_months", field="months", low=SHIPPED[kind].floor, high=LONGEST)
    return None


def why_not_forget(
    last_day: date | None, held: bool, forgotten_on: date | None, has_open_account: bool
) -> Refused | None:
    """A person is forgotten on request only when nothing of theirs holds any longer and nobody holds on to it.

    `last_day` is the day from which nothing holds; None where something still does.
    """
    if forgotten_on is not None:
        return Refused("privacy.forgotten_already", day=forgotten_on)
    if last_day is None:
        return Refused("privacy.still_there")
    if has_open_account:
        return Refused("privacy.account_open")
    if held:
        return Refused("privacy.held")
    return None


def pseudonym(key: UUID) -> str:
    """What stands where a name stood: the same for a person everywhere, and made of nothing that the name was."""
    return f"Người {_token(key)}"


def account_pseudonym(number: int, key: UUID | None) -> str:
    """What follows the mark of forgotten accounts in their user names."""
    return _token(key) if key else str(number)


def _token(key: UUID) -> str:
    return hashlib.sha256(b"chithi.privacy:" + key.bytes).hexdigest()[:8]


def digest_of(kind: Kept, ids: Iterable[int]) -> str:
    """Proves afterwards which rows were dealt with, without saying whose: whoever has the ids can work it out again."""
    told = ",".join(str(number) for number in sorted(ids))
    return hashlib.sha256(f"{kind.value}:{told}".encode()).hexdigest()


def without_name(text: str, name: str, instead: str) -> str:
    """A text with every mention of exactly this name replaced; letters of any case, words as such."""
    if not name.strip():
        return text
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.sub(rf"(?<!\w){words}(?!\w)", lambda _: instead, text, flags=re.IGNORECASE)


def masked(text: str, kept: Iterable[tuple[int, int]]) -> str:
    """A text of the same length in which letters and digits stand only within the `kept` spans."""
    shown = [False] * len(text)
    for start, end in kept:
        shown[start:end] = [True] * (min(end, len(text)) - start)
    return "".join(letter if open_ or not letter.isalnum() else MASK for letter, open_ in zip(text, shown, strict=True))
