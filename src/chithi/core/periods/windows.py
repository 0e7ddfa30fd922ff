"""The period itself: a kind, a first and a last day, and the window profile the days follow.

A standard period (month, quarter, half, year) is a run of 1, 3, 6 or 12 months. Under the calendar
profile it holds those months' days; under a cut-off profile with day D it runs from day D of the month
before the run to day D-1 of the run's last month, so with D = 15 a year is 15/12-14/12 and its second
half 15/6-14/12 (the pattern of Nghị định 09/2019, as written in TT 09/2019/TT-NHNN).
The other kinds (term, campaign, since, as of) carry their own days and follow no profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from chithi.core.errors import Refused

FIRST_YEAR, LAST_YEAR = 1930, 2200
_EARLIEST = date(FIRST_YEAR - 1, 12, 2)  # a cut-off year begins in the December before it


class Kind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TERM = "term"
    CAMPAIGN = "campaign"
    SINCE = "since"
    AS_OF = "as_of"


STANDARD: Mapping[Kind, int] = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
"""Length in months of each kind that a profile gives windows to, shortest first."""

CUMULATIVE = frozenset({Kind.SINCE, Kind.AS_OF})
"""Kinds that stand at a day rather than fill a stretch of the calendar: "to date", "as of"."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How windows are cut: `cut_day` is the day that opens a window (2 to 28), None for calendar months."""

    cut_day: int | None = None

    CALENDAR: ClassVar[Profile]
    CUTOFF: ClassVar[Profile]

    def __post_init__(self) -> None:
        if self.cut_day is not None and not 2 <= self.cut_day <= 28:
            raise Refused("periods.cut_day", low=2, high=28, cut_day=self.cut_day)

    def __str__(self) -> str:
        """The word that settings and tables keep: `calendar`, `cutoff-15`."""
        return "calendar" if self.cut_day is None else f"cutoff-{self.cut_day:02d}"


Profile.CALENDAR = Profile()
Profile.CUTOFF = Profile(15)


@dataclass(frozen=True, slots=True)
class Convention:
    """A profile that a regime prescribes, with its names and the text it comes from."""

    profile: Profile
    name_vi: str
    name_en: str
    basis: str


