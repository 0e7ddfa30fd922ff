"""The plan of invented members: who is in which cell when, who is exempt. Pure.

Made in steps: the first members of every cell, the cells that split, admissions; then leaders are chosen
(`chithi.org.demo.leaders`); last come ordinary departures, transfers and exemptions, which spare whoever is bound
by a post.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from chithi.org.demo import words
from chithi.org.demo.plan import PlannedUnit, TreePlan
from chithi.org.demo.sizes import BEGAN, ENDS, DistrictSize
from chithi.org.demo.streams import Stream, spread
from chithi.org.kinds import UnitKind

ALWAYS = date.max
PROBATION = timedelta(days=365)
FEWEST = 5
TRANSFERS_SINCE = date(2014, 1, 1)


@dataclass
class Stay:
    """A membership of a cell over [since, until)."""

    cell: str
    since: date
    until: date | None = None
    probationary: bool = False

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@dataclass
class PlannedPerson:
    """A person with a name inside the plan (`ref`). Until `bound_until` nothing ordinary happens to them."""

    ref: str
    name: str
    birth_year: int
    stays: list[Stay] = field(default_factory=list)
    second: Stay | None = None
    bound_until: date = BEGAN
    admitted: bool = False

    def cell_on(self, day: date) -> str | None:
        return next((stay.cell for stay in self.stays if stay.covers(day)), None)


@dataclass(frozen=True)
class PlannedExemption:
    person: PlannedPerson
    cell: str
    since: date
    until: date | None
    reason: str


@dataclass
class PeoplePlan:
    """`rosters` lists the people who ever were in a cell, in the order in which they came."""

    tree: TreePlan
    seed: int
    people: list[PlannedPerson] = field(default_factory=list)
    rosters: dict[str, list[PlannedPerson]] = field(default_factory=lambda: defaultdict(list))
    exemptions: list[PlannedExemption] = field(default_factory=list)

    def add(self, person: PlannedPerson) -> PlannedPerson:
        self.people.append(person)
        return person


def cells_by_grassroots(tree: TreePlan, district: DistrictSize) -> dict[str, list[PlannedUnit]]:
    """The cells of a district, by the code of their grassroots organisation."""
    organisations = tree.below(tree.code_of(district), UnitKind.GRASSROOTS)
    return {one.code: tree.cells_of(one) for one in organisations}


def first_members(plan: PeoplePlan, district: DistrictSize) -> None:
    """Fill the cells of the beginning and carry everybody through the splits of cells."""
    cells = [
        cell
        for found in cells_by_grassroots(plan.tree, district).values()
        for cell in found
        if cell.opened == BEGAN and cell.is_cell
    ]
    streams = {cell.code: Stream(plan.seed, "org.people", cell.code) for cell in cells}
    weights = [cell.weight * streams[cell.code].between(80, 120) for cell in cells]
    free = district.members * 98 // 100 - FEWEST * len(cells)
    for cell, count in zip(cells, spread(max(0, free), weights), strict=True):
        for number in range(FEWEST + count):
            stream = streams[cell.code]
            person = PlannedPerson(f"{cell.code}/{number}", words.person_name(stream), stream.between(1942, 1987))
            person.stays.append(Stay(cell.code, BEGAN))
            plan.rosters[cell.code].append(plan.add(person))
    for cell in cells:
        _split(plan, cell.code)


def _split(plan: PeoplePlan, code: str) -> None:
    split = plan.tree.splits.get(code)
    if split is None:
        return
    for rank, person in enumerate(plan.rosters[code]):
        target = split.into[rank % len(split.into)]
        if target != code:
            person.stays[-1].until = split.on
            person.stays.append(Stay(target, split.on))
            plan.rosters[target].append(person)


def admissions(plan: PeoplePlan, district: DistrictSize) -> None:
    """New members of the cells that last: about one for sixty members a year, on probation for a year."""
    for cells in cells_by_grassroots(plan.tree, district).values():
        for cell in cells:
            if cell.closed is None:
                _admit(plan, cell)


def _admit(plan: PeoplePlan, cell: PlannedUnit) -> None:
    stream = Stream(plan.seed, "org.admissions", cell.code)
    count = len(plan.rosters[cell.code])
    for year in range(cell.opened.year, ENDS.year + 1):
        for _ in range(1 + count // 60):
            if not stream.chance(count * 100 // (60 * (1 + count // 60))):
                continue
            day = stream.day(date(year, 1, 15), date(year, 12, 15))
            ref = f"{cell.code}/new/{year}/{stream.below(10**9)}"
            person = PlannedPerson(ref, words.person_name(stream), year - stream.between(20, 38), admitted=True)
            if not cell.opened <= day <= ENDS:
                continue
            person.bound_until = day + PROBATION
            person.stays.append(Stay(cell.code, day, day + PROBATION, probationary=True))
            person.stays.append(Stay(cell.code, day + PROBATION))
            plan.rosters[cell.code].append(plan.add(person))


def ordinary_events(plan: PeoplePlan, district: DistrictSize, people: list[PlannedPerson]) -> None:
    """Deaths and departures, transfers, exemptions, and a few in two organisations, among a district's people."""
    by_grassroots = cells_by_grassroots(plan.tree, district)
    lasting = {code: [c.code for c in cells if c.closed is None] for code, cells in by_grassroots.items()}
    home = {cell.code: code for code, cells in by_grassroots.items() for cell in cells}
    everywhere = [cell for cells in lasting.values() for cell in cells]
    for person in people:
        if not person.stays:
            continue
        stream = Stream(plan.seed, "org.lives", person.ref)
        end = _departure(person, stream)
        near = lasting[home[person.stays[-1].cell]]
        _transfer(person, stream, everywhere if len(near) < 2 or stream.chance(15) else near, end)
        _exempt(plan, person, stream, end)
        if person.bound_until == ALWAYS and stream.chance(2):
            other = stream.pick(everywhere)
            if other != person.stays[-1].cell:
                person.second = Stay(other, stream.day(date(2014, 1, 1), date(2022, 12, 31)))


