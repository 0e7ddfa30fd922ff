"""Who else must act when a unit closes into its heir: explicit lists of functions above this concept.

They are named by their dotted names because what they serve lies above units and people. Each runs inside the
transaction of the change and may refuse it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.module_loading import import_string

HEIR_TAKES_OVER: tuple[str, ...] = (
    "chithi.org.groups_heirs.heir_takes_over",
    "chithi.tasks.heirs.heir_takes_over",
    "chithi.dossiers.heirs.heir_takes_over",
)
"""`f(closed_unit_id, heir_id, on)`: hand what is still open in the closed unit to its heir."""

HEIR_GIVES_BACK: tuple[str, ...] = (
    "chithi.org.groups_heirs.heir_gives_back",
    "chithi.tasks.heirs.heir_gives_back",
    "chithi.dossiers.heirs.heir_gives_back",
)
"""`f(heir_id, unit_id, on)`: the closing was undone; hand back what the heir took over and has not finished."""


def hand_over(closed_unit_id: int, heir_id: int, on: date) -> None:
    _call(HEIR_TAKES_OVER, closed_unit_id, heir_id, on)


def hand_back(heir_id: int, unit_id: int, on: date) -> None:
    _call(HEIR_GIVES_BACK, heir_id, unit_id, on)


def _call(names: Iterable[str], first: int, second: int, on: date) -> None:
    for name in names:
        import_string(name)(first, second, on)
