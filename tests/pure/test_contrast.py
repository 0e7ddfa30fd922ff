"""Text stays readable in both themes: WCAG AA between every colour of words and every ground it stands on."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "src" / "chithi" / "web" / "static" / "chithi" / "tokens.css"
GROUNDS = ("paper", "sheet", "shade", "hover")
WORDS = ("ink", "ink-2", "ink-3", "gold", "idle", "good", "risk", "late", "belated", "paused", "count", "doubt")
EDGES = ("edge", "bar", "focus", "ratio", "target")  # lines and shapes that carry meaning: 3 to 1
THEMES = ("light", "dark")


def colours(theme: str) -> dict[str, str]:
    """Custom properties that hold a colour; the dark theme overrides the light one."""
    text = TOKENS.read_text(encoding="utf-8")
    light, _, rest = text.partition("@media screen")
    dark = rest.partition("@media (pointer")[0]
    named = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return named if theme == "light" else named | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_every_ground(theme: str) -> None:
    named = colours(theme)
    weak = {
        f"{word} on {ground}": round(contrast(named[word], named[ground]), 2)
        for word, ground in product(WORDS, GROUNDS)
        if contrast(named[word], named[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_lines_that_mean_something_stand_out(theme: str) -> None:
    named = colours(theme)
    weak = [
        f"{edge} on {ground}"
        for edge, ground in product(EDGES, ("paper", "sheet"))
        if contrast(named[edge], named[ground]) < 3
    ]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_the_seal_on_ink_and_under_light_can_be_read(theme: str) -> None:
    named = colours(theme)
    pairs = [("on-seal", "seal"), ("on-seal", "seal-deep"), ("paper", "ink"), ("paper", "ink-2"), ("ink", "lit")]
    assert [pair for pair in pairs if contrast(named[pair[0]], named[pair[1]]) < 4.5] == []
