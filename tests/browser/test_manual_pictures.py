"""Every picture of the manual can be made: its scene is played on a fresh demo, in both languages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.manual_scenes import SCENES
from tests.migrated import copy_to

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import pictures  # type: ignore[import-not-found]  # noqa: E402

pytestmark = pytest.mark.browser
FEWEST_COLOURS = 12  # a blank page, or one without its style sheets, has fewer


def test_every_scene_of_the_manual_gives_a_picture_in_both_languages(chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    copy_to(tmp_path / "home" / "chithi.sqlite3")
    with pictures.served(tmp_path / "home") as (base, codes):
        seats = pictures.Seats(chromium, base, codes)
        pictures.read_in(seats.page("tuyengiao"))
        pictures.pictures_of_the_manual(seats, SCENES, tmp_path)
        for page in seats.pages.values():
            page.context.close()
    made = list(tmp_path.glob("*/*.png"))
    assert sorted(path.stem for path in made) == sorted([*SCENES, *SCENES])
    blank = []
    for path in made:
        with Image.open(path) as picture:
            assert picture.size == SCENES[path.stem].size
            if len(picture.convert("RGB").getcolors(1 << 20) or []) < FEWEST_COLOURS:
                blank.append(path.name)
    assert blank == []
