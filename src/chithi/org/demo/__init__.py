"""Invented units and people: a plan made by pure rules from a size and a seed, then stored in bulk."""

from chithi.org.demo.build import Built, build
from chithi.org.demo.sizes import DistrictSize, TreeSize

__all__ = ["Built", "DistrictSize", "TreeSize", "build"]
