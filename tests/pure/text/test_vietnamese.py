"""One form of Vietnamese text: tone marks, look-alikes, the way back to the verbatim text, search and sorting."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chithi.text.vietnamese import clean, fold, normalise, sort_key

LETTERS = st.text(alphabet="aàảãáạăâbcdđeêghiklmnoôơpqrstuưvxyýỳủýọẹ ĐÐƉ\u00a0\u200b\u0301\u0300\n.,12", max_size=60)


@pytest.mark.parametrize(
    ("written", "one_form"),
    [
        ("hoà bình", "hòa bình"),
        ("uỷ ban", "ủy ban"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("qúy I", "quý I"),
        ("gìa", "già"),
        ("quý", "quý"),
        ("toàn", "toàn"),
        ("quyết", "quyết"),
        ("huỳnh", "huỳnh"),
        ("HOÀ", "HÒA"),
        ("Ðảng", "Đảng"),
        ("Ɖảng", "Đảng"),
    ],
)
def test_each_word_has_one_form(written: str, one_form: str) -> None:
    assert clean(written) == one_form


def test_decomposed_letters_and_odd_spaces_are_brought_together() -> None:
    assert clean(unicodedata.normalize("NFD", "Đảng bộ huyện")) == "Đảng bộ huyện"
    assert clean("12\u00a0hộ\u200b nghèo") == "12 hộ nghèo"


@given(LETTERS)
@example("n\u200b\u0300")
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(LETTERS, st.data())
def test_every_span_of_the_clean_text_leads_back_to_its_letters(text: str, data: st.DataObject) -> None:
    found = normalise(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    first, last = found.verbatim(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert fold(found.text[start:end]) in fold(text[first:last])


def test_a_span_behind_an_invisible_letter_is_still_exact() -> None:
    text = "co\u0301 \u200b12 hộ"
    found = normalise(text)
    start = found.text.index("12 hộ")
    first, last = found.verbatim(start, start + 5)
    assert text[first:last] == "12 hộ"


def test_search_form_drops_marks_and_the_stroke_of_đ() -> None:
    assert fold("Đảng bộ huyện Mường Khương") == "dang bo huyen muong khuong"


def test_sorting_follows_the_vietnamese_alphabet() -> None:
    words = ["đa", "da", "dă", "ân", "an", "ăn", "ả", "à", "ba", "o", "ơ", "ô", "u", "ư"]
    assert sorted(words, key=sort_key) == ["à", "ả", "an", "ăn", "ân", "ba", "da", "dă", "đa", "o", "ô", "ơ", "u", "ư"]
