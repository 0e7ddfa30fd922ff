"""The intake against figures labelled by hand: real reports, reworded news, our own texts, our samples."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.pure.text import labelled

from chithi.text.extract import extract
from chithi.text.intake import as_json, read

SAMPLES = (
    "bao-cao-tinh-sau-thang.txt",
    "bao-cao-huyen-hai-nam.docx",
    "tin-khao-sat.txt",
    "bao-cao-xa-nam.docx",
    "bao-cao-hoi-phu-nu.txt",
)
# Every figure row of INDICATORS part 1 that stands in the seeds: the words of the figure, its indicator, its member.
SEED_ROWS = (
    ("000", "731 lớp", "study.classes", None),
    ("000", "40.539 đảng viên", "study.members", None),
    ("000", "21.255 cán bộ", "study.officials", None),
    ("000", "799 chi bộ", "plan.grassroots", None),
    ("000", "2.462 chi bộ", "plan.cells", None),
    ("000", "38.969 đảng viên", "pledge.members", None),
    ("000", "22.252 cán bộ", "pledge.officials", None),
    ("000", "mỗi năm 2 lần", "exchange.events", None),
    ("001", "02 Đảng bộ", "inspect.upper", None),
    ("001", "04 cơ sở", "inspect.base", None),
    ("003", "100% các chi, đảng bộ", "study.units_done", None),
    ("003", "176/251", "meeting.quality", None),
    ("003", "145/231", "unit.village_cell", None),
    ("003", "tăng 109", "unit.village_cell", None),
    ("003", "820/820", "pledge.leaders", None),
    ("003", "710 đồng chí", "pledge.leaders", "member"),
    ("003", "110 đồng chí", "pledge.leaders", "other"),
    ("003", "710 đồng chí cán bộ lãnh đạo", "rating.leaders_member", "member"),
    ("003", "110 đồng chí cán bộ lãnh đạo", "rating.leaders_other", "other"),
    ("003", "832 đồng chí", "pledge.leaders", None),
    ("003", "43/43 chi, đảng bộ", "covenant.signed", None),
    ("003", "43/43 tổ chức", "covenant.scored", None),
    ("003", "04 đảng bộ cơ sở", "covenant.pilots", None),
    ("003", "80 triệu đồng/năm", "result.income", None),
    ("003", "50 - 70 triệu", "result.income", None),
    ("003", "22 - 25 triệu", "result.income", None),
    ("003", "25 - 30 triệu", "result.income", None),
    ("003", "5.200m2", "result.land", None),
    ("003", "600m2", "result.land", None),
    ("003", "400m2", "result.land", None),
    ("003", "500.000đồng", "result.money", None),
    ("003", "500.000 đồng", "result.money", None),
    ("003", "12 triệu đồng", "result.money", None),
    ("003", "1.438 ngày công", "result.workdays", None),
    ("003", "850m", "result.road", None),
    ("003", "17 tập thể", "award.collectives", None),
    ("003", "50 cá nhân", "award.people", None),
)


def lines(text: str) -> list[dict[str, Any]]:
    return [as_json(fact, "doc") for fact in read(text).facts]


@pytest.mark.shared
def test_figures_of_the_gold_documents_are_read() -> None:
    pairs = [(labels, lines(text)) for _, text, labels in labelled.gold()]
    assert len(pairs) == 13
    assert labelled.f1(pairs) >= 0.98
    assert labelled.f1(pairs, durations=True) >= 0.98


@pytest.mark.shared
def test_shares_bases_and_upper_ends_are_joined_to_the_right_figures() -> None:
    wrong = []
    for name, text, labels in labelled.gold():
        for label, fact in labelled.scorer().hits(labels, lines(text))[0]:
            wrong += [
                (name, label["quote"], key)
                for key in ("total", "percent", "value_max")
                if label.get(key) is not None and fact[key] != label[key]
            ]
    assert not wrong


@pytest.mark.shared
def test_figures_of_our_own_texts_are_read() -> None:
    pairs = [(labels, lines(text)) for _, text, labels in labelled.own()]
    assert len(pairs) >= 12
    assert labelled.f1(pairs) >= 0.97


@pytest.mark.shared
@pytest.mark.parametrize(("number", "words", "indicator", "member"), SEED_ROWS)
def test_every_indicator_row_of_the_seeds_gets_its_code(
    number: str, words: str, indicator: str, member: str | None
) -> None:
    facts = [fact for fact in read(labelled.seed(number)).facts if fact.quote.startswith(words)]
    codes = {(fact.indicator, fact.member) for fact in facts}
    assert (indicator, member) in codes
    assert all(fact.reasons and fact.confidence for fact in facts)


@pytest.mark.shared
def test_the_seeds_know_their_dates() -> None:
    assert str(read(labelled.seed("000")).doc_date) == "2013-08-23"
    assert str(read(labelled.seed("003")).doc_date) == "2013-05-15"


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_read_as_their_hand_labels_say(name: str) -> None:
    stem = name.rsplit(".", 1)[0]
    text = extract((labelled.SAMPLES / name).read_bytes(), name).text
    expected = [
        json.loads(line)
        for line in (labelled.SAMPLES / f"{stem}.expected.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = lines(text)
    assert len(found) == len(expected)
    for fact, label in zip(found, expected, strict=True):
        assert text[fact["start"] : fact["end"]] == fact["quote"] == label["quote"]
        if label["kind"] == "duration":
            assert fact["kind"] == "duration"
            continue
        keys = ("start", "end", "kind", "value", "value_max", "total", "percent", "indicator")
        assert {key: fact[key] for key in keys} == {key: label[key] for key in keys}


def test_a_line_of_the_intake_has_exactly_the_keys_of_the_contract() -> None:
    [line] = lines("Năm 2012, toàn huyện có hơn 176/251 chi bộ đạt 70,1% đã đưa nội dung vào sinh hoạt.")
    assert list(line) == [
        "doc",
        "start",
        "end",
        "quote",
        "kind",
        "value",
        "value_max",
        "total",
        "percent",
        "unit",
        "what",
        "scope",
        "period",
        "indicator",
        "covers",
        "section",
        "flags",
    ]
    assert line["flags"] == {"approx": "at_least"}
    assert (line["value"], line["total"], line["percent"], line["period"]) == (176, 251, 70.1, "Năm 2012")
