"""Exact figures: fixed-scale integers, Vietnamese and English writing, shares and what they imply.

Nothing here is a float. Vietnamese writes 40.539 and 98,1%; English 40,539 and 98.1%. Any language tag
that begins with "en" is English, everything else Vietnamese.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from chithi.core.errors import Refused

INT64_MAX = 2**63 - 1
MISSING = "–"
"""What stands where there is no figure; a zero is written 0."""

MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_LONGEST = 40  # letters a form field may hold; the longest int64 with marks and decimals needs 32
_MARKS = {"vi": (".", ","), "en": (",", ".")}  # thousands, decimal
_MONEY_UNITS = (
    # smallest amount, size of the unit, step that still reads well (at most two decimals), vi, en
    (10**9, 10**9, 10**7, "tỷ đồng", "billion dong"),
    (10**6, 10**6, 10**4, "triệu đồng", "million dong"),
)


def is_english(lang: str) -> bool:
    return lang.startswith("en")


def _marks(lang: str) -> tuple[str, str]:
    return _MARKS["en" if is_english(lang) else "vi"]


# --- storage -----------------------------------------------------------------------------------------


def to_fixed(value: Decimal, scale: int) -> int:
    """`value` as an integer count of 10**-scale.

    Refuses what the scale cannot hold exactly (`numbers.too_fine`) and what an int64 cannot hold
    (`numbers.too_large`); not-a-number and infinities are `numbers.unreadable`.
    """
    if not value.is_finite():
        raise Refused("numbers.unreadable", text=str(value))
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 -- finite values have integer exponents; said for the type checker
    if value and value.adjusted() + scale > 18:
        raise Refused("numbers.too_large", value=str(value)[:_LONGEST], scale=scale)
    shift = exponent + scale
    kept = digits if shift >= 0 else digits[:shift]
    if any(digits[len(kept) :]):
        raise Refused("numbers.too_fine", value=str(value)[:_LONGEST], scale=scale)
    fixed = int("".join(map(str, kept)) or "0")
    fixed = fixed * 10 ** max(shift, 0) if fixed else 0
    if fixed > INT64_MAX:
        raise Refused("numbers.too_large", value=str(value)[:_LONGEST], scale=scale)
    return -fixed if sign else fixed


def from_fixed(fixed: int, scale: int) -> Decimal:
    """The inverse of `to_fixed`; keeps `scale` decimals."""
    if -INT64_MAX <= fixed <= INT64_MAX:
        return Decimal(fixed).scaleb(-scale)  # exact: no more digits than a decimal holds
    return Decimal((int(fixed < 0), tuple(int(digit) for digit in str(abs(fixed))), -scale))


# --- writing -----------------------------------------------------------------------------------------


def rounded(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """`value` with exactly `decimals` decimals, halves away from zero (ROUND_HALF_UP), computed exactly."""
    above, below = value.as_integer_ratio()
    return _quotient(above, below, decimals)


def _quotient(above: int, below: int, decimals: int) -> Decimal:
    """`above` / `below` (which is positive) with so many decimals, halves away from zero."""
    scaled = abs(above) * 10**decimals
    whole = (2 * scaled + below) // (2 * below)
    return from_fixed(-whole if above < 0 else whole, decimals)


def format_number(value: Decimal | int, lang: str = "vi", decimals: int | None = None, *, trim: bool = False) -> str:
    """Thousands grouped, decimals as they are (without idle zeros), or rounded to `decimals` when given.

    `trim` drops idle zeros after rounding too: right in a sentence, wrong in a column.
    """
    number = Decimal(value) if decimals is None else rounded(value, decimals)
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    if decimals is None or trim:
        fraction = fraction.rstrip("0")
    thousands, point = _marks(lang)
    text = f"{int(whole):,}".replace(",", thousands) + (point + fraction if fraction else "")
    return f"-{text}" if number < 0 else text


def percent(numerator: Decimal | int | None, denominator: Decimal | int | None, decimals: int = 1) -> Decimal | None:
    """The share in percent, rounded half up; None (insufficient data) without both sides or over 0."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    above, parts = numerator.as_integer_ratio()
    below, of_parts = denominator.as_integer_ratio()
    turned = -1 if below < 0 else 1
    return _quotient(turned * above * 100 * of_parts, turned * below * parts, decimals)


