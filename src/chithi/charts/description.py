"""What a picture shows, independent of how it is drawn. Values are exact; words are ready to be read.

`said` is the sentence that tells what the picture shows, the finding first: readers of the page have it above the
drawing, screen readers instead of it, Word as the description of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Aim:
    """The target, where one is set: drawn as a line or a tick, `text` beside it ("mục tiêu 95%")."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The values between which a picture is drawn; `ticks` are those named at its side, lowest first."""

    low: Decimal
    high: Decimal
    ticks: tuple[tuple[Decimal, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One period. `value` None is missing: a gap, never zero. `sign` is that of an inexact one ("≥", "≈").

    `why` is the line shown on hover and read aloud: period, number, what it is made of. `href` opens its trace.
    """

    label: str
    value: Decimal | None
    text: str
    why: str
    href: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Periods in the order of time, all on one scale."""

    said: str
    points: tuple[Point, ...]
    scale: Scale
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit with a number; `short` where it misses the target."""

    name: str
    value: Decimal
    text: str
    why: str
    href: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Units in the order in which they are drawn, from zero to `high`. Whoever is silent stands in no bar."""

    said: str
    bars: tuple[Bar, ...]
    high: Decimal
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Small:
    """One of many small trends: a unit, its newest number and its periods."""

    name: str
    href: str
    text: str
    why: str
    door: str
    points: tuple[Point, ...]
    short: bool = False


@dataclass(frozen=True, slots=True)
class Multiples:
    """Small trends side by side, every one on the same scale, so that they can be compared."""

    said: str
    smalls: tuple[Small, ...]
    scale: Scale
    aim: Aim | None = None
