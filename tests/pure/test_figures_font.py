"""The figures on one width: what is written can be read back, and all ten digits of the real font agree."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FONT = ROOT / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files" / "be-vietnam-pro-latin-400-normal.woff"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures_font", ROOT / "tools" / "figures_font.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


figures_font = _load()


@given(st.dictionaries(st.binary(min_size=4, max_size=4), st.binary(max_size=300), min_size=1, max_size=8))
def test_a_written_font_is_read_back_table_by_table(tables: dict[bytes, bytes]) -> None:
    assert figures_font.read_woff(figures_font.write_woff(tables)) == tables


def test_what_is_no_font_is_refused() -> None:
    with pytest.raises(ValueError, match="not a WOFF"):
        figures_font.read_woff(b"<html>")


@pytest.mark.skipif(not FONT.is_file(), reason="front-end packages are not installed (npm ci --ignore-scripts)")
def test_all_ten_digits_take_the_same_width() -> None:
    made = figures_font.tabular_digits(figures_font.read_woff(FONT.read_bytes()))
    pairs = list(struct.iter_unpack(">Hh", made[b"hmtx"]))
    assert len(pairs) == 11
    assert len({advance for advance, _ in pairs}) == 1
    assert min(bearing for _, bearing in pairs) > 0, "a digit would touch its neighbour"
