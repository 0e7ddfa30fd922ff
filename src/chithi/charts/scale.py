"""Which values a picture runs between and where a value stands on it. Exact: no floats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from chithi.charts.description import Scale

WHOLE = 10_000
"""Places are whole hundredths of a percent."""
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_PARTS = 4


def scale_over(
    values: Iterable[Decimal],
    write: Callable[[Decimal], str],
    *,
    least: Decimal | None = None,
    most: Decimal | None = None,
    whole: bool = False,
) -> Scale:
    """A scale with round ends around all values and three to six named ticks, never beyond `least` and `most`.

    `whole` keeps the ticks of counts whole. A scale of no values runs from 0 to 1.
    """
    known = list(values) or [Decimal(0), Decimal(1)]
    low, high = min(known), max(known)
    if low == high:
        pad = max(abs(low) / 10, Decimal(1))
        low, high = low - pad, high + pad
    step = _step((high - low) / _PARTS, whole=whole)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    while least is not None and first * step < least and first < last:
        first += 1
    while most is not None and last * step > most and last > first:
        last -= 1
    named = [(step * n).normalize() + 0 for n in range(int(first), int(last) + 1)]
    ends = [*named, *known]
    return Scale(min(ends), max(ends), tuple((value, write(value)) for value in named))


def _step(rough: Decimal, *, whole: bool) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `rough`."""
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(times * power for times in _STEPS if times * power >= rough)
    if not whole:
        return step
    return max(step.to_integral_value(ROUND_CEILING), Decimal(1))


def place(value: Decimal, low: Decimal, high: Decimal) -> int:
    """Where a value stands between two others, in hundredths of a percent; the middle where they are the same."""
    if high == low:
        return WHOLE // 2
    return max(0, min(WHOLE, int((value - low) * WHOLE / (high - low))))
