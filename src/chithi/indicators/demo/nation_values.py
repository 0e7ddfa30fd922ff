"""What the organisations of an invented nation say of one year, as columns: one entry an organisation. Pure.

The same shares as in `values`, drawn for all organisations at once. Nobody studies or pledges who is not counted on
the base; nothing is settled that was not registered; a year split into quarters or months adds up to it exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from chithi.indicators.demo.values import MEMBER, MILLION, OTHER, Column
from chithi.org.demo.draws import Draws, Flags, Numbers
from chithi.org.demo.nation_plan import NationPlan
from chithi.org.demo.plan import CLINIC, OFFICE, OWN, PART, SCHOOL, VILLAGE
from chithi.org.kinds import UnitKind

IN_A_CELL = {VILLAGE: (9, 32), OFFICE: (8, 30), SCHOOL: (12, 34), CLINIC: (4, 9), PART: (6, 28), OWN: (8, 40)}
"""From how few to how many members cells of a sort have in the first year."""


@dataclass(frozen=True, eq=False)
class Bases:
    """What can be counted on at the end of a year. `cell_members` by place of the plan, 0 for what is no cell then;
    the other columns have one entry for each of the places in `organisations`."""

    organisations: Numbers
    cell_members: Numbers
    members: Numbers
    cells: Numbers
    cells_below: Numbers
    villages: Numbers
    officials: Numbers
    key_members: Numbers
    key_others: Numbers

    @property
    def communes(self) -> Flags:
        found: Flags = self.villages > 0
        return found


@dataclass(frozen=True, eq=False)
class Said:
    """Values by column; `rough` tells where good deeds of individuals are given only as "more than" a round number."""

    values: dict[Column, Numbers]
    rough: Flags


def homes(plan: NationPlan) -> Numbers:
    """For each place that of the grassroots organisation it is or stands under; -1 above that level."""
    parents = np.asarray(plan.parents, np.int64)
    base = np.asarray(plan.grassroots, np.bool_)
    found = np.where(base, np.arange(len(plan)), -1)
    for at in np.flatnonzero(~base).tolist():  # depth first, so a parent's own home is known
        if parents[at] >= 0:
            found[at] = found[parents[at]]
    return found


def members_of_cells(plan: NationPlan, seed: int, year: int, first_year: int) -> Numbers:
    """Members of each cell at the end of a year; those of merged cells are with their heirs."""
    places = np.arange(len(plan))
    sorts = np.asarray(plan.sorts)
    low, high = np.zeros(len(plan), np.int64), np.zeros(len(plan), np.int64)
    for sort, (few, many) in IN_A_CELL.items():
        low[sorts == sort], high[sorts == sort] = few, many
    began = Draws(seed, "indicators.nation.members", places).between(low, high)
    drift = Draws(seed, "indicators.nation.drift", places).between(-1, 2)
    found: Numbers = np.where(low > 0, np.maximum(3, began + (year - first_year) * drift), 0)
    for merger in plan.mergers:
        if merger.on <= date(year, 12, 31):
            found[merger.heir] += found[merger.cell]
            found[merger.cell] = 0
    return found


def bases_of(plan: NationPlan, at_home: Numbers, seed: int, year: int, first_year: int) -> Bases:
    """The bases of a year from the plan itself, which is what the records of the tree count."""
    organisations = np.flatnonzero(np.asarray(plan.grassroots, np.bool_))
    cell_members = members_of_cells(plan, seed, year, first_year)
    cells = cell_members > 0
    villages = np.asarray([kind is UnitKind.VILLAGE for kind in plan.kinds], np.bool_)

    def counted(what: Numbers | Flags) -> Numbers:
        found = np.zeros(len(plan), np.int64)
        inside = at_home >= 0
        np.add.at(found, at_home[inside], what[inside])
        picked: Numbers = found[organisations]
        return picked

    own = np.asarray(plan.cells, np.bool_)[organisations]
    count, communes = counted(cells), counted(villages)
    draws = Draws(seed, "indicators.nation.bases", organisations)
    is_commune = communes > 0
    low, high = np.where(own, 3, np.where(is_commune, 28, 12)), np.where(own, 14, np.where(is_commune, 64, 48))
    return Bases(
        organisations=organisations,
        cell_members=cell_members,
        members=counted(cell_members),
        cells=count,
        cells_below=np.where(own, 0, count),
        villages=communes,
        officials=draws.between(low, high),
        key_members=np.where(own, draws.between(1, 3), count + draws.between(6, 16)),
        key_others=np.where(own, 0, draws.between(1, 6)),
    )


def part(base: Numbers, draws: Draws, low: int, high: int) -> Numbers:
    """Between `low` and `high` of a thousand of each base, rounded to the nearest whole."""
    found: Numbers = np.minimum(base, (base * draws.between(low, high) + 500) // 1000)
    return found


def said_of_year(bases: Bases, seed: int, year: int) -> Said:
    """Everything the organisations would enter for a year."""

    def draws(group: str) -> Draws:
        return Draws(seed, f"indicators.nation.{group}/{year}", bases.organisations)

    grown = min(8, max(0, year - 2018))
    found: dict[Column, Numbers] = {("org.officials_outside", ""): bases.officials}
    found |= _leaders(bases, draws("leaders"), grown)
    for name, rule in (("study", _study), ("unit", _unit), ("work", _work), ("result", _result)):
        found |= {(measure, ""): values for measure, values in rule(bases, draws(name), grown).items()}
    deeds = found["deed.individual", ""]
    rough = (deeds >= 20) & draws("rough").chance(7)
    found["deed.individual", ""] = np.where(rough, deeds // 10 * 10, deeds)
    return Said(found, rough)


def _leaders(bases: Bases, draws: Draws, grown: int) -> dict[Column, Numbers]:
    """Key leaders as entered, because a nation's demo holds no people; how many registered, how they were rated."""
    members, others = bases.key_members, bases.key_others
    pledged = (part(members, draws, 960 + 4 * grown, 1000), part(others, draws, 920 + 6 * grown, 1000))
    return {
        ("org.key_leaders", ""): members + others,
        ("org.key_leaders", MEMBER): members,
        ("org.key_leaders", OTHER): others,
        ("pledge.leaders", ""): pledged[0] + pledged[1],
        ("pledge.leaders", MEMBER): pledged[0],
        ("pledge.leaders", OTHER): pledged[1],
        ("rating.leaders_member_rated", ""): members,
        ("rating.leaders_member", ""): part(members, draws, 900, 985),
        ("rating.leaders_other_rated", ""): others,
        ("rating.leaders_other", ""): part(others, draws, 840, 960),
    }


