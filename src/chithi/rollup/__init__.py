"""The roll-up kernel (SPINE 5): totals of a tree from the figures of its units. Pure, exact int64.

`shape` owns an edition of the tree as arrays (`build` makes one from rows), `columns` what goes into a
total, `kernel` the arithmetic in NumPy, `compiled` the same in machine code for large sums (its loops are in
`passes`), `totals` what comes out, `packing` the bytes one unit's totals are kept as.
"""

from chithi.rollup.build import build
from chithi.rollup.columns import Adopted, Column, Own, key_of, parts_of
from chithi.rollup.kernel import recompute, totals, touched
from chithi.rollup.packing import pack, unpack
from chithi.rollup.shape import Shape
from chithi.rollup.totals import Row, Totals

__all__ = [
    "Adopted",
    "Column",
    "Own",
    "Row",
    "Shape",
    "Totals",
    "build",
    "key_of",
    "pack",
    "parts_of",
    "recompute",
    "totals",
    "touched",
    "unpack",
]
