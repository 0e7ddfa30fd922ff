"""A drawing on paper: the same elements at a fixed width, in black ink, as a picture for Word.

Bars that miss the target are hollow, so that the picture also stands in grey.

The same description gives the same bytes wherever the program's own letters stand (`fonts`): nothing of the machine
enters but them. Only where they are missing (front-end files never built) the machine's own letters are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from chithi.charts.description import Bars, Trend
from chithi.charts.draw import Drawing, bars, trend
from chithi.charts.markup import SVG, tag

WIDTH = 640  # pixels of the drawing; on paper as wide as the text
DOTS = 2  # printed dots a pixel: 1.280 dots over 160 mm are 203 an inch
FAMILY = "Be Vietnam Pro"
_SHEET = """
text{font-family:"Be Vietnam Pro","Liberation Sans","DejaVu Sans",sans-serif;font-size:13px;fill:#000}
.pic-axis,.pic-aim-text{font-size:12px;fill:#222}.pic-value{font-weight:600}
.pic-hit{fill:none}.pic-ground{fill:none}.pic-grid{stroke:#bbb;stroke-width:.75}
.pic-edge{stroke:#444}.pic-line{stroke:#000;stroke-width:2;stroke-linecap:round}
.pic-dot{fill:#000}.pic-open{fill:#fff;stroke:#000;stroke-width:2}
.pic-aim{stroke:#000;stroke-width:1.25;stroke-dasharray:6 4}.pic-gap{stroke:#666;stroke-width:2}
.pic-bar{fill:#555}.pic-short{fill:#fff;stroke:#000;stroke-width:1.25}.pic-tick{stroke:#000;stroke-width:2}
"""
_NAMES, _VALUES, _TICKS = 236, 76, 64
_EDGE = 8


def svg(found: Trend | Bars) -> str:
    """The picture as a document of its own, `WIDTH` pixels wide."""
    if isinstance(found, Trend):
        return _document(trend(found), _TICKS, _EDGE)
    return _document(bars(found, beside=True), _NAMES, _VALUES)


def _document(drawing: Drawing, left: int, right: int) -> str:
    height = drawing.height + 2 * _EDGE
    inner = tag(
        "svg", drawing.body, x=left, y=_EDGE, width=WIDTH - left - right, height=drawing.height, overflow="visible"
    )
    ground = tag("rect", width=WIDTH, height=height, fill="#fff")
    return tag("svg", tag("style", _SHEET) + ground + inner, xmlns=SVG, width=WIDTH, height=height)


def png(drawn: str, fonts: Sequence[Path] = ()) -> bytes:
    """An SVG document as the picture for Word; `fonts` are the files of the letters to be drawn with."""
    import resvg_py  # three megabytes of machine code, needed only here

    own = [str(path) for path in fonts]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=DOTS,
            skip_system_fonts=bool(own),
            font_files=own or None,
            font_family=FAMILY,
            sans_serif_family=FAMILY if own else None,
            languages=["vi"],
        )
    )


@lru_cache(maxsize=4)
def letters_in(folder: Path) -> tuple[Path, ...]:
    """The font files of a folder in a fixed order; none where it does not exist."""
    return tuple(sorted(folder.glob("*.ttf")))
