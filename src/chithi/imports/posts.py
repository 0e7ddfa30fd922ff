"""Comparing rows of posts with those on record: which are new, which end, what is wrong.

Identity of the person: the identity an export wrote; else name and year of birth, among the people of the cell or
agency named, without one among all within reach. Identity of a post: person, unit, title and the day it was taken.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chithi.db.reach import Reach
from chithi.imports.outcome import Outcome, Pause, column_of, day_text
from chithi.imports.rows import Reading, Row
from chithi.org import bulk, people_rules
from chithi.org.bulk_reading import Held, Known, People, like, people_by_key, people_of, spans_of, units_by_code
from chithi.org.models import Post


class PostsPlan:
    """One sheet of posts against the units and people within a reach. A few queries for each 500 units."""

    def __init__(self, within: Reach, today: date, reading: Reading, *, pause: Pause) -> None:
        self.today, self.rows, self.pause = today, reading.rows, pause
        self.outcome, self.load = Outcome(), bulk.Load()
        self.units, rows = units_by_code(within), reading.rows
        self.outcome.units_of_the_rest(reading.partly, ("unit", "home"), self.units)
        everywhere = any(row.get("home") is None and row.get("key") is None for row in rows)
        named = {str(row.get(column)).casefold() for row in rows for column in ("home", "unit") if row.get(column)}
        wanted = set(self.units.values()) if everywhere else {self.units[code] for code in named if code in self.units}
        self.spans = spans_of({self.units[code] for code in named if code in self.units})
        self.known: People = people_of(wanted, posts=True)
        self.keyed: dict[UUID, Known] = people_by_key(within, {row.get("key") for row in rows if row.get("key")})
        self.by_name = self._by_name()
        self.first: dict[tuple[int, int, str, date], int] = {}
        self.held: dict[int, list[Held]] = {who: list(rows) for who, rows in self.known.posts.items()}

    def compare(self) -> Outcome:
        """Look at every row; `load` then holds what is to be written."""
        for done, row in enumerate(self.rows):
            if done % 1_000 == 0:
                self.pause(done)
            before = len(self.outcome.problems)
            did = self._row(row)
            if len(self.outcome.problems) == before:
                setattr(self.outcome, did, getattr(self.outcome, did) + 1)
        return self.outcome

    def _by_name(self) -> dict[tuple[str, int | None], list[Known]]:
        found: dict[tuple[str, int | None], list[Known]] = {}
        for person in self.known.people.values():
            for year in {person.birth_year, None}:
                found.setdefault((person.like, year), []).append(person)
        return found

    def _row(self, row: Row) -> str:
        for column in ("unit", "home"):
            code = row.get(column)
            if code and code.casefold() not in self.units:
                self.outcome.wrong(row, column, "imports.no_unit", said=code)
                return ""
        person = self._person(row)
        if person is None:
            return ""
        unit_id, title, since = self.units[row.get("unit").casefold()], row.get("title"), row.get("since")
        identity = (person.id, unit_id, like(title), since)
        if identity in self.first:
            self.outcome.wrong(row, "", "imports.twice", first=self.first[identity])
            return ""
        self.first[identity] = row.number
        held = [one for one in self.held.get(person.id, ()) if one.unit_id == unit_id and like(one.what) == like(title)]
        same = next((one for one in held if one.since == since), None)
        return self._again(row, same) if same else self._taken(row, person, unit_id, held)

    def _person(self, row: Row) -> Known | None:
        """The one person a row is about; a problem else."""
        if row.get("key") is not None:
            person = self.keyed.get(row.get("key"))
            if person is None:
                self.outcome.wrong(row, "key", "imports.no_person")
            elif like(row.get("name")) != person.like or row.get("birth_year") not in (None, person.birth_year):
                self.outcome.wrong(row, "name", "imports.other_name")
                return None
            return person
        found = self.by_name.get((like(row.get("name")), row.get("birth_year")), [])
        if row.get("home"):
            home = self.units[row.get("home").casefold()]
            found = [person for person in found if home in self._homes(person.id)]
        if len(found) != 1:
            code = "imports.several_people" if found else "imports.no_person"
            self.outcome.wrong(row, "name", code, **({"count": len(found)} if found else {}))
            return None
        return found[0]

    def _homes(self, person_id: int) -> set[int]:
        """Where somebody is a member or works, today or later."""
        rows = [*self.known.memberships.get(person_id, ()), *self.known.employments.get(person_id, ())]
        return {one.unit_id for one in rows if one.current(self.today)}

    def _again(self, row: Row, held: Held) -> str:
        """A post on record: it may end now; nothing else about it changes here."""
        for column, was in (("is_key_leader", held.first), ("is_head", held.second)):
            if row.get(column) is not None and row.get(column) != was:
                self.outcome.wrong(row, column, "imports.other_value")
        until = row.get("until")
        if until is None or until == held.until:
            return "unchanged"
        if held.until is not None:
            self.outcome.wrong(row, "until", "imports.other_day", day=day_text(held.until))
            return ""
        problem = people_rules.why_not_end(people_rules.Stay(held.since), until, self.today)
        if not self.outcome.refused(row, "until", problem):
            self.load.ends.append((Post, held, until))
        return "changed"

    def _taken(self, row: Row, person: Known, unit_id: int, held: list[Held]) -> str:
        since, until = row.get("since"), row.get("until")
        if person.forgotten_on is not None:
            self.outcome.wrong(row, "name", "org.person_forgotten", day=day_text(person.forgotten_on))
            return ""
        problem = bulk.why_not_begin(held, unit_id, since, until, self.today)
        problem = problem or bulk.why_not_open(self.spans.get(unit_id, []), since)
        if self.outcome.refused(row, column_of(problem, {"unit": "unit", "until": "until"}, "since"), problem):
            return ""
        flags = bool(row.get("is_key_leader")), bool(row.get("is_head"))
        self.load.begin.append((person.id, bulk.Posting(unit_id, row.get("title"), *flags, since, until)))
        self.held.setdefault(person.id, []).append(
            Held(0, person.id, unit_id, since, until, 0, row.get("title"), *flags)
        )
        return "new"
