"""The keyboard map is said once: the dialog, the rail and the manual have the same keys and the same words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from chithi.web import keys

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (<kbd>.*?) \| (.+?) \|$", re.MULTILINE)
KEY = re.compile(r"<kbd>(.+?)</kbd>")
LEADS = {"vi": "tới", "en": "to"}


def told(language: str) -> list[tuple[tuple[str, ...], str]]:
    """The rows of the manual's page: the keys, what they do."""
    page = (ROOT / "docs" / "manual" / language / "keys.md").read_text(encoding="utf-8")
    return [(tuple(KEY.findall(names)), text) for names, text in ROW.findall(page)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_manual_says_every_key_in_the_words_of_the_dialog(language: str) -> None:
    with translation.override(language):
        rows = [(key.names, str(key.text)) for key in keys.EVERYWHERE]
        rows += [(("g", place.letter), f"{LEADS[language]} {place.text}") for place in keys.PLACES]
        rows += [(key.names, str(key.text)) for key in keys.READING]
    assert told(language) == rows


def test_no_two_places_share_a_letter() -> None:
    letters = [place.letter for place in keys.PLACES]
    assert sorted(set(letters)) == sorted(letters)
    assert keys.letter_of("home") == "h"
    assert keys.letter_of("nowhere") == ""
