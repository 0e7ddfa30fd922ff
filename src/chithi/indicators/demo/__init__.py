"""Invented figures: what units entered, confirmed, stated and aimed at, consistent with the records below them."""

from chithi.indicators.demo.build import BuiltFigures, build
from chithi.indicators.demo.nation_build import build_nation_figures

__all__ = ["BuiltFigures", "build", "build_nation_figures"]
