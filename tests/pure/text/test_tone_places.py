"""An office's own place for the tone mark: both ways, whole syllables only, never the stored form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.text.tone_places import Spelling, spelled
from chithi.text.vietnamese import clean

STORED = "Tỉnh ủy, ỦY BAN, Hòa Bình, khỏe, thủy lợi, Thúy, hóa giá, xòe"


@pytest.mark.parametrize(
    ("spelling", "written"),
    [
        (Spelling.AS_WRITTEN, STORED),
        (Spelling.UY_FIRST, STORED),
        (Spelling.ALL_FIRST, STORED),
        (Spelling.UY_SECOND, "Tỉnh uỷ, UỶ BAN, Hòa Bình, khỏe, thuỷ lợi, Thuý, hóa giá, xòe"),
        (Spelling.ALL_SECOND, "Tỉnh uỷ, UỶ BAN, Hoà Bình, khoẻ, thuỷ lợi, Thuý, hoá giá, xoè"),
    ],
)
def test_an_office_has_its_own_place_for_the_tone_mark(spelling: Spelling, written: str) -> None:
    assert spelled(STORED, spelling) == written


def test_the_other_way_back_is_the_same_switch() -> None:
    other = spelled(STORED, Spelling.ALL_SECOND)
    assert spelled(other, Spelling.UY_FIRST) == "Tỉnh ủy, ỦY BAN, Hoà Bình, khoẻ, thủy lợi, Thúy, hoá giá, xoè"
    assert spelled(other, Spelling.ALL_FIRST) == STORED


@pytest.mark.parametrize(
    "word",
    ["quý", "Quỳ Châu", "QUỸ", "hoàng", "huỳnh", "khuỷu", "thuở", "quả", "loét", "xoáy", "tuyên", "hoa", "uy tín"],
)
@pytest.mark.parametrize("spelling", list(Spelling))
def test_syllables_that_everybody_writes_alike_stay(word: str, spelling: Spelling) -> None:
    assert spelled(word, spelling) == word


@given(st.text(alphabet="ủuỷyỳúýùhòoàaóáèẻẽeqQưgbnc UY,.", max_size=40), st.sampled_from(list(Spelling)))
def test_only_the_place_of_marks_changes_and_once_is_enough(text: str, spelling: Spelling) -> None:
    written = spelled(text, spelling)
    assert len(written) == len(text)
    assert spelled(written, spelling) == written
    assert clean(written) == clean(text)
