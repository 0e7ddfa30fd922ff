"""Random trees with random sayings, and how a saying becomes a column."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from tests.pure.rollup_trees import Rows, trees

from chithi.rollup import Adopted, Column, Shape, build, key_of


@dataclass
class Said:
    """One unit's part in one column, in plain Python."""

    value: int | None = None
    bound: bool = False
    at_least: bool = False
    spoke: bool = False
    expected: bool = False
    statement: int | None = None
    statement_bound: bool = False
    statement_at_least: bool = False


Sayings = dict[int, dict[int, Said]]  # column key -> unit -> what it said

said = st.builds(
    Said,
    value=st.none() | st.integers(-50, 1000),
    bound=st.booleans(),
    at_least=st.booleans(),
    spoke=st.booleans(),
    expected=st.booleans(),
    statement=st.none() | st.integers(0, 5000),
    statement_bound=st.booleans(),
    statement_at_least=st.booleans(),
)


@dataclass
class Case:
    rows: Rows
    sayings: Sayings
    shape: Shape = field(init=False)

    def __post_init__(self) -> None:
        self.shape = build(*self.rows)

    def own(self, sayings: Sayings | None = None) -> dict[int, Column]:
        return {key: column(self.shape, of) for key, of in (self.sayings if sayings is None else sayings).items()}


def column(shape: Shape, of: dict[int, Said]) -> Column:
    at = {unit: shape.position(unit) for unit in of}
    own = [(at[u], s.value, s.bound, s.at_least) for u, s in of.items() if s.value is not None]
    adopted = [
        (at[u], s.statement, s.statement_bound, s.statement_at_least) for u, s in of.items() if s.statement is not None
    ]
    return Column.of(
        [said[0] for said in own],
        [said[1] for said in own],
        inexact=[said[2] for said in own],
        at_least=[said[3] for said in own],
        spoke=[at[u] for u, s in of.items() if s.spoke],
        expected=[at[u] for u, s in of.items() if s.expected],
        adopted=Adopted.of(*([said[part] for said in adopted] for part in range(4))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rows = draw(trees(most=20))
    keys = [key_of(1, member) for member in range(draw(st.integers(0, 3)))]
    return Case(rows, {key: {unit: draw(said) for unit in rows[0]} for key in keys})
