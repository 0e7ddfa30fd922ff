"""By which strings a name is found, and how well each answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chithi.org.spelling_rules import (
    LONGEST,
    MOST_READINGS,
    SHORT_FORMS,
    Fit,
    How,
    answers,
    ends_after,
    fit,
    initials,
    readings,
    spellings_of_person,
    spellings_of_unit,
    words_of,
)

LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ 1/", max_size=40)


def texts(name: str, *given_too: str) -> set[str]:
    return {one.text for one in spellings_of_unit([name], given_too)}


def test_a_name_is_kept_from_each_of_its_words_on() -> None:
    assert {"dang bo xa an mot", "bo xa an mot", "xa an mot", "an mot", "mot"} <= texts("Đảng bộ xã An Một")


def test_initials_are_found_with_and_without_what_most_names_begin_with() -> None:
    assert initials(words_of("Đảng bộ xã An Một")) == {"dbxam", "xam", "duxam"}
    assert "kcq" in initials(words_of("Đảng bộ Khối các cơ quan"))
    assert "t12" in initials(words_of("Chi bộ thôn 12"))


def test_capitals_in_a_name_are_read_in_full_and_syllables_are_not() -> None:
    assert "uy ban nhan dan xa an" in texts("UBND xã An")
    assert not any("tinh uy" in text for text in texts("Chi bộ thôn Tu"))
    assert not any("cong an" in text for text in texts("CHI BỘ THÔN CA"))


def test_what_somebody_typed_in_is_kept_word_by_word_too() -> None:
    found = spellings_of_unit(["Chi bộ thôn Hòa"], ["HN-02", "xóm Chùa"])
    assert {(one.text, one.how) for one in found} >= {
        ("hn 02", How.GIVEN),
        ("xom chua", How.GIVEN),
        ("chua", How.GIVEN),
    }


def test_abbreviations_are_read_both_ways() -> None:
    assert readings("CB thôn Hòa")[:2] == [("cb", "thon", "hoa"), ("chi", "bo", "thon", "hoa")]
    assert ("huyen", "uy", "an") in readings("HU An")
    assert ("xa", "an") in readings("x. An")


def test_readings_stay_few_and_the_literal_one_comes_first() -> None:
    for asked in ("tu tu tu tu tu", "du hu tu x h t", " ".join(SHORT_FORMS)):
        found = readings(asked)
        assert len(found) <= MOST_READINGS
        assert found[0] == words_of(asked)[:8]


def test_nothing_that_can_be_typed_breaks_it() -> None:
    for asked in ("", " ", "\x00", "%_*?'\"", "…—", "́̀", "a" * 5000, "Ð" * 100, "\ud7ff"):
        assert isinstance(readings(asked), list)
    assert readings("\x00%_'") == []


@given(LETTERS)
def test_whatever_begins_a_word_of_a_name_begins_a_kept_string(name: str) -> None:
    words = words_of(name)
    kept = {one.text for one in spellings_of_person(name)}
    for at, word in enumerate(words):
        for typed in (word[:1], word, " ".join(words[at : at + 2])):
            short = typed[:LONGEST]
            assert any(short <= text < ends_after(short) for text in kept)


@given(LETTERS, LETTERS)
def test_a_range_holds_exactly_what_begins_so(text: str, beginning: str) -> None:
    assert (beginning <= text < ends_after(beginning)) == text.startswith(beginning)


def test_the_better_of_two_answers_counts() -> None:
    assert fit("an mot", 0, How.NAME, ["an mot"]) is Fit.EXACT
    assert fit("an mot", 3, How.NAME, ["an mot"]) is Fit.TAIL
    assert fit("an mot", 3, How.NAME, ["an m"]) is Fit.BEGINS
    assert fit("dbxam", 0, How.INITIALS, ["dbx"]) is Fit.ALL_WORDS
    assert fit("an mot", 0, How.NAME, ["mot"]) is None


def test_every_word_of_a_reading_must_begin_a_word_of_the_name() -> None:
    assert answers(words_of("Nguyễn Văn An"), [("an", "ng")])
    assert not answers(words_of("Nguyễn Văn An"), [("an", "binh")])
