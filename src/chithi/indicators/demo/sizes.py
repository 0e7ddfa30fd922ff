"""How far back invented figures go, as data. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LAST_YEAR = 2025
LAST_QUARTER = (2026, 3)


@dataclass(frozen=True)
class FigureSize:
    """`silent` says for each year from `first_year` on how many grassroots organisations of the first district said
    nothing: the last one makes "40 of 43". In `empty_years` nothing is entered, but records are counted: that is where
    figures taken in from reports go."""

    first_year: int
    silent: tuple[int, ...]
    empty_years: tuple[int, ...] = (2011, 2012, 2013)

    @property
    def years(self) -> range:
        return range(self.first_year, LAST_YEAR + 1)
