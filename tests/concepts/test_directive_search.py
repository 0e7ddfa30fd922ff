"""Seeking documents: folding, phrases, places of hits; the index of the database finds what the pure rule finds."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chithi.directives.actions import change, draft, enter
from chithi.directives.models import Directive, SoughtWords
from chithi.directives.queries import Filter
from chithi.directives.rules import Written
from chithi.directives.search_rules import MOST_COUNTED, Wanted, hits, place_of, plain, snippet, sought_in, words_of
from chithi.directives.searching import ids_in, search
from chithi.directives.tying import attach, detach
from chithi.files.checks import brought
from chithi.text.vietnamese import clean
from tests.worlds import World

DAY = date(2026, 10, 1)
LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặÁĐƠƯ ,.-\n0123456789", max_size=60)
WORDS = st.lists(
    st.sampled_from(["đảng", "viên", "dang", "Gương", "mẫu", "chi", "bộ", "so1", "03", "NEAR", "or"]), max_size=12
)


def said(summary: str, **fields: object) -> Written:
    return Written(**{"kind": "plan", "summary": summary, "sign": "05-KH/ĐU", "dated": DAY} | fields)  # type: ignore[arg-type]


@given(LETTERS)
def test_folding_keeps_every_letters_place(text: str) -> None:
    text = clean(text)
    assert len(plain(text)) == len(text)
    assert all(word.isascii() for word in words_of(text))


def test_marks_and_the_letter_đ_do_not_matter() -> None:
    assert words_of("Đảng bộ QUẬN đông-hòa 03-CT/TW") == ["dang", "bo", "quan", "dong", "hoa", "03", "ct", "tw"]
    assert Wanted.of("dang VIÊN").answers(sought_in("Đảng viên"))
    assert not Wanted.of("dan").answers(sought_in("đảng")), "whole words only"


def test_words_in_quotes_are_a_phrase() -> None:
    text = sought_in("Chi bộ học tập", "bộ phận chi tiêu")
    assert Wanted.of('"chi bo"').answers(text)
    assert not Wanted.of('"bo chi"').answers(text)
    assert Wanted.of("tieu tap").answers(text)
    assert Wanted.of('"  "').is_empty


def test_hits_are_places_in_the_text_itself() -> None:
    text = clean("Các đảng viên gương mẫu; Đảng viên")
    found = [text[start:end] for start, end in hits(text, Wanted.of('"dang vien"'))]
    assert found == ["đảng viên", "Đảng viên"]
    decomposed = clean(unicodedata.normalize("NFD", "đảng viên"))
    assert [decomposed[a:b] for a, b in hits(decomposed, Wanted.of("vien"))] == ["viên"]


@given(WORDS, WORDS)
def test_a_snippet_is_a_piece_of_the_text_with_a_hit_in_it(words: list[str], asked: list[str]) -> None:
    text, wanted = " ".join(words * 8), Wanted.of(" ".join(asked))
    found = snippet(text, wanted)
    assert bool(found) == bool(hits(text, wanted))
    whole = "".join(piece.text for piece in found).removeprefix("… ").removesuffix(" …")
    assert whole in text
    assert not found or any(piece.hit for piece in found)


def test_newer_days_and_then_newer_rows_stand_higher() -> None:
    assert place_of(date(2026, 1, 2), 1) > place_of(date(2026, 1, 1), 99_999_999)
    assert place_of(DAY, 2) > place_of(DAY, 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=6), asked=WORDS, quoted=st.booleans())
def test_the_index_finds_exactly_what_the_rule_finds(
    world: World, texts: list[list[str]], asked: list[str], quoted: bool
) -> None:
    SoughtWords.objects.everywhere(because="each example begins anew").delete()
    rows = Directive.objects.everywhere(because="each example begins anew")
    rows._raw_delete(rows.db)  # nothing points to them; Django would ask guarded tables
    chau, unit = world.viewer("chau"), world.unit("T")
    made = [
        enter(by=chau, unit_id=unit, written=said(" ".join(text) or "x", sign=f"{at}-KH"))
        for at, text in enumerate(texts)
    ]
    wanted = Wanted.of(f'"{" ".join(asked)}"' if quoted else " ".join(asked))
    found = [] if wanted.is_empty else ids_in(chau, wanted)
    expected = [row.pk for row in made if wanted.answers(sought_in(row.sign, "", row.summary, ""))]
    assert sorted(found) == expected
    assert found == sorted(expected, reverse=True), "the same day: the newer row first"
    for few, newest in ((0, 4_000), (0, 1)):
        with pytest.MonkeyPatch.context() as other:
            other.setattr("chithi.directives.searching.FEW", few)
            other.setattr("chithi.directives.searching.NEWEST", newest)
            assert wanted.is_empty or ids_in(chau, wanted) == found, "whatever way leads there"


def test_what_changes_is_found_by_its_new_words_alone(world: World) -> None:
    minh = world.viewer("minh")
    made = enter(by=minh, unit_id=world.unit("A1"), written=said("Chuyên đề gần dân"))
    assert [hit.card.id for hit in search(minh, "gan dan").hits] == [made.pk]
    change(by=minh, directive_id=made.pk, seen_version=made.version, written=said("Chuyên đề tiết kiệm"))
    assert not search(minh, "gan dan").hits
    assert [hit.card.id for hit in search(minh, "tiet kiem").hits] == [made.pk]


def test_words_of_a_file_are_found_until_it_is_taken_away(world: World) -> None:
    minh = world.viewer("minh")
    made = enter(by=minh, unit_id=world.unit("A1"), written=said("Kế hoạch"))
    file = attach(by=minh, directive_id=made.pk, file=brought("Phân công đồng chí phụ trách".encode(), "x.txt"))
    (hit,) = search(minh, '"phan cong dong chi"').hits
    assert [piece.text for piece in hit.piece if piece.hit] == ["Phân công đồng chí"]
    detach(by=minh, attachment_id=file.pk, seen_version=file.version)
    assert not search(minh, "phan cong").hits


def test_only_what_may_be_read_is_found_and_drafts_by_nobody(world: World) -> None:
    chau = world.viewer("chau")
    above = enter(by=chau, unit_id=world.unit("T"), written=said("Tiết kiệm của tỉnh", sign="1"))
    of_b = enter(by=chau, unit_id=world.unit("B"), written=said("Tiết kiệm của Bình", sign="2"))
    named = enter(
        by=chau, unit_id=world.unit("T"), written=said("Tiết kiệm riêng", sign="3", recipients=(world.unit("A1"),))
    )
    draft(by=chau, unit_id=world.unit("T"), written=said("Tiết kiệm dự thảo"))

    def found(name: str) -> set[int]:
        return {hit.card.id for hit in search(world.viewer(name), "tiet kiem").hits}

    assert found("lan") == {above.pk}
    assert found("minh") == {above.pk, named.pk}
    assert found("dung") == {above.pk, named.pk}
    assert found("chau") == {above.pk, of_b.pk, named.pk}


@pytest.mark.parametrize(("few", "newest"), [(5_000, 4_000), (5_000, 1), (0, 4_000), (0, 1)])
def test_every_way_finds_what_may_be_read_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch, few: int, newest: int
) -> None:
    monkeypatch.setattr("chithi.directives.searching.FEW", few)
    monkeypatch.setattr("chithi.directives.searching.FIRST", 1)
    monkeypatch.setattr("chithi.directives.searching.UNCOUNTED", 2)
    monkeypatch.setattr("chithi.directives.searching.NEWEST", newest)
    chau = world.viewer("chau")
    made = {
        code: enter(by=chau, unit_id=world.unit(code), written=said(f"Tiết kiệm {code}", sign=code)).pk
        for code in ("T", "A", "B", "A1", "A11", "A12")
    }
    named = said("Tiết kiệm riêng", sign="3", recipients=(world.unit("A1"),))
    made["named"] = enter(by=chau, unit_id=world.unit("T"), written=named).pk
    for name, codes in (("lan", "T A A1 A11"), ("minh", "T A A1 A11 A12 named"), ("chau", " ".join(made))):
        wanted = sorted((made[code] for code in codes.split()), reverse=True)
        assert ids_in(world.viewer(name), Wanted.of("tiet kiem")) == wanted, name


def test_a_filter_narrows_what_is_found(world: World) -> None:
    minh = world.viewer("minh")
    made = enter(by=minh, unit_id=world.unit("A1"), written=said("Tiết kiệm"))
    assert search(minh, "tiet kiem", Filter(kind="plan", year=2026, in_force=True)).total == 1
    assert search(minh, "tiet kiem", Filter(kind="directive")).total == 0
    assert made.pk


def test_the_count_is_capped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    minh = world.viewer("minh")
    for at in range(3):
        enter(by=minh, unit_id=world.unit("A1"), written=said("Tiết kiệm", sign=f"{at}-KH"))
    assert MOST_COUNTED == 1_000
    monkeypatch.setattr("chithi.directives.searching.MOST_COUNTED", 2)
    answer = search(minh, "tiet kiem")
    assert (answer.total, answer.more, len(answer.hits)) == (2, True, 2)
