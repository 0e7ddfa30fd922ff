"""Phrases that an installation wrote itself name figures as the rules that ship do."""

from __future__ import annotations

from decimal import Decimal

from chithi.text.intake import read
from chithi.text.own_words import OwnWords

RADIO = OwnWords("own.1", ("phát thanh", "truyền thanh cơ sở"), "buổi", parts=(("a", "loa xã"), ("b", "đài huyện")))
READERS = OwnWords("own.2", ("tủ sách học tập",), "hộ")


def named(text: str, *own: OwnWords) -> list[tuple[str | None, str | None, Decimal | None]]:
    return [(fact.indicator, fact.member, fact.value) for fact in read(text, own=own).facts]


def test_a_figure_beside_a_phrase_of_ones_own_is_taken_for_that_indicator() -> None:
    text = "Trong năm đơn vị tổ chức 34 buổi phát thanh."
    assert named(text)[0][0] != "own.1"
    assert named(text, RADIO, READERS) == [("own.1", None, Decimal(34))]


def test_the_thing_counted_must_be_the_indicators_own() -> None:
    assert named("Có 12 người phụ trách truyền thanh cơ sở.", RADIO)[0][0] is None


def test_a_share_needs_no_noun() -> None:
    facts = read("Phát thanh đạt 85% kế hoạch.", own=(RADIO,)).facts
    assert [(fact.indicator, fact.percent) for fact in facts] == [("own.1", Decimal(85))]


def test_a_phrase_is_whole_words_and_of_the_same_sentence() -> None:
    assert named("Có 12 buổi phát thanhx.", RADIO)[0][0] is None
    assert named("Mở 12 buổi gặp mặt tại các thôn. Việc phát thanh chưa làm.", RADIO)[0][0] is None


def test_the_one_part_named_beside_the_figure_is_proposed() -> None:
    assert named("Tổ chức 20 buổi phát thanh trên loa xã.", RADIO)[0][1] == "a"
    assert named("Tổ chức 20 buổi phát thanh trên loa xã và đài huyện.", RADIO)[0][1] is None


def test_a_rule_that_ships_keeps_what_stands_further_from_the_phrase_than_from_its_own_words() -> None:
    text = "Đã mở 25 lớp học tập chuyên đề cho đảng viên, cùng việc tuyên truyền nhiều lần trên truyền thanh cơ sở."
    own = OwnWords("own.3", ("truyền thanh cơ sở",), "lớp")
    assert named(text, own)[0][0] == "study.classes"
    assert read(text, own=(own,)).facts[0].confidence == read(text).facts[0].confidence


def test_without_own_phrases_nothing_changes() -> None:
    text = "Có 40.539 đảng viên học tập chuyên đề, đạt 98,1%."
    assert read(text, own=()).facts == read(text).facts
