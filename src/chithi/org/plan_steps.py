"""Carrying out the rows of a plan within one act; each row whole or not at all, every problem gathered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from chithi.core.errors import Refused
from chithi.db.locks import only_one
from chithi.journal.actions import record
from chithi.org import actions, history
from chithi.org.bulk_reading import units_of_people
from chithi.org.history import Change
from chithi.org.kinds import StepKind, TreeEventKind, UnitKind
from chithi.org.models import Membership, Person, Transfer, Unit, valid_on
from chithi.org.plan_rows import Problem, Step
from chithi.org.plan_words import EVERYBODY
from chithi.text.vietnamese import fold

_WHY = "units and members that a plan names, compared with where it happens"
_ENDINGS = {
    StepKind.MERGE: TreeEventKind.MERGE,
    StepKind.SPLIT: TreeEventKind.SPLIT,
    StepKind.CLOSE: TreeEventKind.CLOSE,
}
_COLUMN = {"parent": "parent_code", "heir": "heir_code", "code": "codes", "name": "name", "people": "people"}
_BORN = re.compile(r"(.*)\((\d{4})\)")


class _Wrong(Exception):  # noqa: N818 -- a problem on its way to the list, seen by nobody else
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Carrier:
    """Carries out rows one after another. `problems` gathers what could not be done.

    A row that names a unit which an earlier row failed to open is passed over: that earlier problem is the one.
    """

    def __init__(self, change: Change, plan_id: int, plan_unit: int, steps: Iterable[Step]) -> None:
        self.change, self.plan_id, self.plan_unit = change, plan_id, plan_unit
        self.steps = list(steps)
        self.problems: list[Problem] = []
        self.ids = self._known()
        self.failed: set[str] = set()

    def _known(self) -> dict[str, int]:
        codes = {code for step in self.steps for code in (*step.codes, step.parent_code, step.heir_code) if code}
        units = Unit.objects.everywhere(because=_WHY).filter(code__in=codes)
        return dict(units.values_list("code", "pk"))

    def carry_out(self) -> None:
        history.look_ahead(self.change, list(self.ids.values()))
        for step in self.steps:
            if self.failed & {*step.codes, step.parent_code, step.heir_code}:
                self.failed |= set(step.codes) if step.what is StepKind.OPEN else set()
                continue
            before = self._noted()
            try:
                with transaction.atomic():
                    self._do(step)
            except (Refused, _Wrong) as wrong:
                self.change.made, self.change.touched, self.change.within = before
                self.change.memory.clear()
                self.problems.append(_problem(step, wrong))
                self.failed |= set(step.codes) if step.what is StepKind.OPEN else set()

    def _noted(self) -> tuple[set[int], set[int], set[int] | None]:
        within = self.change.within
        return set(self.change.made), set(self.change.touched), None if within is None else set(within)

    def _do(self, step: Step) -> None:
        change = self.change
        if step.what is StepKind.OPEN:
            self._open(step)
        elif step.what is StepKind.RENAME:
            actions.renamed(change, self._unit(step, step.codes[0]), step.name, step.short_name)
        elif step.what is StepKind.MOVE:
            for code in step.codes:
                history.put_under(change, self._unit(step, code), self._unit(step, step.parent_code, "parent_code"))
        elif step.what in _ENDINGS:
            closing = [self._unit(step, code) for code in step.codes]
            actions.merged(change, closing, self._unit(step, step.heir_code, "heir_code"), _ENDINGS[step.what])
        elif step.what is StepKind.ABOLISH:
            self._abolish(step)
        elif step.what is StepKind.CHANGE_KIND:
            for code in step.codes:
                self._became(step, self._unit(step, code))
        else:
            self._transfer(step)

    def _unit(self, step: Step, code: str, column: str = "codes") -> Unit:
        unit_id = self.ids.get(code)
        if unit_id is None or (self.change.within is not None and unit_id not in self.change.within):
            raise _Wrong(Problem("plan.no_unit", step.row, column, {"said": code}))
        return history.unit_of(self.change, unit_id)

    def _open(self, step: Step) -> None:
        kind = step.kind or UnitKind.GRASSROOTS
        new = actions.NewUnit(
            code=step.codes[0],
            name=step.name,
            short_name=step.short_name,
            kind=kind,
            is_cell=kind is UnitKind.CELL if step.is_cell is None else step.is_cell,
            is_grassroots=kind is UnitKind.GRASSROOTS if step.is_grassroots is None else step.is_grassroots,
            order=step.row,
        )
        parent = self._unit(step, step.parent_code, "parent_code")
        self.ids[new.code] = actions.opened(self.change, new, parent.pk).pk

    def _abolish(self, step: Step) -> None:
        heirs: dict[int, int] = {}
        if step.heir_code:
            heir = self._unit(step, step.heir_code, "heir_code").pk
            units = history.standing_below(self.change, self.plan_unit, str(step.kind))
            heirs = dict.fromkeys(units, heir)
        actions.abolished(self.change, self.plan_unit, step.kind or UnitKind.DISTRICT, heirs, {})

    def _became(self, step: Step, unit: Unit) -> None:
        wanted = {"kind": step.kind, "is_cell": step.is_cell, "is_grassroots": step.is_grassroots}
        now = history.state_on(unit.pk, self.change.on)
        changes = {n: v for n, v in wanted.items() if v is not None and getattr(now, n) != v}
        if not changes:
            raise _Wrong(Problem("plan.no_change", step.row))
        actions.became(self.change, unit, **changes)

    def _transfer(self, step: Step) -> None:
        """Members go over to another cell: one membership ends and another begins."""
        cell, other = self._unit(step, step.codes[0]), self._unit(step, step.parent_code, "parent_code")
        history.state_on(cell.pk, self.change.on)
        history.state_on(other.pk, self.change.on)
        if cell.pk == other.pk:
            raise _Wrong(Problem("plan.no_change", step.row))
        with only_one("people"):
            going = self._members(step, cell.pk)
            self._go_over(going, other)

    def _go_over(self, going: list[Membership], other: Unit) -> None:
        self.change.touched |= belonging(going)
        there = Membership.objects.everywhere(because=_WHY).filter(
            Q(until__isnull=True) | Q(until__gt=self.change.on), unit_id=other.pk
        )
        since = dict(there.values_list("person_id", "since"))
        for left in going:
            if left.person_id in since:
                raise Refused("org.overlaps", field="people", since=since[left.person_id])
            joined = gone_over(self.change, left, other.pk)
            Transfer.objects.create(unit=other, plan_id=self.plan_id, left=left, joined=joined)

    def _members(self, step: Step, cell_id: int) -> list[Membership]:
        rows = Membership.objects.everywhere(because=_WHY).filter(valid_on(self.change.on), unit_id=cell_id)
        by_person = {row.person_id: row for row in rows.order_by("pk")}
        if any(fold(said) in EVERYBODY for said in step.people):
            return list(by_person.values())
        people = list(Person.objects.everywhere(because=_WHY).filter(pk__in=list(by_person)).order_by("pk"))
        chosen = [_one_of(step, said, people) for said in step.people]
        return [by_person[pk] for pk in dict.fromkeys(chosen)]


def belonging(going: Iterable[Membership]) -> set[int]:
    """All units these members have rows in: where one of several ends, the home rule may count somebody at another."""
    return {unit for units in units_of_people({left.person_id for left in going}).values() for unit in units}


def gone_over(change: Change, left: Membership, cell_id: int) -> Membership:
    """End a membership on the day and begin one in another cell; what end it was to have stays."""
    until, cell_before = left.until, left.unit_id
    left.until = change.on
    left.save(update_fields=["until"])
    joined = Membership.objects.create(
        person_id=left.person_id, unit_id=cell_id, since=change.on, until=until, probationary=left.probationary
    )
    change.touched |= {cell_before, cell_id}
    record("org.transferred", by=change.by, unit_id=cell_id, about=joined, left=cell_before)
    return joined


def _one_of(step: Step, said: str, people: list[Person]) -> int:
    """The member a name means, with the year of birth where two share it."""
    born = _BORN.fullmatch(said.strip())
    name = fold(born[1] if born else said).strip()
    found = [p.pk for p in people if fold(p.name).strip() == name and (not born or p.birth_year == int(born[2]))]
    if len(found) != 1:
        code = "plan.two_members" if found else "plan.no_member"
        raise _Wrong(Problem(code, step.row, "people", {"said": said}))
    return found[0]


def _problem(step: Step, wrong: Refused | _Wrong) -> Problem:
    if isinstance(wrong, _Wrong):
        return wrong.problem
    return Problem(wrong.code, step.row, _COLUMN.get(wrong.field or "", ""), wrong.facts)