def _departure(person: PlannedPerson, stream: Stream) -> date:
    """The day a membership ends for good, if it does before the records end; it is entered in the last stay."""
    day = date(person.birth_year + stream.between(62, 92), stream.between(1, 12), stream.between(2, 28))
    if stream.chance(6):
        day = stream.day(date(2011, 1, 2), ENDS)
    earliest = max(person.bound_until, person.stays[-1].since)
    if not earliest < day <= ENDS:
        return ALWAYS
    person.stays[-1].until = day
    return day


def _transfer(person: PlannedPerson, stream: Stream, cells: list[str], end: date) -> None:
    """One person in twelve moves to another cell some time after the cells were rearranged."""
    if not cells or not stream.chance(8):
        return
    day, target = stream.day(TRANSFERS_SINCE, ENDS), stream.pick(cells)
    last = person.stays[-1]
    if max(person.bound_until, last.since) < day < end and target != last.cell:
        person.stays.append(Stay(target, day, last.until))
        last.until = day


def _exempt(plan: PeoplePlan, person: PlannedPerson, stream: Stream, end: date) -> None:
    """Old age exempts for good, illness or absence for a while."""
    earliest = person.bound_until
    old = date(person.birth_year + stream.between(63, 78), stream.between(1, 12), stream.between(2, 28))
    if stream.chance(70):
        _note_exemption(plan, person, max(old, BEGAN), None, words.LONG_EXEMPT, (earliest, end))
    if stream.chance(4):
        since = stream.day(BEGAN, ENDS)
        until = since + timedelta(days=stream.between(120, 720))
        if until <= old:
            _note_exemption(plan, person, since, until, stream.pick(words.SHORT_EXEMPT), (earliest, end))


def _note_exemption(
    plan: PeoplePlan, person: PlannedPerson, since: date, until: date | None, reason: str, within: tuple[date, date]
) -> None:
    cell = person.cell_on(since)
    if cell is not None and within[0] <= since < min(within[1], ENDS):
        plan.exemptions.append(PlannedExemption(person, cell, since, until, reason))
