"""Comparing rows of people with those on record: who is new, what begins, what is wrong.

Identity: the identity an export wrote; else the name in one form, the year of birth and the cell (without a cell: the
agency). Of several such the day they came tells them apart. Blank cells never take anything away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from chithi.core.errors import Refused
from chithi.db.reach import Reach
from chithi.imports.outcome import Outcome, Pause, column_of, day_text
from chithi.imports.rows import Reading, Row
from chithi.org import bulk, people_rules
from chithi.org.bulk_reading import (
    Held,
    Known,
    People,
    Span,
    like,
    members_now,
    people_by_key,
    people_of,
    spans_of,
    units_by_code,
)
from chithi.org.models import Exemption

NEEDED_WITH = (
    ("cell", "since"),
    ("agency", "employment"),
    ("agency", "employed_since"),
    ("since", "cell"),
    ("employment", "agency"),
    ("employed_since", "agency"),
    ("exempt_since", "cell"),
    ("exempt_until", "exempt_since"),
    ("exempt_reason", "exempt_since"),
)
"""Where the first column is filled, the second must be."""


class PeoplePlan:
    """One sheet of people against the units and people within a reach. A few queries for each 500 units."""

    def __init__(self, within: Reach, today: date, reading: Reading, *, pause: Pause) -> None:
        self.today, self.rows, self.pause = today, reading.rows, pause
        self.told_probation = "probationary" in reading.columns
        self.outcome, self.load = Outcome(), bulk.Load()
        codes, rows = units_by_code(within), reading.rows
        self.outcome.units_of_the_rest(reading.partly, ("cell", "agency"), codes)
        named = {str(row.get(column)).casefold() for row in rows for column in ("cell", "agency") if row.get(column)}
        self.units = {code: codes[code] for code in named if code in codes}
        self.spans: dict[int, list[Span]] = spans_of(set(self.units.values()))
        self.known: People = people_of(set(self.units.values()))
        self.keyed: dict[UUID, Known] = people_by_key(within, {row.get("key") for row in rows if row.get("key")})
        self.elsewhere = members_now([person.id for person in self.keyed.values()], today)
        self.taken: set[tuple[int, int]] = set()  # (person, place) that a row of the sheet stands for
        self.first: dict[tuple[object, ...], int] = {}

    def compare(self) -> Outcome:
        """Look at every row; `load` then holds what is to be written."""
        sound = [row for row in self.rows if self._sound(row)]
        matched = self._matched(sound)
        for done, row in enumerate(sound):
            if done % 1_000 == 0:
                self.pause(done)
            before = len(self.outcome.problems)
            person = matched.get(row.number)
            did = self._known(row, person) if person else self._new(row)
            if len(self.outcome.problems) == before:
                setattr(self.outcome, did, getattr(self.outcome, did) + 1)
        self._alike(sound, matched)
        return self.outcome

    def _place(self, row: Row) -> int:
        """The unit that tells who a row is about: the cell, else the agency."""
        return self.units[str(row.get("cell") or row.get("agency")).casefold()]

    def _sound(self, row: Row) -> bool:
        """What can be said of a row without looking for its person."""
        before = len(self.outcome.problems)
        if not row.get("cell") and not row.get("agency"):
            self.outcome.wrong(row, "cell", "imports.no_home")
        for given, needed in NEEDED_WITH:
            if row.get(given) is not None and row.get(needed) is None and (row.get("cell") or row.get("agency")):
                self.outcome.wrong(row, needed, "imports.needed_with", column=given)
        for column in ("cell", "agency"):
            code = row.get(column)
            if code and code.casefold() not in self.units:
                self.outcome.wrong(row, column, "imports.no_unit", said=code)
        person = people_rules.why_not_person(row.get("name"), row.get("birth_year"), self.today)
        self.outcome.refused(row, person.field or "" if person else "", person)
        return len(self.outcome.problems) == before

    def _matched(self, rows: Iterable[Row]) -> dict[int, Known]:
        """Rows -> the people on record they stand for: by identity, by the very day, then the rest in order."""
        found: dict[int, Known] = {}
        like_rows: dict[tuple[int, str, int | None], list[Row]] = {}
        on_record = self._by_likeness()
        for row in rows:
            key = row.get("key")
            place = self._place(row)
            if key is None:
                like_rows.setdefault((place, like(row.get("name")), row.get("birth_year")), []).append(row)
                continue
            person = self.keyed.get(key)
            if person is None:
                self.outcome.wrong(row, "key", "imports.no_person")
            elif like(row.get("name")) != person.like or row.get("birth_year") not in (None, person.birth_year):
                self.outcome.wrong(row, "name", "imports.other_name")
            elif (person.id, place) in self.taken:
                self.outcome.wrong(row, "key", "imports.twice", first=self.first[(person.id, place)])
            else:
                found[row.number] = person
                self._take(person, place, row)
        for who, group in like_rows.items():
            place = who[0]
            candidates = on_record.get(who, [])
            for exact in (True, False):
                for row in group:
                    if row.number not in found and (person := self._candidate(row, place, candidates, exact=exact)):
                        found[row.number] = person
                        self._take(person, place, row)
        return found

    def _take(self, person: Known, place: int, row: Row) -> None:
        self.taken.add((person.id, place))
        self.first[(person.id, place)] = row.number

    def _candidate(self, row: Row, place: int, candidates: list[Known], *, exact: bool) -> Known | None:
        """Somebody of the same name, year and place whom no other row stands for yet."""
        since = row.get("since") if row.get("cell") else row.get("employed_since")
        for person in candidates:
            if (person.id, place) in self.taken:
                continue
            held = [*self.known.memberships.get(person.id, ()), *self.known.employments.get(person.id, ())]
            here = [one for one in held if one.unit_id == place]
            if exact and any(one.since == since for one in here):
                return person
            if not exact and (not here or any(one.current(self.today) for one in here)):
                return person
        return None

    def _by_likeness(self) -> dict[tuple[int, str, int | None], list[Known]]:
        """People on record by place, name and year; whoever works in an agency may be looked for under a cell too."""
        agencies: dict[int, set[int]] = {}
        for row in self.rows:
            cell, agency = (self.units.get(str(row.get(column)).casefold()) for column in ("cell", "agency"))
            if cell and agency:
                agencies.setdefault(agency, set()).add(cell)
        found: dict[tuple[int, str, int | None], list[Known]] = {}
        for person in self.known.people.values():
            rows = [*self.known.memberships.get(person.id, ()), *self.known.employments.get(person.id, ())]
            own = {one.unit_id for one in rows}
            under = {cell for unit_id in own for cell in agencies.get(unit_id, ())} - own
            for place in [*sorted(own), *sorted(under)]:
                found.setdefault((place, person.like, person.birth_year), []).append(person)
        return found

    def _new(self, row: Row) -> str:
        """Somebody not on record."""
        if row.get("key") is not None:  # the identity was the problem
            return "new"
        identity = (self._place(row), like(row.get("name")), row.get("birth_year"))
        day = row.get("since") or row.get("employed_since")
        if (*identity, day) in self.first:
            self.outcome.wrong(row, "name", "imports.twice", first=self.first[(*identity, day)])
            return "new"
        self.first[(*identity, day)] = row.number
        begin = [*self._joining(row, []), *self._exempting(row, [], row.get("since")), *self._employing(row, [])]
        who = self.load.newcomer(row.get("name"), row.get("birth_year"))
        self.load.begin += [(who, one) for one in begin]
        return "new"

    def _known(self, row: Row, person: Known) -> str:
        """Somebody on record: only what the row adds is done."""
        before = len(self.load.begin), len(self.load.ends), len(self.load.probation)
        cell = self.units.get(str(row.get("cell")).casefold())
        memberships = [one for one in self.known.memberships.get(person.id, ()) if one.unit_id == cell]
        held = next((one for one in memberships if one.since == row.get("since")), None)
        begin: list[bulk.Beginning] = []
        if cell and held is None:
            current = next((one for one in memberships if one.current(self.today)), None)
            if current is not None:
                self.outcome.wrong(row, "since", "imports.other_day", day=day_text(current.since))
            elif person.id in self.elsewhere:
                self.outcome.wrong(row, "cell", "imports.somewhere_else")
            else:
                begin += self._joining(row, memberships)
        if held is not None and self.told_probation and bool(row.get("probationary")) != held.first:
            self.load.probation.append((held, bool(row.get("probationary"))))
        exemptions = [one for one in self.known.exemptions.get(person.id, ()) if one.unit_id == cell]
        begin += self._exempting(row, exemptions, held.since if held else row.get("since"))
        begin += self._employing(row, self.known.employments.get(person.id, []))
        if begin and person.forgotten_on is not None:
            self.outcome.wrong(row, "name", "org.person_forgotten", day=day_text(person.forgotten_on))
            return "unchanged"
        self.load.begin += [(person.id, one) for one in begin]
        return "changed" if before != self._loaded() else "unchanged"

    def _loaded(self) -> tuple[int, int, int]:
        return len(self.load.begin), len(self.load.ends), len(self.load.probation)

    def _joining(self, row: Row, held: list[Held]) -> list[bulk.Beginning]:
        if not row.get("cell"):
            return []
        unit_id, since = self.units[row.get("cell").casefold()], row.get("since")
        problem = bulk.why_not_begin(held, unit_id, since, None, self.today)
        problem = problem or bulk.why_not_open(self.spans.get(unit_id, []), since, cell=True)
        if self.outcome.refused(row, column_of(problem, {"unit": "cell"}, "since"), problem):
            return []
        return [bulk.Joining(unit_id, since, bool(row.get("probationary")))]

    def _exempting(self, row: Row, held: list[Held], member_since: date | None) -> list[bulk.Beginning]:
        since, until = row.get("exempt_since"), row.get("exempt_until")
        if since is None or not row.get("cell"):
            return []
        same = next((one for one in held if one.since == since), None)
        if same is not None:
            self._end_exemption(row, same, until)
            return []
        unit_id = self.units[row.get("cell").casefold()]
        problem = bulk.why_not_begin(held, unit_id, since, until, self.today)
        problem = problem or bulk.why_not_open(self.spans.get(unit_id, []), since, cell=True)
        if problem is None and member_since is not None and since < member_since:
            problem = Refused("org.not_a_member_then", field="since", day=since)
        columns = {"since": "exempt_since", "on": "exempt_since", "until": "exempt_until", "unit": "cell"}
        if self.outcome.refused(row, column_of(problem, columns, "exempt_since"), problem):
            return []
        return [bulk.Exempting(unit_id, since, until, row.get("exempt_reason") or "")]

    def _end_exemption(self, row: Row, held: Held, until: date | None) -> None:
        if until is None or until == held.until:
            return
        if held.until is not None:
            self.outcome.wrong(row, "exempt_until", "imports.other_day", day=day_text(held.until))
            return
        problem = people_rules.why_not_end(people_rules.Stay(held.since), until, self.today)
        if not self.outcome.refused(row, "exempt_until", problem):
            self.load.ends.append((Exemption, held, until))

    def _employing(self, row: Row, held: list[Held]) -> list[bulk.Beginning]:
        if not row.get("agency"):
            return []
        unit_id, since, kind = (
            self.units[row.get("agency").casefold()],
            row.get("employed_since"),
            row.get("employment"),
        )
        here = [one for one in held if one.unit_id == unit_id]
        same = next((one for one in here if one.since == since), None)
        if same is not None:
            if same.what != kind.value:
                self.outcome.wrong(row, "employment", "imports.other_value")
            return []
        current = next((one for one in here if one.current(self.today)), None)
        if current is not None:
            self.outcome.wrong(row, "employed_since", "imports.other_day", day=day_text(current.since))
            return []
        problem = bulk.why_not_begin(here, unit_id, since, None, self.today)
        problem = problem or bulk.why_not_open(self.spans.get(unit_id, []), since)
        if self.outcome.refused(row, column_of(problem, {"unit": "agency"}, "employed_since"), problem):
            return []
        return [bulk.Employing(unit_id, kind.value, since)]

    def _alike(self, rows: Iterable[Row], matched: dict[int, Known]) -> None:
        """New people beside somebody of the same name in the same place: of the same year, or with a year missing."""
        there: dict[tuple[int, str], list[tuple[int, int | None]]] = {}
        for person in self.known.people.values():
            held = [*self.known.memberships.get(person.id, ()), *self.known.employments.get(person.id, ())]
            for place in {one.unit_id for one in held}:
                there.setdefault((place, person.like), []).append((0, person.birth_year))
        for row in rows:
            if row.number in matched or row.get("key") is not None:
                continue
            beside = there.setdefault((self._place(row), like(row.get("name"))), [])
            year = row.get("birth_year")
            match = next((n for n, other in beside if other == year or None in (other, year)), None)
            if match is not None:
                self.outcome.alike.append((row.number, match, row.get("name")))
            beside.append((row.number, year))
