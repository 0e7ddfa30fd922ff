"""Making what invented organisations say add up to given counts, each within its own base. Pure."""

from __future__ import annotations

from dataclasses import replace

from chithi.indicators.demo.sizes import Exact
from chithi.indicators.demo.values import MEMBER, OTHER, Base, Column, Given, Said
from chithi.org.demo.streams import Stream, spread

HELD_TO = {"pledge.officials": "study.officials"}
"""What each organisation says of the one is never above what it says of the other."""


def made_exact(exact: Exact, said: dict[str, Said], bases: dict[str, Base], seed: int) -> None:
    """Change what a unit and the organisations below it say, in place, so that every count comes out."""
    codes = [code for code in said if f"{code}-".startswith(f"{exact.unit}-")]
    for name, total in exact.counts:
        measure, _, member = name.partition("/")
        column = (measure, member)
        stream = Stream(seed, "indicators.exact", f"{exact.unit}/{exact.year}/{name}")
        ordered = [code for code in stream.shuffled(codes) if column in said[code]]
        caps = [_cap(column, said[code], bases[code]) for code in ordered]
        values = fitted([said[code][column].value for code in ordered], caps, total)
        for code, value in zip(ordered, values, strict=True):
            said[code][column] = replace(said[code][column], value=value)
    for code in codes:
        _settle(said[code])


def fitted(values: list[int], caps: list[int | None], total: int) -> list[int]:
    """The values moved, each in proportion, so that they add up to `total`; none above its cap, where it has one.

    Refuses (ValueError) a total that the caps cannot hold.
    """
    lacking = total - sum(values)
    if lacking <= 0:
        return spread(total, values)
    room = [value + 1 if cap is None else cap - value for value, cap in zip(values, caps, strict=True)]
    if lacking > sum(room) and None not in caps:
        raise ValueError(f"{total} is more than the bases hold, {sum(values) + sum(room)}")
    return [value + more for value, more in zip(values, spread(lacking, room), strict=True)]


def _cap(column: Column, said: Said, base: Base) -> int | None:
    """The most that one organisation can say of a column."""
    measure, member = column
    caps = {
        "study.members": base.members,
        "study.officials": base.officials,
        "pledge.members": base.members,
        "plan.grassroots": 1,
        "plan.cells": base.cells_below,
        "meeting.quality": base.cells,
        "covenant.scored": 1,
        "rating.leaders_member": base.key_members,
        "rating.leaders_other": base.key_others,
    }
    if measure == "pledge.leaders":
        return {MEMBER: base.key_members, OTHER: base.key_others}[member]
    if measure in HELD_TO:
        return said[HELD_TO[measure], ""].value
    return caps.get(measure)


def _settle(said: Said) -> None:
    """A whole is the sum of its parts again, and what is held to another count is not above it."""
    said["pledge.leaders", ""] = Given(sum(said["pledge.leaders", member].value for member in (MEMBER, OTHER)))
    for measure, other in HELD_TO.items():
        if (measure, "") in said and said[measure, ""].value > said[other, ""].value:
            said[measure, ""] = said[other, ""]
