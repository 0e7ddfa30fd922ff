"""Invented figures: what units entered, confirmed, stated and aimed at, consistent with the records below them."""

from chithi.indicators.demo.build import BuiltFigures, build

__all__ = ["BuiltFigures", "build"]
