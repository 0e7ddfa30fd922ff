"""Comparing rows of units with the tree: which open, which change from which day, what is wrong.

Identity: the code, letters of any case. What a row leaves blank is left as it is.
"""

from __future__ import annotations

from chithi.core.errors import Refused
from chithi.db.reach import Reach
from chithi.db.viewer import Viewer
from chithi.imports.outcome import Outcome, Pause, column_of, day_text
from chithi.imports.rows import Reading, Row
from chithi.org import bulk, bulk_units, rules
from chithi.org.bulk_reading import like
from chithi.org.bulk_units import Change, Opening, Standing
from chithi.org.kinds import UnitKind

_COLUMNS = {"parent": "parent_code", "name": "name", "code": "code"}


class _TriedOut(Exception):  # noqa: N818 -- it takes back what was only tried
    """Ends the transaction in which changes were tried."""


class UnitsPlan:
    """One sheet of units against those within a reach. A handful of queries, more for each change of a known unit."""

    def __init__(self, within: Reach, by: Viewer, reading: Reading, *, pause: Pause) -> None:
        self.by, self.rows, self.pause = by, reading.rows, pause
        self.outcome, rows = Outcome(), reading.rows
        self.known: dict[str, Standing] = bulk_units.standings(within)
        self.partly = {row.get("code").casefold() for row in reading.partly if row.get("code")}
        coming = {row.get("code").casefold() for row in rows} | self.partly
        self.outcome.units_of_the_rest(reading.partly, ("parent_code",), {*self.known, *coming})
        self.names_by_id = {standing.id: code for code, standing in self.known.items()}
        codes = {row.get("code") for row in rows}
        self.taken = bulk_units.taken({code for code in codes if code.casefold() not in self.known})
        self.new: dict[str, Row] = {}
        self.openings: list[Opening] = []
        self.changes: list[Change] = []

    def compare(self) -> Outcome:
        """Look at every row; `openings` and `changes` then hold what is to be done."""
        self._gather_new()
        for done, row in enumerate(self.rows):
            if done % 1_000 == 0:
                self.pause(done)
            before = len(self.outcome.problems)
            standing = self.known.get(row.get("code").casefold())
            if standing is not None:
                did = self._known(row, standing)
            else:
                did = "new"
                self._sound_new(row)
            if len(self.outcome.problems) == before:
                setattr(self.outcome, did, getattr(self.outcome, did) + 1)
        if not self.outcome.problems and not self.partly:
            self._order()
        if not self.outcome.problems and self.changes:
            self._try_out()
        return self.outcome

    def carry_out(self) -> None:
        """Do it, inside the transaction and lock of the caller; `Refused` where a change does not go."""
        new = bulk_units.open_units(by=self.by, openings=self.openings)
        for row, problem in bulk_units.change_units(by=self.by, changes=self.changes, new=new):
            self._refused_change(row, problem)

    def _gather_new(self) -> None:
        first: dict[str, int] = {}
        for row in self.rows:
            code = row.get("code").casefold()
            if code in first:
                self.outcome.wrong(row, "code", "imports.twice", first=first[code])
            elif code not in self.known:
                self.new[code] = row
            first.setdefault(code, row.number)

    def _sound_new(self, row: Row) -> None:
        """What can be wrong with a unit that is to be opened."""
        code, on, parent = row.get("code"), row.get("opened_on"), row.get("parent_code")
        if code.casefold() in self.taken:
            self.outcome.wrong(row, "code", "imports.code_unusable", said=code)
        for column in ("opened_on", "parent_code"):
            if row.get(column) is None:
                self.outcome.wrong(row, column, "imports.missing")
        if on is None or parent is None:
            return
        if self.outcome.refused(row, "opened_on", rules.why_not_on(on, self.by.today)):
            return
        above, beside = self.known.get(parent.casefold()), self.new.get(parent.casefold())
        if above is not None:
            problem = rules.why_not_under(above.rules, on)
            self.outcome.refused(row, column_of(problem, _COLUMNS, "opened_on"), problem)
        elif beside is None and parent.casefold() not in self.partly:
            self.outcome.wrong(row, "parent_code", "imports.no_unit", said=parent)
        elif beside is None:  # it stands in a row that is to be mended first
            return
        elif beside.get("opened_on") and beside.get("opened_on") > on:
            problem = Refused("org.parent_not_open", field="parent", day=on)
            self.outcome.refused(row, "parent_code", problem)

    def _known(self, row: Row, standing: Standing) -> str:
        if standing.closed_on is not None:
            self.outcome.refused(row, "code", Refused("org.already_closed", day=standing.closed_on))
            return ""
        if row.get("opened_on") not in (None, standing.opened_on):
            self.outcome.wrong(row, "opened_on", "imports.other_day", day=day_text(standing.opened_on))
        names = self._names(row, standing)
        parent = self._parent(row, standing)
        properties = tuple(
            (column, value)
            for column, value, was in (
                ("kind", row.get("kind"), standing.kind),
                ("is_cell", row.get("is_cell"), standing.is_cell),
                ("is_grassroots", row.get("is_grassroots"), standing.is_grassroots),
            )
            if value is not None and value != was
        )
        if names is None and parent is None and not properties:
            return "unchanged"
        on = row.get("changed_on")
        if on is None:
            self.outcome.wrong(row, "changed_on", "imports.say_from_when")
            return ""
        properties = tuple((name, getattr(value, "value", value)) for name, value in properties)
        document = row.get("document") or ""
        self.changes.append(Change(row.number, standing.id, on, document, names, parent, properties))
        return "changed"

    def _names(self, row: Row, standing: Standing) -> tuple[str, str] | None:
        short = row.get("short_name") or standing.short_name
        if like(row.get("name")) == like(standing.name) and like(short) == like(standing.short_name):
            return None
        return row.get("name"), row.get("short_name") or row.get("name")[:80]

    def _parent(self, row: Row, standing: Standing) -> int | str | None:
        """Where a row puts a known unit, if elsewhere than it is."""
        code = row.get("parent_code")
        if code is None or self.names_by_id.get(standing.parent_id or 0) == code.casefold():
            return None
        above = self.known.get(code.casefold())
        if above is not None:
            return above.id
        if code.casefold() in self.new:
            return str(code)
        self.outcome.wrong(row, "parent_code", "imports.no_unit", said=code)
        return None

    def _order(self) -> None:
        """Openings, each after what it stands under; a circle among them is a problem."""
        done: set[str] = set()
        left = dict(self.new)
        while left:
            ready = [code for code, row in left.items() if self._above_is_there(row, done)]
            if not ready:
                for row in left.values():
                    self.outcome.wrong(row, "parent_code", "imports.round")
                return
            for code in ready:
                self.openings.append(self._opening(left.pop(code)))
            done.update(ready)

    def _above_is_there(self, row: Row, done: set[str]) -> bool:
        parent = row.get("parent_code").casefold()
        return parent in self.known or parent in done

    def _opening(self, row: Row) -> Opening:
        kind, parent = row.get("kind"), row.get("parent_code")
        above = self.known.get(parent.casefold())
        cell, grassroots = row.get("is_cell"), row.get("is_grassroots")
        return Opening(
            code=row.get("code"),
            name=row.get("name"),
            short_name=row.get("short_name") or "",
            kind=kind,
            is_cell=kind is UnitKind.CELL if cell is None else cell,
            is_grassroots=kind is UnitKind.GRASSROOTS if grassroots is None else grassroots,
            parent=above.id if above else parent,
            on=row.get("opened_on"),
            document=row.get("document") or "",
        )

    def _try_out(self) -> None:
        """Changes of known units are tried by doing them and taking all of it back, so that both cannot differ."""
        try:
            with bulk.alone():
                self.carry_out()
                raise _TriedOut
        except _TriedOut:
            pass

    def _refused_change(self, number: int, problem: Refused) -> None:
        row = next(one for one in self.rows if one.number == number)
        self.outcome.refused(row, column_of(problem, _COLUMNS, "changed_on"), problem)
