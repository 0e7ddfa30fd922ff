"""Storing invented figures in bulk: entered ones, confirmations, a statement taken on as a balance, targets.

The values come from `values`; here stands who was silent when, and what is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from chithi.core.periods import Period, quarter, year
from chithi.db.measures import Counting
from chithi.db.pouring import pour
from chithi.indicators.catalogue import BREAKDOWNS, MEASURES, ShippedMeasure
from chithi.indicators.demo import values
from chithi.indicators.demo.bases import Organisation, bases_on, leaders_above, organisations
from chithi.indicators.demo.exact import made_exact
from chithi.indicators.demo.sizes import LAST_QUARTER, LAST_YEAR, FigureSize
from chithi.indicators.kinds import Covers, FigureRole, Source
from chithi.indicators.models import Adoption, Confirmation, Figure, PeriodRow
from chithi.indicators.period_rows import period_row
from chithi.org.demo import Built
from chithi.org.demo.streams import Stream, key, spread
from chithi.org.kinds import UnitKind

Row = tuple[Any, ...]
COLUMNS = (
    *("unit_id", "measure_id", "period_id", "member_id", "covers", "role", "value", "value_max", "bound"),
    *("stated_share", "about", "by_id", "key", "source"),
)
REPORTED_BY = timedelta(days=8)
MEASURE: dict[str, ShippedMeasure] = {measure.code: measure for measure in MEASURES}
MEMBER_IDS = {code: number for _, _, members in BREAKDOWNS.values() for number, code, _, _ in members}
FLOWS = frozenset(measure.code for measure in MEASURES if measure.counting == Counting.FLOW)
WITHIN = {
    "issue.grassroots": "issue.registered",
    "issue.settled": "issue.registered",
    "comment.answered": "comment.received",
    "study.online": "study.online_invited",
}
STEPS = {"result.money": values.MILLION // 2, "result.land": 10, "result.road": 10}
"""Round numbers stay round when a year is split."""


@dataclass(frozen=True)
class BuiltFigures:
    """What was stored, and the periods whose totals must be computed."""

    periods: tuple[Period, ...]
    figures: int
    confirmations: int


def build(built: Built, size: FigureSize, seed: int, clerk_id: int | None) -> BuiltFigures:
    """Store everything; figures of the first district were entered by the account `clerk_id`."""
    return _Figures(built, size, seed, clerk_id).build()


class _Figures:
    def __init__(self, built: Built, size: FigureSize, seed: int, clerk_id: int | None) -> None:
        self.built, self.size, self.seed, self.clerk_id = built, size, seed, clerk_id
        self.district = built.plan.code_of(built.plan.size.districts[0])
        self.organisations = organisations(built, seed, size.officials)
        self.rows: dict[Period, PeriodRow] = {}
        self.count = self.confirmed = 0

    def build(self) -> BuiltFigures:
        for of_year, silent in zip(self.size.years, self.size.silent, strict=True):
            self._year(of_year, silent)
        if LAST_YEAR in self.size.years:
            self._quarters(LAST_QUARTER[0], LAST_QUARTER[1])
        self._targets()
        empty = tuple(year(of_year) for of_year in self.size.empty_years)
        return BuiltFigures((*empty, *self.rows), self.count, self.confirmed)

    def _year(self, of_year: int, silent: int) -> None:
        period, exact = year(of_year), of_year in self.size.exact_years
        speaking = self.organisations if exact else self._speaking(of_year, silent)
        said = self._said(of_year, period, speaking)
        figures = [row for code, given in said.items() for row in self._entered(code, given, period)]
        figures += self._above(of_year, period)
        figures += self._mass(of_year, period)
        figures += self._examples(of_year, period, speaking)
        self._store(period, figures)
        self._confirm(period, 100 if exact else 95)
        if of_year == LAST_YEAR:
            self._state(period, self.built.plan.size.code, said, 4)
            self._store_quarters(of_year, 4, said)
        if of_year == LAST_YEAR - 1:
            within = {code: given for code, given in said.items() if code.startswith(f"{self.district}-")}
            self._adopt(period, self._state(period, self.district, within, 6))

    def _speaking(self, of_year: int, silent: int) -> list[Organisation]:
        """Who says something: all of the first district but so many, nearly all of the others."""
        mine = [one.code for one in self.organisations if one.code.startswith(f"{self.district}-")]
        mute = set(Stream(self.seed, "indicators.silent", f"{self.district}/{of_year}").some(mine, silent))
        for one in self.organisations:
            if one.code not in mine and Stream(self.seed, "indicators.silent", f"{one.code}/{of_year}").chance(7):
                mute.add(one.code)
        return [one for one in self.organisations if one.code not in mute]

    def _said(self, of_year: int, period: Period, speaking: list[Organisation]) -> dict[str, values.Said]:
        bases = bases_on(self.built, self.organisations, period)
        said = {one.code: values.said_of_year(self.seed, one.code, of_year, bases[one.code]) for one in speaking}
        for exact in (exact for exact in self.size.exact if exact.year == of_year):
            if exact.unit not in bases and exact.unit != self.built.plan.size.code:
                bases[exact.unit] = values.base_above(*leaders_above(self.built, exact.unit, period))
                said[exact.unit] = values.said_of_leaders(self.seed, exact.unit, of_year, bases[exact.unit])
            made_exact(exact, said, bases, self.seed)
        return said

    def _quarters(self, of_year: int, count: int) -> None:
        """The quarters of a year that is not over; more are silent the nearer the quarter is."""
        last = quarter(of_year, count)
        said = self._said(of_year, last, self._speaking(of_year, 2))
        self._store_quarters(of_year, count, said)

    def _store_quarters(self, of_year: int, count: int, said: dict[str, values.Said]) -> None:
        """Split the flows of a year over its quarters; in a whole year the quarters add up to it exactly."""
        for index in range(1, count + 1):
            period = quarter(of_year, index)
            figures: list[Row] = []
            for code, given in said.items():
                late = Stream(self.seed, "indicators.late", f"{code}/{period.code}")
                if count == 4 or not late.chance(2 * index):
                    figures += self._entered(code, self._quarter_of(code, of_year, index, given), period)
            self._store(period, figures)
            self._confirm(period, 88)

    def _quarter_of(self, code: str, of_year: int, index: int, said: values.Said) -> values.Said:
        found: values.Said = {}
        for measure, member in said:
            if measure in FLOWS:
                found[measure, member] = values.Given(self._parts(code, of_year, measure, said)[index - 1])
        return found

    def _parts(self, code: str, of_year: int, measure: str, said: values.Said) -> list[int]:
        """A flow over the four quarters. What is part of another count is split as that one is, and so never above."""
        value, step = said[measure, ""].value, STEPS.get(measure, 1)
        if measure in WITHIN:
            return spread(value, self._parts(code, of_year, WITHIN[measure], said))
        stream = Stream(self.seed, "indicators.quarters", f"{code}/{of_year}/{measure}")
        weights = [stream.between(60, 140) for _ in range(4)]
        return [part * step for part in spread(value // step, weights)]

    def _entered(self, code: str, said: values.Said, period: Period) -> Iterator[Row]:
        for (measure, member), given in said.items():
            yield self._figure(code, measure, period, given.value, bound=given.bound, member=member)

    def _figure(
        self,
        code: str,
        measure: str,
        period: Period,
        value: int | None,
        *,
        member: str = "",
        covers: Covers = Covers.OWN,
        role: FigureRole = FigureRole.LEVEL,
        bound: str = "",
        value_max: int | None = None,
        share: int | None = None,
        about: str = "",
    ) -> Row:
        """An entered figure, a value for each of COLUMNS; `value` in whole units, kept in the measure's scale."""
        shipped = MEASURE[measure]
        return (
            self.built.ids[code],
            shipped.id,
            self._row(period).pk,
            MEMBER_IDS[member] if member else None,
            covers.value,
            role.value,
            None if value is None else value * 10**shipped.scale,
            value_max,
            bound,
            share,
            about,
            self.clerk_id if f"{code}-".startswith(f"{self.district}-") else None,
            key(self.seed, "figure", code, measure, period.code, member, covers, role),
        )

    def _row(self, period: Period) -> PeriodRow:
        if period not in self.rows:
            self.rows[period] = period_row(period)
        return self.rows[period]

    def _above(self, of_year: int, period: Period) -> Iterable[Row]:
        root = self.built.plan.size.code
        for unit in [root, *(one.code for one in self.built.plan.below(root))]:
            said = values.said_above(self.seed, unit, of_year, province=unit == root)
            yield from self._entered(unit, said, period)

    def _mass(self, of_year: int, period: Period) -> Iterable[Row]:
        for unit in self.built.plan.units.values():
            if unit.kind == UnitKind.MASS_ORGANISATION:
                yield from self._entered(unit.code, values.said_of_mass(self.seed, unit.code, of_year), period)

    def _examples(self, of_year: int, period: Period, speaking: list[Organisation]) -> Iterable[Row]:
        """In three communes a year the income of a model household is told: an example, which nothing adds up."""
        communes = [o for o in speaking if o.sort == values.COMMUNE and o.code.startswith(f"{self.district}-")]
        stream = Stream(self.seed, "indicators.examples", f"{self.district}/{of_year}")
        for one in stream.some(communes, 3):
            low = stream.between(5, 12) * 10
            yield self._figure(
                one.code,
                "result.income",
                period,
                low * values.MILLION,
                covers=Covers.PART,
                value_max=(low + 10 * stream.between(1, 4)) * values.MILLION,
                about=stream.pick(("hộ trồng chè", "hộ chăn nuôi gia súc", "hộ làm kinh tế đồi rừng")),
            )

    def _state(self, period: Period, code: str, said: dict[str, values.Said], more: int) -> int:
        """A statement of a unit about its whole subtree, which says a little more than those below do: its id."""
        entered = sum(given["study.classes", ""].value for given in said.values())
        statement = self._figure(code, "study.classes", period, entered + more, covers=Covers.SUBTREE)
        return self._store(period, [statement])[0]

    def _adopt(self, period: Period, statement: int) -> None:
        """The first district counts its statement for those below it that said nothing."""
        identity = key(self.seed, "adoption", self.district, period.code)
        rows = [(self.built.ids[self.district], statement, self.clerk_id, identity)]
        pour(Adoption, ("unit_id", "figure_id", "by_id", "key"), rows, at=written_at(period))

    def _targets(self) -> None:
        """What the province and the district aim at, this year and last."""
        root = self.built.plan.size.code
        for of_year in (LAST_YEAR, LAST_YEAR + 1):
            period = year(of_year)
            targets = [
                self._figure(code, measure, period, None, covers=Covers.SUBTREE, role=FigureRole.TARGET, share=share)
                for code in (root, self.district)
                for measure, share in (("study.members", 98), ("pledge.members", 95), ("issue.settled", 80))
            ]
            self._store(period, targets)

    def _confirm(self, period: Period, share: int) -> None:
        """Most cells and organisations confirm that their records of the period are complete."""
        number, rows = self._row(period).pk, []
        for unit in self.built.plan.units.values():
            if unit.closed is not None or not (unit.is_cell or unit.is_grassroots):
                continue
            if Stream(self.seed, "indicators.confirmed", f"{unit.code}/{period.code}").chance(share):
                rows.append((self.built.ids[unit.code], number, key(self.seed, "confirmation", unit.code, period.code)))
        self.confirmed += len(pour(Confirmation, ("unit_id", "period_id", "key"), rows, at=written_at(period)))

    def _store(self, period: Period, figures: list[Row]) -> range:
        stored = pour(Figure, COLUMNS, ((*row, Source.ENTERED.value) for row in figures), at=written_at(period))
        self.count += len(stored)
        return stored


def written_at(period: Period) -> datetime:
    """When the figures of a period were written down; for one not over yet, when it began."""
    day = period.first if period.first >= year(LAST_YEAR + 1).first and period.days > 100 else period.last
    return datetime.combine(day + REPORTED_BY, time(2), UTC)
