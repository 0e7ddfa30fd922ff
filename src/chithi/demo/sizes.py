"""The sizes that `chithi demo --size` knows, as data. Pure. To add a size, add a row."""

from __future__ import annotations

from dataclasses import dataclass

from chithi.core.errors import Refused
from chithi.demo import provinces
from chithi.demo.districts import HA_LAM, KHUONG_SON, TINY_TREE
from chithi.demo.provinces import HA_LAM_WHOLE
from chithi.indicators.demo.sizes import FigureSize, NationFigures
from chithi.org.demo.nation_plan import NationSize
from chithi.org.demo.sizes import TreeSize

__all__ = ["HA_LAM", "HA_LAM_WHOLE", "KHUONG_SON", "SIZES", "DemoSize", "NationDemo", "size_named"]


@dataclass(frozen=True)
class DemoSize:
    """What one size builds: a tree with its people, and how far back its figures go."""

    tree: TreeSize
    figures: FigureSize


@dataclass(frozen=True)
class NationDemo:
    """A nation without people: its tree and how far back its figures go."""

    tree: NationSize
    figures: NationFigures


SIZES: dict[str, DemoSize | NationDemo] = {
    "nation": NationDemo(NationSize(), NationFigures()),
    "province": DemoSize(HA_LAM_WHOLE, provinces.FIGURES),
    "district": DemoSize(HA_LAM, FigureSize(years=tuple(range(2018, 2026)), silent=(2, 4, 1, 5, 3, 2, 2, 3))),
    "tiny": DemoSize(TINY_TREE, FigureSize(years=(2024, 2025), silent=(1, 1))),
}


def size_named(name: str) -> DemoSize | NationDemo:
    """The size of this name; refuses any other with `demo.unknown_size`."""
    if name not in SIZES:
        raise Refused("demo.unknown_size", field="size", size=name[:40], known=", ".join(SIZES))
    return SIZES[name]