def _study(bases: Bases, draws: Draws, grown: int) -> dict[str, Numbers]:
    officials = part(bases.officials, draws, 860 + 5 * grown, 990)
    invited = bases.members * 2
    big = bases.communes
    return {
        "study.classes": draws.between(np.where(big, 2, 1), np.where(big, 5, 2)),
        "study.members": part(bases.members, draws, 962 + 2 * grown, 1000),
        "study.officials": officials,
        "study.units_done": draws.chance(97).astype(np.int64),
        "study.online_invited": invited,
        "study.online": part(invited, draws, 780, 960),
        "pledge.members": part(bases.members, draws, 915 + 5 * grown, 990),
        "pledge.officials": part(officials, draws, 850 + 8 * grown, 975),
    }


def _unit(bases: Bases, draws: Draws, grown: int) -> dict[str, Numbers]:
    """Plans, meetings, the covenant and standards: what an organisation has or has not."""
    households = bases.villages * draws.between(38, 66)
    has = draws.chance(93 + grown // 2).astype(np.int64)
    return {
        "plan.grassroots": draws.chance(92 + grown).astype(np.int64),
        "plan.cells": part(bases.cells_below, draws, 900 + 8 * grown, 1000),
        "meeting.quality": part(bases.cells, draws, 640 + 25 * grown, 860 + 15 * grown),
        "covenant.signed": np.ones(len(has), np.int64),
        "covenant.scored": draws.chance(94).astype(np.int64),
        "covenant.households": part(households, draws, 700 + 20 * grown, 930),
        "standard.units": has,
        "standard.units_passing": has * draws.chance(60 + 3 * grown),
        "standard.units_late": has * draws.chance(14 - grown),
    }


def _work(bases: Bases, draws: Draws, grown: int) -> dict[str, Numbers]:
    """Deeds, issues, models, news, comments: what happens over a year."""
    big = bases.communes
    registered = draws.between(np.where(big, 1, 0), np.where(big, 6, 2))
    received = draws.between(np.where(big, 3, 0), np.where(big, 22, 5))
    return {
        "deed.collective": bases.cells * draws.between(1, 3),
        "deed.individual": bases.members * draws.between(7 + grown // 2, 14) // 10,
        "issue.grassroots": registered,
        "issue.registered": registered,
        "issue.settled": part(registered, draws, 400 + 25 * grown, 1000),
        "model.people": draws.between(0, np.where(big, 4, 2)),
        "award.collectives": draws.chance(22).astype(np.int64),
        "award.people": draws.between(0, np.where(big, 3, 1)),
        "media.items": draws.between(np.where(big, 6, 1), np.where(big, 24 + grown, 8)),
        "comment.received": received,
        "comment.answered": part(received, draws, 720 + 15 * grown, 1000),
    }


def _result(bases: Bases, draws: Draws, _grown: int) -> dict[str, Numbers]:
    """Land in m², money in đồng, workdays, metres of road; offices give money and days only."""
    places, lots = bases.villages, np.maximum(1, bases.villages)
    return {
        "result.land": 10 * draws.between(2, 24) * places * draws.chance(85),
        "result.money": MILLION // 2 * draws.between(4, 30) * lots,
        "result.workdays": draws.between(8, 70) * lots,
        "result.road": 10 * draws.between(1, 9) * places * draws.chance(80),
    }


def split(values: Numbers, weights: Sequence[Numbers]) -> list[Numbers]:
    """Each value over so many parts of a year, by weights; the parts add up to it exactly, none below zero."""
    whole = np.maximum(1, sum(weights))
    reached = np.cumsum(np.stack(list(weights)), axis=0)
    upto = [np.zeros_like(values), *(values * here // whole for here in reached)]
    return [after - before for before, after in pairwise(upto)]
