"""A drawing inside a page: as wide as its column, coloured by the sheet `charts.css`, every part of it a door."""

from __future__ import annotations

from chithi.charts.draw import Drawing
from chithi.charts.markup import SVG, tag


def on_page(drawing: Drawing, look: str, *, about: str) -> str:
    """The `svg` element; `look` is its class, `about` the id of the text that tells what it shows."""
    return tag(
        "svg", drawing.body, xmlns=SVG, class_=f"pic {look}", width="100%", height=drawing.height, role="group",
        aria_labelledby=about,
    )  # fmt: skip