def format_percent(
    numerator: Decimal | int | None,
    denominator: Decimal | int | None,
    decimals: int = 1,
    lang: str = "vi",
    *,
    trim: bool = False,
) -> str:
    """ "98,1%", or "–" where `percent` has nothing to say: never 100% for want of data."""
    share = percent(numerator, denominator, decimals)
    if share is None:
        return MISSING
    return format_number(share, lang, decimals, trim=trim) + "%"


def format_date(day: date, lang: str = "vi") -> str:
    """21/11/2026; in English 21 Nov 2026, where 5/6 could be read both ways."""
    if is_english(lang):
        return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"
    return f"{day.day}/{day.month}/{day.year}"


def format_money(amount: Decimal | int, lang: str = "vi") -> str:
    """Đồng, in billions or millions where that is exact in two decimals, else in full: "12 triệu đồng"."""
    english = is_english(lang)
    exact = Fraction(amount)
    for smallest, size, step, vi, en in _MONEY_UNITS:
        if abs(exact) >= smallest and exact % step == 0:
            shown = rounded(exact / size, 2)
            return f"{format_number(shown, lang)} {en if english else vi}"
    return f"{format_number(amount, lang)} {'dong' if english else 'đồng'}"


# --- reading -----------------------------------------------------------------------------------------


def _pattern(thousands: str, point: str) -> re.Pattern[str]:
    grouped = rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+"
    return re.compile(rf"(?P<whole>{grouped}|\d+)(?:{re.escape(point)}(?P<fraction>\d+))?", re.ASCII)


_READABLE = {lang: _pattern(*marks) for lang, marks in _MARKS.items()}


def parse_number(text: str, lang: str = "vi") -> Decimal:
    """What somebody typed into a field: "40.539", "40539", "12,5" in Vietnamese.

    Refuses with `numbers.unreadable` and a `reason`: `too_long`, `ambiguous` ("1,234" in Vietnamese may be
    meant as 1.234), `form` (letters, signs, marks in odd places, negative values, nothing at all).
    """
    typed = text.strip()
    if len(typed) > _LONGEST:
        raise Refused("numbers.unreadable", text=typed[:_LONGEST], reason="too_long")
    match = _READABLE["en" if is_english(lang) else "vi"].fullmatch(typed)
    if match is None:
        raise Refused("numbers.unreadable", text=typed, reason="form")
    thousands, _ = _marks(lang)
    whole, fraction = match["whole"], match["fraction"] or ""
    if len(fraction) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole):
        raise Refused("numbers.unreadable", text=typed, reason="ambiguous")
    return Decimal(f"{whole.replace(thousands, '')}.{fraction}" if fraction else whole.replace(thousands, ""))


# --- what a stated share implies ---------------------------------------------------------------------


def percent_interval(stated: Decimal) -> tuple[Decimal, Decimal]:
    """The shares that round to `stated` at its own number of decimals: low included, high not.

    94.2 gives (94.15, 94.25); 63 gives (62.5, 63.5).
    """
    decimals = _decimals(stated)
    middle, half = Fraction(stated), Fraction(1, 2 * 10**decimals)
    return rounded(middle - half, decimals + 1), rounded(middle + half, decimals + 1)


def _decimals(stated: Decimal) -> int:
    exponent = stated.as_tuple().exponent
    if not isinstance(exponent, int):
        raise Refused("numbers.unreadable", text=str(stated))
    return max(0, -exponent)


def implied_total(count: int, stated: Decimal) -> tuple[int, int] | None:
    """Smallest and largest whole base of which `count` is `stated` percent after rounding.

    None where no whole base fits, or where the share rounds to nothing and so bounds no base.
    """
    low, high = percent_interval(stated)
    if count <= 0 or low <= 0:
        return None
    smallest = Fraction(100 * count) / Fraction(high)
    largest = Fraction(100 * count) / Fraction(low)
    first = smallest.numerator // smallest.denominator + 1  # the high end itself rounds up, so it is left out
    last = largest.numerator // largest.denominator
    return (first, last) if first <= last else None


def implied_count(total: int, stated: Decimal) -> tuple[int, int] | None:
    """Smallest and largest whole count that is `stated` percent of `total` after rounding, or None."""
    low, high = percent_interval(stated)
    if total <= 0:
        return None
    smallest, beyond = Fraction(low) * total / 100, Fraction(high) * total / 100
    first = max(0, -(-smallest.numerator // smallest.denominator))
    last = -(-beyond.numerator // beyond.denominator) - 1
    return (first, last) if first <= last else None