CONVENTIONS: tuple[Convention, ...] = (
    Convention(Profile.CALENDAR, "Theo tháng dương lịch", "Calendar months", "TT 02/2019/TT-BTC"),
    Convention(Profile.CUTOFF, "Chốt số ngày 14", "Closed on the 14th", "NĐ 09/2019/NĐ-CP; TT 09/2019/TT-NHNN"),
)
"""The profiles shipped; any other cut-off day works as well, an installation adds its row here."""


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days, both ends included. Equal periods have equal codes and the other way round.

    Refuses `periods.backwards` (last before first), `periods.out_of_range` (outside 1930-2200),
    `periods.wrong_window` (days that are not a window of the kind and profile; an as-of period of more
    than one day; a profile on a kind that follows none).
    """

    kind: Kind
    first: date
    last: date
    profile: Profile = Profile.CALENDAR

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused("periods.backwards", first=self.first, last=self.last)
        if self.first < _EARLIEST or not FIRST_YEAR <= self.last.year <= LAST_YEAR:
            raise Refused("periods.out_of_range", low=FIRST_YEAR, high=LAST_YEAR)
        if self.kind in STANDARD:
            fits = _days(self._run, STANDARD[self.kind], self.profile) == (self.first, self.last)
        else:
            fits = self.profile == Profile.CALENDAR and (self.kind != Kind.AS_OF or self.first == self.last)
        if not fits:
            raise Refused("periods.wrong_window", kind=str(self.kind), first=self.first, last=self.last)

    @property
    def _run(self) -> int:
        """First month of the run, counted from year 0; meaningful for standard kinds."""
        length = STANDARD[self.kind]
        return (self.last.year * 12 + self.last.month - 1) // length * length

    @property
    def year(self) -> int:
        """The year the period is named after: that of its last day."""
        return self.last.year

    @property
    def index(self) -> int:
        """Which month, quarter or half of its year, from 1; 1 for every other kind."""
        if self.kind not in STANDARD:
            return 1
        return self._run % 12 // STANDARD[self.kind] + 1

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def code(self) -> str:
        """The canonical, lasting address; see `chithi.core.periods.codes` for its grammar."""
        from chithi.core.periods.codes import code_of

        return code_of(self)

    def label(self, lang: str = "vi") -> str:
        """The name in a sentence or heading: "Quý II/2013", "Từ 14/5/2011 đến 23/8/2013"."""
        from chithi.core.periods.labels import label_of

        return label_of(self, lang)

    def short_label(self, lang: str = "vi") -> str:
        """The name on an axis or in a narrow column: "Q.II/2013"."""
        from chithi.core.periods.labels import short_label_of

        return short_label_of(self, lang)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.code


def _days(run: int, length: int, profile: Profile) -> tuple[date, date]:
    """First and last day of `length` months from month number `run` under a profile."""
    end = run + length
    if profile.cut_day is None:
        return _day(run, 1), _day(end, 1) - timedelta(days=1)
    return _day(run - 1, profile.cut_day), _day(end - 1, profile.cut_day - 1)


def _day(month_number: int, day: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, day)


def _at(kind: Kind, run: int, profile: Profile) -> Period:
    if not FIRST_YEAR * 12 <= run < (LAST_YEAR + 1) * 12:
        raise Refused("periods.out_of_range", low=FIRST_YEAR, high=LAST_YEAR)
    first, last = _days(run, STANDARD[kind], profile)
    return Period(kind, first, last, profile)


def standard(kind: Kind, of_year: int, index: int = 1, profile: Profile = Profile.CALENDAR) -> Period:
    """The `index`-th (from 1) month, quarter, half or year of `of_year`."""
    length = _length(kind)
    if not 1 <= index <= 12 // length:
        raise Refused("periods.no_such_part", kind=str(kind), index=index, high=12 // length)
    return _at(kind, of_year * 12 + (index - 1) * length, profile)


def month(of_year: int, index: int, profile: Profile = Profile.CALENDAR) -> Period:
    return standard(Kind.MONTH, of_year, index, profile)


def quarter(of_year: int, index: int, profile: Profile = Profile.CALENDAR) -> Period:
    return standard(Kind.QUARTER, of_year, index, profile)


def half(of_year: int, index: int, profile: Profile = Profile.CALENDAR) -> Period:
    return standard(Kind.HALF, of_year, index, profile)


def year(of_year: int, profile: Profile = Profile.CALENDAR) -> Period:
    return standard(Kind.YEAR, of_year, 1, profile)


def term(first: date, last: date) -> Period:
    return Period(Kind.TERM, first, last)


def campaign(first: date, last: date) -> Period:
    return Period(Kind.CAMPAIGN, first, last)


def since(first: date, last: date) -> Period:
    """From the start of something (a directive) to a day."""
    return Period(Kind.SINCE, first, last)


def as_of(day: date) -> Period:
    """The state on one day ("tính đến nay")."""
    return Period(Kind.AS_OF, day, day)


def containing(day: date, kind: Kind, profile: Profile = Profile.CALENDAR) -> Period:
    """The one standard period of the kind and profile that `day` falls into."""
    length = _length(kind)
    number = day.year * 12 + day.month - 1
    if profile.cut_day is not None and day.day >= profile.cut_day:
        number += 1
    return _at(kind, number // length * length, profile)


def _length(kind: Kind) -> int:
    if kind not in STANDARD:
        raise Refused("periods.no_window", kind=str(kind))
    return STANDARD[kind]


def _shifted(period: Period, months: int) -> Period | None:
    try:
        return _at(period.kind, period._run + months, period.profile)
    except Refused:
        return None


def previous(period: Period) -> Period | None:
    """The period of the same kind just before; None for kinds without a sequence and before 1930."""
    return _shifted(period, -STANDARD[period.kind]) if period.kind in STANDARD else None


def following(period: Period) -> Period | None:
    """The period of the same kind just after; None for kinds without a sequence and after 2200."""
    return _shifted(period, STANDARD[period.kind]) if period.kind in STANDARD else None


def year_before(period: Period) -> Period | None:
    """The same period last year ("cùng kỳ"), or None where there is none.

    A period since a start compares with the same start up to the same day a year earlier. The last day
    of a month compares with the last day of that month. Terms and campaigns have no "last year".
    """
    if period.kind in STANDARD:
        return _shifted(period, -12)
    if period.kind not in CUMULATIVE or period.last.year == FIRST_YEAR:
        return None
    earlier = _a_year_earlier(period.last)
    if period.kind == Kind.AS_OF:
        return as_of(earlier)
    return since(period.first, earlier) if earlier >= period.first else None


def _a_year_earlier(day: date) -> date:
    tomorrow = day + timedelta(days=1)
    if tomorrow.day == 1:
        return tomorrow.replace(year=tomorrow.year - 1) - timedelta(days=1)
    return day.replace(year=day.year - 1)


def series(period: Period, n: int) -> tuple[Period, ...]:
    """`n` periods of the same kind ending with `period`, oldest first.

    Shorter where the calendar of the product (1930) begins or the kind has no sequence.
    """
    found = [period]
    while len(found) < n and (before := previous(found[-1])) is not None:
        found.append(before)
    return tuple(reversed(found))
