"""Whole numbers out of addresses and forms: what is no plausible one is taken for none, never for a failure."""

from __future__ import annotations

LONGEST = 18
"""Digits that fit a 64-bit column whatever they are."""


def whole(text: str | None) -> int | None:
    """The number, or None: only the digits 0–9 count (`str.isdigit` also likes ² and ٣), at most 18 of them."""
    if not text or len(text) > LONGEST or not text.isascii() or not text.isdigit():
        return None
    return int(text)


def page_number(text: str | None) -> int:
    """Which page of a list, from 1."""
    return min(max(whole(text) or 1, 1), 10_000)
