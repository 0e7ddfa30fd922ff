"""Owns the rows of tables, whose cells are parted by tabs: `3 ⇥ Số hội viên ⇥ 645`, `Đảng viên mới ⇥ người ⇥ 318`.

Only a row with one bare number is read, and only where a cell names the unit or the row begins with `Số`: of several
numbers (this period, last period, plan) the row alone does not tell which is which, and they are left. The number of
the row in its first cell is never a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from chithi.text.figures.amounts import Amount, whole
from chithi.text.figures.lexicon import SCALES
from chithi.text.figures.not_facts import is_year
from chithi.text.figures.numbers import read_number, scaled_up
from chithi.text.figures.tokens import Token, at
from chithi.text.figures.units import Unit, read_unit

Cell = tuple[int, int]
MAX_CELLS = 12


def read_row(tokens: Sequence[Token]) -> Amount | None:
    """The figure of a row of a table; None for other sentences and for rows that do not tell what they count."""
    cells = _cells(tokens)
    if not 2 <= len(cells) <= MAX_CELLS:
        return None
    if _is_number(tokens, cells[0]):
        cells = cells[1:]  # the number of the row
    bare = [place for place, cell in enumerate(cells) if _is_number(tokens, cell)]
    if len(bare) != 1 or not 1 <= bare[0] <= 2 or not cells or not _is_name(tokens, cells[0]):
        return None
    index = cells[bare[0]][0]
    name, beside = cells[0], cells[1] if bare[0] == 2 else (cells[2] if len(cells) > 2 else None)
    written = read_number(tokens[index].text)
    unit, scale = _unit_cell(tokens, beside) if beside else (None, Decimal(1))
    if unit is None and (bare[0] == 1 or beside is None):
        unit = _unit_of_name(tokens, name)
    if unit is None or written.value is None or (is_year(tokens[index]) and tokens[name[1] - 1].low == "năm"):
        return None
    while tokens[name[0]].kind == "p":
        name = (name[0] + 1, name[1])
    return Amount(
        name[0], index + 1, index, unit.kind, replace(unit, last=index + 1), value=whole(written.value * scale)
    )


def _cells(tokens: Sequence[Token]) -> list[Cell]:
    """Token ranges of the cells that hold anything; none when the sentence is no row."""
    tabs = [index for index, token in enumerate(tokens) if token.text == "\t"]
    if not tabs:
        return []
    edges = [-1, *tabs, len(tokens)]
    return [(first + 1, last) for first, last in pairwise(edges) if last > first + 1]


def _is_number(tokens: Sequence[Token], cell: Cell) -> bool:
    return cell[1] - cell[0] == 1 and tokens[cell[0]].kind == "n"


def _is_name(tokens: Sequence[Token], cell: Cell) -> bool:
    return any(token.kind == "w" for token in tokens[slice(*cell)]) and not any(
        token.kind == "n" for token in tokens[slice(*cell)]
    )


def _unit_cell(tokens: Sequence[Token], cell: Cell) -> tuple[Unit | None, Decimal]:
    """`người`, `triệu đồng`, `ha`: a cell that holds a known unit and nothing else, and its scale."""
    first, scale = cell[0], Decimal(1)
    while at(tokens, first).low in SCALES:
        scale, first = scaled_up(scale, SCALES[tokens[first].low]), first + 1
    unit = read_unit(tokens[: cell[1]], first, scaled=scale > 1)
    fits = unit is not None and unit.last == cell[1] and not unit.weak and unit.kind not in ("percent", "duration")
    return (unit if fits else None), scale


def _unit_of_name(tokens: Sequence[Token], cell: Cell) -> Unit | None:
    """`Số hội viên`, `Tổng số chi bộ`: the counted thing after the word of number."""
    first = cell[0]
    while at(tokens, first).low in ("-", "+", "tổng"):
        first += 1
    if at(tokens, first).low != "số":
        return None
    unit = read_unit(tokens[: cell[1]], first + 1)
    return unit if unit is not None and unit.kind == "count" and not unit.weak else None
