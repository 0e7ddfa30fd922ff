"""What an invented grassroots organisation says of one year: numbers that fit its own records. Pure.

Nobody studies or pledges who is not counted on the base; nothing is settled that was not registered. Each group of
measures draws from a stream of its own, so that a new group changes no old figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chithi.org.demo.streams import Stream

COMMUNE, OFFICE, OWN_CELL = "commune", "office", "own_cell"
MILLION = 1_000_000
MEMBER, OTHER = "member", "other"

Column = tuple[str, str]  # measure code, breakdown member code or ""


@dataclass(frozen=True)
class Base:
    """What the records of an organisation and of everything below it count at the end of a period."""

    sort: str
    members: int
    cells: int
    key_members: int
    key_others: int
    villages: int
    officials: int

    @property
    def is_commune(self) -> bool:
        return self.sort == COMMUNE

    @property
    def cells_below(self) -> int:
        return 0 if self.sort == OWN_CELL else self.cells


@dataclass(frozen=True)
class Given:
    """An entered value in whole units of the measure; `bound` as in a figure."""

    value: int
    bound: str = ""


Said = dict[Column, Given]


def officials_of(seed: int, code: str, sort: str) -> int:
    """How many officials outside the Party an organisation has."""
    low, high = {COMMUNE: (28, 64), OFFICE: (12, 48), OWN_CELL: (3, 14)}[sort]
    return Stream(seed, "indicators.officials", code).between(low, high)


def said_of_year(seed: int, code: str, year: int, base: Base) -> Said:
    """Everything one organisation enters for a year."""
    found: Said = {("org.officials_outside", ""): Given(base.officials)}
    for group, rule in _GROUPS.items():
        found |= rule(base, Stream(seed, f"indicators.{group}", f"{code}/{year}"), min(8, max(0, year - 2018)))
    return found


def part(base: int, stream: Stream, low: int, high: int) -> int:
    """Between `low` and `high` of a thousand of the base, rounded to the nearest whole."""
    return min(base, (base * stream.between(low, high) + 500) // 1000)


def _plain(**values: int) -> Said:
    return {(code.replace("__", "."), ""): Given(value) for code, value in values.items()}


def _study(base: Base, stream: Stream, grown: int) -> Said:
    """Study and, out of those who studied, pledges: one group, since the second is held to the first."""
    officials = part(base.officials, stream, 860 + 5 * grown, 990)
    invited = base.members * 2
    return _plain(
        study__classes=stream.between(2, 5) if base.is_commune else stream.between(1, 2),
        study__members=part(base.members, stream, 962 + 2 * grown, 1000),
        study__officials=officials,
        study__units_done=int(stream.chance(97)),
        study__online_invited=invited,
        study__online=part(invited, stream, 780, 960),
        pledge__members=part(base.members, stream, 915 + 5 * grown, 990),
        pledge__officials=part(officials, stream, 850 + 8 * grown, 975),
    )


def _plan(base: Base, stream: Stream, grown: int) -> Said:
    return _plain(
        plan__grassroots=int(stream.chance(92 + grown)),
        plan__cells=part(base.cells_below, stream, 900 + 8 * grown, 1000),
    )


def _leaders(base: Base, stream: Stream, grown: int) -> Said:
    members = part(base.key_members, stream, 960 + 4 * grown, 1000)
    others = part(base.key_others, stream, 920 + 6 * grown, 1000)
    return {
        ("pledge.leaders", ""): Given(members + others),
        ("pledge.leaders", MEMBER): Given(members),
        ("pledge.leaders", OTHER): Given(others),
    } | _plain(
        rating__leaders_member_rated=base.key_members,
        rating__leaders_member=part(base.key_members, stream, 900, 985),
        rating__leaders_other_rated=base.key_others,
        rating__leaders_other=part(base.key_others, stream, 840, 960),
    )


def base_above(key_members: int, key_others: int) -> Base:
    """The base of a unit above grassroots level: its own leaders, nobody else."""
    return Base("", 0, 0, key_members, key_others, 0, 0)


def said_of_leaders(seed: int, code: str, year: int, base: Base) -> Said:
    """What a unit above grassroots level enters about its own leaders."""
    return _leaders(base, Stream(seed, "indicators.leaders", f"{code}/{year}"), 0)


def _meeting(base: Base, stream: Stream, grown: int) -> Said:
    return _plain(meeting__quality=part(base.cells, stream, 640 + 25 * grown, 860 + 15 * grown))


def _covenant(base: Base, stream: Stream, grown: int) -> Said:
    households = base.villages * stream.between(38, 66)
    return _plain(
        covenant__signed=1,
        covenant__scored=int(stream.chance(94)),
        covenant__households=part(households, stream, 700 + 20 * grown, 930),
    )


def _deed(base: Base, stream: Stream, grown: int) -> Said:
    """Deeds are counted as they are, or in some places only as "more than" a round number."""
    found = _plain(deed__collective=base.cells * stream.between(1, 3))
    deeds = base.members * stream.between(7 + grown // 2, 14) // 10
    rough = deeds >= 20 and stream.chance(7)
    found["deed.individual", ""] = Given(deeds // 10 * 10, "at_least") if rough else Given(deeds)
    return found


def _issue(base: Base, stream: Stream, grown: int) -> Said:
    registered = stream.between(1, 6) if base.is_commune else stream.between(0, 2)
    return _plain(
        issue__grassroots=registered,
        issue__registered=registered,
        issue__settled=part(registered, stream, 400 + 25 * grown, 1000),
    )


def _standard(base: Base, stream: Stream, grown: int) -> Said:
    has = int(stream.chance(93 + grown // 2))
    return _plain(
        standard__units=has,
        standard__units_passing=has * int(stream.chance(60 + 3 * grown)),
        standard__units_late=has * int(stream.chance(14 - grown)),
    )


def _model(base: Base, stream: Stream, grown: int) -> Said:
    return _plain(
        model__people=stream.between(0, 4) if base.is_commune else stream.between(0, 2),
        award__collectives=int(stream.chance(22)),
        award__people=stream.between(0, 3) if base.is_commune else stream.between(0, 1),
    )


def _result(base: Base, stream: Stream, grown: int) -> Said:
    """Land in m², money in đồng, workdays, metres of road; offices give money and days only."""
    villages = base.villages
    return _plain(
        result__land=10 * stream.between(2, 24) * villages if villages and stream.chance(85) else 0,
        result__money=MILLION // 2 * stream.between(4, 30) * max(1, villages),
        result__workdays=stream.between(8, 70) * max(1, villages),
        result__road=10 * stream.between(1, 9) * villages if villages and stream.chance(80) else 0,
    )


def _media(base: Base, stream: Stream, grown: int) -> Said:
    return _plain(media__items=stream.between(6, 24 + grown) if base.is_commune else stream.between(1, 8))


def _comment(base: Base, stream: Stream, grown: int) -> Said:
    received = stream.between(3, 22) if base.is_commune else stream.between(0, 5)
    return _plain(comment__received=received, comment__answered=part(received, stream, 720 + 15 * grown, 1000))


_GROUPS: dict[str, Callable[[Base, Stream, int], Said]] = {
    "study": _study,
    "plan": _plan,
    "leaders": _leaders,
    "meeting": _meeting,
    "covenant": _covenant,
    "deed": _deed,
    "issue": _issue,
    "standard": _standard,
    "model": _model,
    "result": _result,
    "media": _media,
    "comment": _comment,
}


def said_of_mass(seed: int, code: str, year: int) -> Said:
    """What a mass organisation enters for a year: its members, and how many of them studied and pledged."""
    members = Stream(seed, "indicators.mass", code).between(9, 46) * 100 + year % 100
    stream = Stream(seed, "indicators.mass", f"{code}/{year}")
    return _plain(
        mass__members=members,
        mass__study=part(members, stream, 780, 940),
        mass__pledge=part(members, stream, 610, 830),
    )


def said_above(seed: int, code: str, year: int, *, province: bool) -> Said:
    """What a district or the province enters about its own work for a year."""
    stream = Stream(seed, "indicators.above", f"{code}/{year}")
    planned = stream.between(4, 9)
    found = _plain(
        inspect__base_planned=planned,
        inspect__base=part(planned, stream, 700, 1000),
        exchange__events=2,
    )
    if province:
        upper = stream.between(2, 4)
        return found | _plain(inspect__upper_planned=upper, inspect__upper=part(upper, stream, 600, 1000))
    return found | _plain(issue__district=stream.between(3, 9), covenant__pilots=stream.between(2, 4))
