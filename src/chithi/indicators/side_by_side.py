"""The same indicator of many units over several periods, for small pictures side by side.

What the units below one gave in each period, on the tree as it stands at the end of the newest: as `contributions`
tells it for one period. Statements about whole subtrees stand outside, here as there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from chithi.core.periods import Period
from chithi.db.viewer import Viewer
from chithi.indicators.choice import Chosen, Count, Side, choose
from chithi.indicators.kinds import Covers, FigureRole, FigureState
from chithi.indicators.meanings import Definitions, Meaning
from chithi.indicators.models import Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import Key
from chithi.indicators.placed import Asked, differs, placed
from chithi.indicators.queries import sequence, unit_in_reach
from chithi.indicators.sides import book_of
from chithi.org.places import Tree, tree_on, trees_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

_WHY = "the unit above was found in reach"

History = tuple[tuple[str, Chosen | None], ...]
"""Code of each period, oldest first, and the number that stood there; None where none is known or comparable."""


def histories(
    viewer: Viewer, unit_id: int, unit_ids: Sequence[int], period: Period, meaning: Meaning, most: int
) -> dict[int, History]:
    """Of units that stand below one, up to `most` periods before the asked one, without it.

    About eight queries whatever the number of units; 15 more for each period in which some unit had another shape.
    """
    unit_in_reach(viewer, unit_id)
    periods = sequence(period, most)[:-1]
    rows = {row.code: row for row in PeriodRow.objects.filter(code__in=[p.code for p in periods])}
    definitions = Definitions([meaning.code])
    same = {p.code for p in periods if any(m.formula == meaning.formula for m in definitions.on(p, ever=True))}
    rows = {code: row for code, row in rows.items() if code in same}
    trees = trees_on({row.last for row in rows.values()} | {period.last})
    now = trees[period.last] if trees[period.last].find(unit_id) is not None else tree_on(viewer.today)
    units = [unit for unit in unit_ids if now.holds(unit_id, unit)]
    counts = _counts(meaning, units, rows, trees, now)
    return {
        unit: tuple((p.code, _chosen(meaning, counts.get((unit, p.code)), now, unit)) for p in periods)
        for unit in units
    }


def _counts(
    meaning: Meaning, units: Sequence[int], rows: dict[str, PeriodRow], trees: dict[date, Tree], now: Tree
) -> dict[tuple[int, str], dict[Key, Count]]:
    """Counts by unit and period code: stored totals, figures stated by units with nothing below, or placed on `now`."""
    moved = [(unit, row) for unit in units for row in rows.values() if differs(unit, trees[row.last], now)]
    found = {
        (one[0], one[1].code): counts
        for one, counts in zip(
            moved,
            placed(book_of([meaning]), [Asked(row, trees[row.last], unit) for unit, row in moved], now),
            strict=True,
        )
    }
    by_id = {row.pk: code for code, row in rows.items()}
    measures = [measure for measure in (meaning.numerator, meaning.denominator) if measure is not None]
    stored = Totals.objects.everywhere(because=_WHY).filter(period_id__in=list(by_id), unit_id__in=list(units))
    for unit, period_id, packed in stored.values_list("unit_id", "period_id", "packed"):
        if (unit, by_id[period_id]) not in found:
            row = unpack(bytes(packed))
            found[unit, by_id[period_id]] = {(m.pk, 0): Count(**row.cell(key_of(m.pk))._asdict()) for m in measures}
    for at, of_unit in _stated(measures, [u for u in units if _is_leaf(now, u)], by_id).items():
        found.setdefault(at, of_unit)
    return found


def _stated(
    measures: Sequence[Measure], units: Sequence[int], periods: dict[int, str]
) -> dict[tuple[int, str], dict[Key, Count]]:
    """What units with nothing below stated of their own work: one query."""
    found: dict[tuple[int, str], dict[Key, Count]] = defaultdict(dict)
    if not units:
        return found
    figures = Figure.objects.everywhere(because=_WHY).filter(
        unit_id__in=list(units), period_id__in=list(periods), measure_id__in=[m.pk for m in measures],
        state=FigureState.LIVE, covers=Covers.OWN, role=FigureRole.LEVEL, member__isnull=True, value__isnull=False,
    )  # fmt: skip
    for figure in figures.order_by("-pk"):
        at = found[figure.unit_id, periods[figure.period_id]]
        at[figure.measure_id, 0] = Count(
            value=figure.value or 0, given=1, spoke=1, expected=1, bounds=int(bool(figure.bound)), bound=figure.bound
        )
    return found


def _is_leaf(tree: Tree, unit: int) -> bool:
    at = tree.find(unit)
    return at is None or not tree.shape.child_count[at]


def _chosen(meaning: Meaning, counts: dict[Key, Count] | None, tree: Tree, unit: int) -> Chosen | None:
    if counts is None:
        return None

    def side(measure: Measure) -> Side:
        source = "recorded" if measure.recorded else "entered"
        return Side(scale=measure.scale, computed=counts.get((measure.pk, 0), Count()), source=source)

    denominator = side(meaning.denominator) if meaning.denominator else None
    return choose(side(meaning.numerator), denominator, meaning.definition.decimals, _is_leaf(tree, unit))
