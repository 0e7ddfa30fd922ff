"""Storing invented figures in bulk: entered ones, confirmations, a statement taken on as a balance, targets.

The values come from `values`; here stands who was silent when, and what is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from chithi.core.periods import Period, quarter, year
from chithi.db.measures import Counting
from chithi.db.models import Guarded
from chithi.indicators.catalogue import BREAKDOWNS, MEASURES, ShippedMeasure
from chithi.indicators.demo import values
from chithi.indicators.demo.bases import Organisation, bases_on, organisations
from chithi.indicators.demo.sizes import LAST_QUARTER, LAST_YEAR, FigureSize
from chithi.indicators.kinds import Covers, FigureRole, Source
from chithi.indicators.models import Adoption, Confirmation, Figure, PeriodRow
from chithi.indicators.own import period_row
from chithi.org.demo import Built
from chithi.org.demo.streams import Stream, key, spread

M = TypeVar("M", bound=Guarded)
BATCH = 1000
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
_WHY = "the figures of the demo just stored"


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
        self.organisations = organisations(built, seed)
        self.rows: dict[Period, PeriodRow] = {}
        self.count = self.confirmed = 0

    def build(self) -> BuiltFigures:
        for of_year in self.size.years:
            self._year(of_year)
        self._quarters(LAST_QUARTER[0], LAST_QUARTER[1])
        self._targets()
        empty = tuple(year(of_year) for of_year in self.size.empty_years)
        return BuiltFigures((*empty, *self.rows), self.count, self.confirmed)

    def _year(self, of_year: int) -> None:
        period = year(of_year)
        speaking = self._speaking(of_year, self.size.silent[of_year - self.size.first_year])
        said = self._said(of_year, period, speaking)
        figures = [figure for code, given in said.items() for figure in self._entered(code, given, period)]
        figures += self._above(of_year, period)
        figures += self._examples(of_year, period, speaking)
        self._store(period, figures)
        self._confirm(period, 95)
        if of_year == LAST_YEAR:
            self._state(period, self.built.plan.size.code, said, 4)
            self._store_quarters(of_year, 4, said)
        if of_year == LAST_YEAR - 1:
            within = {code: given for code, given in said.items() if code.startswith(f"{self.district}-")}
            self._adopt(self._state(period, self.district, within, 6))

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
        return {one.code: values.said_of_year(self.seed, one.code, of_year, bases[one.code]) for one in speaking}

    def _quarters(self, of_year: int, count: int) -> None:
        """The quarters of a year that is not over; more are silent the nearer the quarter is."""
        last = quarter(of_year, count)
        said = self._said(of_year, last, self._speaking(of_year, 2))
        self._store_quarters(of_year, count, said)

    def _store_quarters(self, of_year: int, count: int, said: dict[str, values.Said]) -> None:
        """Split the flows of a year over its quarters; in a whole year the quarters add up to it exactly."""
        for index in range(1, count + 1):
            period = quarter(of_year, index)
            figures: list[Figure] = []
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

    def _entered(self, code: str, said: values.Said, period: Period) -> Iterator[Figure]:
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
        **more: object,
    ) -> Figure:
        """An entered figure; `value` in whole units, kept in the measure's scale."""
        shipped = MEASURE[measure]
        return Figure(
            key=key(self.seed, "figure", code, measure, period.code, member, covers, role),
            unit_id=self.built.ids[code],
            measure_id=shipped.id,
            period_id=self._row(period).pk,
            member_id=MEMBER_IDS[member] if member else None,
            source=Source.ENTERED,
            covers=covers,
            role=role,
            value=None if value is None else value * 10**shipped.scale,
            by_id=self.clerk_id if f"{code}-".startswith(f"{self.district}-") else None,
            **more,
        )

    def _row(self, period: Period) -> PeriodRow:
        if period not in self.rows:
            self.rows[period] = period_row(period)
        return self.rows[period]

    def _above(self, of_year: int, period: Period) -> Iterable[Figure]:
        root = self.built.plan.size.code
        for unit in [root, *(one.code for one in self.built.plan.below(root))]:
            said = values.said_above(self.seed, unit, of_year, province=unit == root)
            yield from self._entered(unit, said, period)

    def _examples(self, of_year: int, period: Period, speaking: list[Organisation]) -> Iterable[Figure]:
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

    def _state(self, period: Period, code: str, said: dict[str, values.Said], more: int) -> Figure:
        """A statement of a unit about its whole subtree, which says a little more than those below do."""
        entered = sum(given["study.classes", ""].value for given in said.values())
        statement = self._figure(code, "study.classes", period, entered + more, covers=Covers.SUBTREE)
        return self._store(period, [statement])[0]

    def _adopt(self, statement: Figure) -> None:
        adoption = Adoption(
            unit_id=statement.unit_id,
            figure=statement,
            by_id=self.clerk_id,
            key=key(self.seed, "adoption", statement.key),
        )
        Adoption.objects.bulk_create([adoption])
        Adoption.objects.everywhere(because=_WHY).update(at=_written(year(LAST_YEAR - 1)))

    def _targets(self) -> None:
        """What the province and the district aim at, this year and last."""
        root = self.built.plan.size.code
        for of_year in (LAST_YEAR, LAST_YEAR + 1):
            period = year(of_year)
            targets = [
                self._figure(
                    code, measure, period, None, covers=Covers.SUBTREE, role=FigureRole.TARGET, stated_share=share
                )
                for code in (root, self.district)
                for measure, share in (("study.members", 98), ("pledge.members", 95), ("issue.settled", 80))
            ]
            self._store(period, targets)

    def _confirm(self, period: Period, share: int) -> None:
        """Most cells and organisations confirm that their records of the period are complete."""
        row, rows = self._row(period), []
        units = [unit for unit in self.built.plan.units.values() if unit.closed is None]
        for unit in units:
            stream = Stream(self.seed, "indicators.confirmed", f"{unit.code}/{period.code}")
            if (unit.is_cell or unit.is_grassroots) and stream.chance(share):
                identity = key(self.seed, "confirmation", unit.code, period.code)
                rows.append(Confirmation(unit_id=self.built.ids[unit.code], period=row, key=identity))
        Confirmation.objects.bulk_create(rows, batch_size=BATCH)
        Confirmation.objects.everywhere(because=_WHY).filter(period=row).update(at=_written(period))
        self.confirmed += len(rows)

    def _store(self, period: Period, figures: list[Figure]) -> list[Figure]:
        stored = Figure.objects.bulk_create(figures, batch_size=BATCH)
        Figure.objects.everywhere(because=_WHY).filter(period=self._row(period)).update(at=_written(period))
        self.count += len(stored)
        return stored


def _written(period: Period) -> datetime:
    """When the figures of a period were written down; for one not over yet, when it began."""
    day = period.first if period.first >= year(LAST_YEAR + 1).first and period.days > 100 else period.last
    return datetime.combine(day + REPORTED_BY, time(2), UTC)
