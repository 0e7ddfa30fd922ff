"""How far back invented figures go, as data. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LAST_YEAR = 2025
LAST_QUARTER = (2026, 3)


@dataclass(frozen=True)
class Exact:
    """What the organisations below a unit (by code) say of a year adds up to these counts, to the last one.

    A count is named by its measure, or `measure/member` for a part of a breakdown.
    """

    year: int
    unit: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FigureSize:
    """`silent` says for each of `years` how many grassroots organisations of the first district said nothing: the last
    one makes "40 of 43". In `empty_years` nothing is entered, but records are counted: that is where figures taken in
    from reports go. In the years of `exact` everybody speaks and confirms. `officials` is how many officials outside
    the Party there are in all; None leaves each organisation the number it draws."""

    years: tuple[int, ...]
    silent: tuple[int, ...]
    empty_years: tuple[int, ...] = (2011, 2012, 2013)
    officials: int | None = None
    exact: tuple[Exact, ...] = ()

    @property
    def exact_years(self) -> frozenset[int]:
        return frozenset(exact.year for exact in self.exact)


@dataclass(frozen=True)
class NationFigures:
    """How far back the figures of a nation without people go.

    The flows of `LAST_YEAR` and of the year after it are told by quarters, those of `monthly` by months; `silent` of a
    hundred organisations say nothing of a year. Of `around` nothing is said: periods that others are compared with.
    """

    years: tuple[int, ...] = (2022, 2023, 2024, 2025)
    silent: int = 6
    around: tuple[int, ...] = (2021, 2026)
    monthly: tuple[str, ...] = (
        "study.classes",
        "deed.individual",
        "media.items",
        "comment.received",
        "comment.answered",
    )
    quarters: int = LAST_QUARTER[1]
    """Quarters of the year after the last one that are over."""
