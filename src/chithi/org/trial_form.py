"""A preview as plain words and numbers, to be kept, and back. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from chithi.org.kinds import TreeEventKind
from chithi.org.plan_preview import ENDINGS, Happening, Named, Preview, Seen
from chithi.org.plan_rows import Problem

LISTS = ("opened", "closed", "moved", "changed", "closing")
MOST = 200
"""So many changes of one kind are kept, of those that end a unit all; `counts` says how many there are."""


def as_kept(seen: Preview) -> dict[str, Any]:
    """What JSON can hold; `from_kept` makes the same preview of it, but for changes beyond `MOST`."""
    counts: dict[str, int] = {}
    for one in seen.happenings:
        counts[one.kind.value] = counts.get(one.kind.value, 0) + 1
    return {
        "counts": counts,
        **{name: list(getattr(seen, name)) for name in LISTS},
        "people": seen.people,
        "records": None if seen.records is None else dict(seen.records),
        "recounted": seen.recounted,
        "problems": [problem_kept(problem) for problem in seen.problems],
        "happenings": [
            [one.kind.value, one.unit_id, one.code, _seen(one.before), _seen(one.after), _named(one.heir), one.records]
            for one in _told(seen)
        ],
    }


def from_kept(kept: Mapping[str, Any]) -> Preview:
    """The preview that was kept."""
    return Preview(
        problems=tuple(problem_of(problem) for problem in kept["problems"]),
        people=kept["people"],
        records=kept["records"],
        recounted=kept["recounted"],
        happenings=tuple(
            Happening(TreeEventKind(kind), unit, code, _was(before), _was(after), _name(heir), records)
            for kind, unit, code, before, after, heir, records in kept["happenings"]
        ),
        **{name: tuple(kept[name]) for name in LISTS},
    )


def _told(seen: Preview) -> Iterator[Happening]:
    told: dict[TreeEventKind, int] = {}
    for one in seen.happenings:
        told[one.kind] = told.get(one.kind, 0) + 1
        if one.kind in ENDINGS or told[one.kind] <= MOST:
            yield one


def problem_kept(problem: Problem) -> list[Any]:
    return [problem.code, problem.row, problem.column, facts_kept(problem.facts)]


def problem_of(kept: Sequence[Any]) -> Problem:
    code, row, column, facts = kept
    return Problem(code, row, column, facts_of(facts))


def facts_kept(facts: Mapping[str, object]) -> dict[str, Any]:
    """Facts of a refusal; days are told from words by the key they stand under."""
    return {
        name: {"day": said.isoformat()}
        if isinstance(said, date)
        else said
        if isinstance(said, int | str)
        else str(said)
        for name, said in facts.items()
    }


def facts_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(said["day"]) if isinstance(said, dict) else said for name, said in kept.items()}


def _named(unit: Named | None) -> list[str] | None:
    return None if unit is None else [unit.code, unit.name]


def _name(kept: list[str] | None) -> Named | None:
    return None if kept is None else Named(*kept)


def _seen(seen: Seen | None) -> list[Any] | None:
    return None if seen is None else [seen.name, seen.kind, seen.is_cell, seen.is_grassroots, _named(seen.parent)]


def _was(kept: list[Any] | None) -> Seen | None:
    return None if kept is None else Seen(kept[0], kept[1], kept[2], kept[3], _name(kept[4]))
