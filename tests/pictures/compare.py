"""Compares pages with kept pictures: a line that moved shows, the edges of letters do not.

Pages are grey at 100 dots an inch. A dot is at home where the other picture has something dark within one dot of it;
what is not at home on either side is counted. Half a millimetre (two dots) already leaves whole strokes homeless.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

DPI = 100
DARK, SHADE = 110, 190
MOST_HOMELESS = 25
LEVELS = 8
RECORD = os.environ.get("CHITHI_RECORD") == "1"


def pages(pdf: bytes) -> list[Any]:
    """Each page as an array of greys, 0 black to 255 white."""
    document = pypdfium2.PdfDocument(pdf)
    return [np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")) for page in document]


def homeless(one: Any, other: Any) -> Any:
    """Where either picture is dark and the other has nothing near; all True where the sizes differ."""
    if one.shape != other.shape:
        return np.ones(one.shape, bool)
    return ((one < DARK) & ~_near(other < SHADE)) | ((other < DARK) & ~_near(one < SHADE))


def _near(dark: Any) -> Any:
    """Dark within one dot in any direction."""
    wide = np.pad(dark, 1)
    height, width = dark.shape
    return np.logical_or.reduce([wide[y : y + height, x : x + width] for y in range(3) for x in range(3)])


def kept(path: Path) -> Any:
    """A kept picture as an array."""
    return np.asarray(Image.open(path).convert("L"))


def keep(path: Path, page: Any) -> None:
    """Store a picture in few greys: a tenth of the size, and the comparison sees no difference."""
    greys = Image.fromarray(page).quantize(LEVELS)
    greys.save(path, optimize=True)


def difference(one: Any, other: Any) -> Any:
    """A picture to look at: what both have is grey, what only the new one has black, with a frame around each place."""
    wrong = homeless(one, other)
    seen = np.stack([255 - (255 - one) // 4] * 3, axis=-1).astype(np.uint8)
    seen[_near(_near(wrong))] = (255, 0, 0)
    return seen


def must_look_like(page: Any, path: Path, out: Path, *, record: bool = False) -> None:
    """Fail where the page is not as kept, and say where the new picture and the difference were written."""
    if record:
        keep(path, page)
        return
    assert path.is_file(), f"no kept picture {path.name}: look at the page, then record it with CHITHI_RECORD=1"
    before = kept(path)
    count = int(homeless(page, before).sum())
    if count <= MOST_HOMELESS:
        return
    out.mkdir(parents=True, exist_ok=True)
    new, marked = out / path.name, out / f"{path.stem}-difference.png"
    Image.fromarray(page).save(new)
    Image.fromarray(difference(page, before) if page.shape == before.shape else page).save(marked)
    raise AssertionError(
        f"{path.name} looks different in {count} dots (at most {MOST_HOMELESS}). New: {new}. Difference: {marked}. "
        "If it is meant so, look at the new picture and record it with CHITHI_RECORD=1."
    )
