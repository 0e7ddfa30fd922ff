"""What an act on the tree has read already, so that a plan of a thousand changes does not ask for one unit ten times.

Everything here is forgotten for a unit as soon as the act changes it, and altogether when a row of a plan is rolled
back. The days after the act's own cannot change within it: whatever an act writes begins on its day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from chithi.org.models import Unit, UnitState
from chithi.org.rules import Standing


@dataclass
class Memory:
    """Units, their standing and their state on the act's day by id; the way up from a unit on a day."""

    units: dict[int, Unit] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)
    states: dict[int, UnitState] = field(default_factory=dict)
    later: list[date] | None = None
    _ways: dict[tuple[int, date], list[int]] = field(default_factory=dict)

    def way(self, unit_id: int, day: date, ask: Callable[[int, date], list[int]]) -> list[int]:
        """From the unit's parent up to the root on a day, asked for once."""
        if (unit_id, day) not in self._ways:
            self._ways[unit_id, day] = ask(unit_id, day)
        return self._ways[unit_id, day]

    def changed(self, unit_id: int) -> None:
        """The act wrote something about this unit: ways that lead over it are asked for anew as well."""
        self.standings.pop(unit_id, None)
        self.states.pop(unit_id, None)
        self._ways = {key: way for key, way in self._ways.items() if key[0] != unit_id and unit_id not in way}

    def clear(self) -> None:
        """Something was rolled back: what was read since is not so."""
        for kept in (self.units, self.standings, self.states, self._ways):
            kept.clear()
