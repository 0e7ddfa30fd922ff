"""Storing the figures of an invented nation, whole columns at a time.

What its organisations say comes from `nation_values`; here stands who was silent when, and what is written. Cells enter
how many members they have, organisations everything else, because a nation's demo holds no people to count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from chithi.core.periods import Period, month, quarter, year
from chithi.db.pouring import pour_columns
from chithi.indicators.demo import nation_values, values
from chithi.indicators.demo.build import FLOWS, MEASURE, MEMBER_IDS, STEPS, WITHIN, BuiltFigures, written_at
from chithi.indicators.demo.nation_values import Bases, Said
from chithi.indicators.demo.sizes import LAST_YEAR, NationFigures
from chithi.indicators.demo.values import Column
from chithi.indicators.kinds import Covers, FigureRole, Source
from chithi.indicators.models import Adoption, Confirmation, Figure, PeriodRow, SourcePolicy
from chithi.indicators.period_rows import period_row
from chithi.org.demo import NationBuilt
from chithi.org.demo.draws import Draws, Flags, Numbers, keys
from chithi.org.demo.nation_plan import NATION_BEGAN
from chithi.org.kinds import UnitKind

Parts = dict[Column, list[Numbers]]


@dataclass(frozen=True, eq=False)
class _Year:
    """One year as all organisations would tell it, and which of them do."""

    of_year: int
    bases: Bases
    said: Said
    speaking: Flags


def build_nation_figures(built: NationBuilt, size: NationFigures, seed: int, clerk_id: int | None) -> BuiltFigures:
    """Store everything; figures of the first province were entered by the account `clerk_id`."""
    return _Nation(built, size, seed, clerk_id).build()


class _Nation:
    def __init__(self, built: NationBuilt, size: NationFigures, seed: int, clerk_id: int | None) -> None:
        self.built, self.size, self.seed, self.clerk_id = built, size, seed, clerk_id
        self.plan = built.plan
        self.at_home = nation_values.homes(self.plan)
        self.own = np.asarray(self.plan.cells, np.bool_)
        self.province = self.plan.first(UnitKind.PROVINCE)
        kinds = self.plan.kinds
        self.last_of_province = next(
            (at for at in range(self.province + 1, len(kinds)) if kinds[at] is UnitKind.PROVINCE), len(kinds)
        )
        self.rows: dict[Period, PeriodRow] = {}
        self.count = self.confirmed = 0

    def build(self) -> BuiltFigures:
        self._policies()
        for of_year in self.size.years:
            told = self._told(of_year)
            self._year(told)
            if of_year == LAST_YEAR:
                self._shorter(told, 4)
        self._shorter(self._told(LAST_YEAR + 1), self.size.quarters)
        self._targets()
        before = [quarter(LAST_YEAR - 1, index) for index in range(1, 5)]  # what the first quarters are compared with
        periods = [*map(year, self.size.around), *before, *self.rows]
        return BuiltFigures(tuple(dict.fromkeys(periods)), self.count, self.confirmed)

    def _told(self, of_year: int) -> _Year:
        bases = nation_values.bases_of(self.plan, self.at_home, self.seed, of_year, self.size.years[0])
        said = nation_values.said_of_year(bases, self.seed, of_year)
        silent = Draws(self.seed, f"indicators.nation.silent/{of_year}", bases.organisations).chance(self.size.silent)
        return _Year(of_year, bases, said, ~silent)

    def _year(self, told: _Year) -> None:
        period = year(told.of_year)
        self._organisations(period, told.bases, told.said.values, told.speaking, rough=told.said.rough)
        self._cells(period, told)
        self._above(period, told.of_year)
        self._confirm(period, told.bases.organisations[told.speaking], 95)
        if told.of_year == LAST_YEAR:
            self._state(period, 0, told, 4)
        if told.of_year == LAST_YEAR - 1:
            statement = self._state(period, self.province, told, 6)
            columns: dict[str, list[Any]] = {"unit_id": [self.built.id_of(self.province)], "figure_id": [statement]}
            columns["key"] = keys(self.seed, "adoption", period.code, 1)
            pour_columns(Adoption, columns, {"by_id": self.clerk_id}, at=written_at(period))

    def _shorter(self, told: _Year, quarters: int) -> None:
        """The flows of a year by months and quarters; the nearer the end of the year, the more are silent."""
        by_month, by_quarter = self._parts(told)
        periods = [(month(told.of_year, at + 1), by_month, at) for at in range(3 * quarters)]
        periods += [(quarter(told.of_year, at + 1), by_quarter, at) for at in range(quarters)]
        for period, parts, at in periods:
            draws = Draws(self.seed, f"indicators.nation.late/{period.code}", told.bases.organisations)
            late = draws.chance(0 if told.of_year == LAST_YEAR else 1 + at)
            speaking = told.speaking & ~late
            self._organisations(period, told.bases, {column: of[at] for column, of in parts.items()}, speaking)
            self._confirm(period, told.bases.organisations[speaking], 88)

    def _parts(self, told: _Year) -> tuple[Parts, Parts]:
        """Flows over months and over quarters. What is part of another count is split as that one is."""
        by_month: Parts = {}
        by_quarter: Parts = {}
        flows = [column for column in told.said.values if column[0] in FLOWS]
        for column in sorted(flows, key=lambda found: found[0] in WITHIN):
            measure = column[0]
            monthly = measure in self.size.monthly
            draws = Draws(self.seed, f"indicators.nation.{measure}/{told.of_year}", told.bases.organisations)
            into, count = (by_month, 12) if monthly else (by_quarter, 4)
            if measure in WITHIN:
                weights = into[WITHIN[measure], ""]
            else:
                weights = [draws.between(60, 140) for _ in range(count)]
            step = STEPS.get(measure, 1)
            split = nation_values.split(told.said.values[column] // step, weights)
            into[column] = [step * part for part in split]
        return by_month, by_quarter

    def _organisations(
        self,
        period: Period,
        bases: Bases,
        said: Mapping[Column, Numbers],
        speaking: Flags,
        *,
        rough: Flags | None = None,
    ) -> None:
        """What organisations say, one after the other with all they say, so that the indexes grow at few places."""
        columns = list(said)
        scales = np.array([10 ** MEASURE[measure].scale for measure, _ in columns], np.int64)
        places = bases.organisations[speaking]
        table = np.stack([said[column][speaking] for column in columns], axis=1) * scales
        bounds = np.full(table.shape, "", dtype=object)
        if rough is not None and ("deed.individual", "") in columns:
            bounds[rough[speaking], columns.index(("deed.individual", ""))] = "at_least"
        many = len(places)
        self._store(
            period,
            np.repeat(places, len(columns)),
            {
                "measure_id": [MEASURE[measure].id for measure, _ in columns] * many,
                "member_id": [MEMBER_IDS.get(member) for _, member in columns] * many,
                "value": table.ravel().tolist(),
                "bound": bounds.ravel().tolist(),
            },
            "organisations",
        )

    def _cells(self, period: Period, told: _Year) -> None:
        """Cells enter how many members are on duty; most of those whose organisation says nothing are silent too.

        All cells of one that speaks do, so that nowhere more study than are members.
        """
        members = told.bases.cell_members
        places = np.flatnonzero(members > 0)
        speaking = np.ones(len(self.plan), np.bool_)
        speaking[told.bases.organisations] = told.speaking
        draws = Draws(self.seed, f"indicators.nation.silent.cells/{told.of_year}", places)
        mute = ~speaking[self.at_home[places]] & draws.chance(70)
        places = places[~mute]
        self._store(
            period,
            places,
            {"value": members[places].tolist()},
            "cells",
            measure_id=MEASURE["org.members_on_duty"].id,
        )

    def _above(self, period: Period, of_year: int) -> None:
        """What provinces, the nation and mass organisations say of themselves."""
        for place, kind in enumerate(self.plan.kinds):
            code = self.plan.codes[place]
            if kind in (UnitKind.CENTRE, UnitKind.PROVINCE):
                said = values.said_above(self.seed, code, of_year, province=True)
            elif kind is UnitKind.MASS_ORGANISATION:
                said = values.said_of_mass(self.seed, code, of_year)
            else:
                continue
            table = {
                "measure_id": [MEASURE[measure].id for measure, _ in said],
                "value": [given.value * 10 ** MEASURE[measure].scale for (measure, _), given in said.items()],
            }
            self._store(period, np.full(len(said), place), table, code)

    def _state(self, period: Period, place: int, told: _Year, more: int) -> int:
        """A statement of a unit about its whole subtree, a little more than those below it say: its id."""
        inside = told.speaking.copy()
        if place == self.province:
            inside &= (told.bases.organisations >= place) & (told.bases.organisations < self.last_of_province)
        entered = int(told.said.values["study.classes", ""][inside].sum())
        classes = MEASURE["study.classes"].id
        table = {"value": [entered + more]}
        return self._store(
            period, np.array([place]), table, f"statement/{place}", measure_id=classes, covers=Covers.SUBTREE.value
        )[0]

    def _targets(self) -> None:
        """What the nation and the first province aim at, in the last year with figures and the one after it."""
        aims = (("study.members", 98), ("pledge.members", 95), ("issue.settled", 80))
        for of_year in (LAST_YEAR, LAST_YEAR + 1):
            for place in (0, self.province):
                self._store(
                    year(of_year),
                    np.full(len(aims), place),
                    {
                        "measure_id": [MEASURE[measure].id for measure, _ in aims],
                        "stated_share": [share for _, share in aims],
                        "value": [None] * len(aims),
                    },
                    f"targets/{place}",
                    covers=Covers.SUBTREE.value,
                    role=FigureRole.TARGET.value,
                )

    def _policies(self) -> None:
        """Figures entered by hand speak for organisations: there are no records of people to count."""
        places = np.flatnonzero(np.asarray(self.plan.grassroots, np.bool_) & ~self.own)
        columns: dict[str, list[Any]] = {"unit_id": (places + self.built.first_id).tolist()}
        columns["key"] = keys(self.seed, "policy", "nation", len(places))
        pour_columns(SourcePolicy, columns, {"first": Source.ENTERED.value, "since": NATION_BEGAN, "measure_id": None})

    def _confirm(self, period: Period, places: Numbers, share: int) -> None:
        """Most organisations confirm their records of a period; those that are cells keep none and do not."""
        places = places[~self.own[places]]
        places = places[Draws(self.seed, f"indicators.nation.confirmed/{period.code}", places).chance(share)]
        columns: dict[str, list[Any]] = {"unit_id": (places + self.built.first_id).tolist()}
        columns["key"] = keys(self.seed, "confirmation", period.code, len(places))
        same = {"period_id": self._row(period).pk}
        self.confirmed += len(pour_columns(Confirmation, columns, same, at=written_at(period)))

    def _row(self, period: Period) -> PeriodRow:
        if period not in self.rows:
            self.rows[period] = period_row(period)
        return self.rows[period]

    def _store(
        self, period: Period, places: Numbers, columns: Mapping[str, Iterable[Any]], group: str, **same: object
    ) -> range:
        """Figures of the units at `places`; `group` names them among those of the period."""
        table = {name: list(column) for name, column in columns.items()}
        table["unit_id"] = (places + self.built.first_id).tolist()
        mine = (places >= self.province) & (places < self.last_of_province)
        table["by_id"] = [self.clerk_id if here else None for here in mine.tolist()]
        table["key"] = keys(self.seed, "figure", f"{period.code}/{group}", len(places))
        everywhere = {
            "period_id": self._row(period).pk,
            "source": Source.ENTERED.value,
            "covers": Covers.OWN.value,
            "role": FigureRole.LEVEL.value,
        }
        stored = pour_columns(Figure, table, everywhere | same, at=written_at(period))
        self.count += len(stored)
        return stored
