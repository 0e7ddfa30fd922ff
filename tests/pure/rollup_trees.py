"""Random forests for the tests of the roll-up."""

from __future__ import annotations

from hypothesis import strategies as st

Rows = tuple[list[int], list[int], list[bool], list[int]]


@st.composite
def trees(draw: st.DrawFn, most: int = 30) -> Rows:
    """Rows (unit, parent, present, order) of a forest, shuffled."""
    n = draw(st.integers(0, most))
    ids = draw(st.lists(st.integers(0, 10**12), min_size=n, max_size=n, unique=True))
    parents = [-1 if at == 0 else draw(st.sampled_from([-1, *ids[:at]])) for at in range(n)]
    rows = [(ids[at], parents[at], draw(st.booleans()), draw(st.integers(0, 3))) for at in range(n)]
    rows = draw(st.permutations(rows))
    units, above, present, order = ([row[place] for row in rows] for place in range(4))
    return units, above, present, order  # type: ignore[return-value]
