"""Invented units and people: a plan made by pure rules from a size and a seed, then stored in bulk."""

from chithi.org.demo.build import Built, Home, build
from chithi.org.demo.nation_build import NationBuilt, build_nation
from chithi.org.demo.nation_plan import NationSize
from chithi.org.demo.sizes import DistrictSize, TreeSize

__all__ = [
    "Built",
    "DistrictSize",
    "Home",
    "NationBuilt",
    "NationSize",
    "TreeSize",
    "build",
    "build_nation",
]
