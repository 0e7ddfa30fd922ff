"""Older encodings are recognised by content or by font and become Unicode; Unicode is never taken for one."""

from __future__ import annotations

import io

import docx
import pytest
from tests.pure.text import labelled
from tests.pure.text.legacy_writer import TCVN3_LETTERS, tcvn3, vni

from chithi.text.decode import decode
from chithi.text.extract import extract
from chithi.text.intake import as_json, read
from chithi.text.legacy import from_runs, modernise, recognise, to_unicode

WORDS = "Đảng bộ huyện có 12 chi bộ, đạt 80%; nhân dân góp 3 tỷ đồng."
SAMPLES = sorted(labelled.SAMPLES.glob("*.txt")) + sorted((labelled.SAMPLES / "word").glob("*.txt"))


def figures(text: str) -> list[dict[str, object]]:
    kept = ("kind", "value", "total", "percent", "indicator", "section")
    return [{name: as_json(fact, "x").get(name) for name in kept} for fact in read(text).facts]


def test_every_letter_comes_back() -> None:
    assert to_unicode(tcvn3(TCVN3_LETTERS), "tcvn3") == TCVN3_LETTERS
    both = TCVN3_LETTERS + TCVN3_LETTERS.upper()
    assert to_unicode(vni(both), "vni") == both


def test_the_known_opening_of_every_letter_reads_right() -> None:
    said = "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc"
    assert modernise(said) == ("Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc", "tcvn3")
    said = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc"
    assert modernise(said) == ("Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc", "vni")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("packed", ["cp1252", "utf-8"])
def test_a_sample_in_an_older_encoding_gives_the_same_figures(path, encoding, packed) -> None:  # type: ignore[no-untyped-def]
    source = path.read_text(encoding="utf-8")
    simple = source.translate({0x201C: '"', 0x201D: '"', 0x2013: "-"})
    written = (tcvn3 if encoding == "tcvn3" else vni)(simple)
    found = extract(written.encode(packed), "x.txt")
    assert found.extractor == f"plain+{encoding}"
    assert [notice.code for notice in found.notices] == ["text.older_encoding"]
    assert figures(found.text) == figures(simple)
    for fact in read(found.text).facts:
        assert found.text[fact.start : fact.end] == fact.quote


def test_unicode_is_never_taken_for_an_older_encoding() -> None:
    for path in SAMPLES:
        text = path.read_text(encoding="utf-8")
        assert recognise(text) is None
        for line in text.splitlines():
            assert modernise(line) == (line, None)
    for _, text, _ in labelled.own():
        assert all(recognise(line) is None for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "été à la carte, où ça, très bien, naïve, élève, forêt, hôtel, Noël",
        "Straße, für, Müller, schön, größer, Tür, Äpfel, Öl, Übung",
        "ông bà và cô chú có hoà khí, bé hát, má là, ý tôi",
        "Trà Cú, Hà Nam, Lào Cai, Sóc Trăng".replace("ă", "a"),
        "el niño español, mañana, corazón, también, más, día",
        "Céng",
        "",
    ],
)
def test_other_western_text_stays_as_it_stands(text: str) -> None:
    assert modernise(text) == (text, None)


def test_words_in_capitals_become_capitals() -> None:
    assert to_unicode(tcvn3("ĐẢNG BỘ TỈNH HÀ NỘI"), "tcvn3") == "ĐẢNG BỘ TỈNH HÀ NỘI"


def test_fonts_tell_and_a_mark_may_stand_in_the_next_run() -> None:
    assert from_runs([("§éc", ".VnTime"), (" lËp", ".VnTime"), (" ủy", "Arial")]) == "Độc lập ủy"
    assert from_runs([("chi bo", "VNI-Times"), ("ä", "VNI-Times")]) == "chi bộ"
    assert from_runs([("®¶ng bé", ".VnTimeH")]) == "ĐẢNG BỘ"
    assert from_runs([("Đảng bộ huyện", ".VnTime")]) == "Đảng bộ huyện"


def test_a_word_document_in_old_fonts_is_read_beside_a_modern_one() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph(tcvn3(WORDS))
    document.add_paragraph().add_run(vni(WORDS)).font.name = "VNI-Times"
    document.add_paragraph().add_run(WORDS).font.name = "Times New Roman"
    packed = io.BytesIO()
    document.save(packed)
    assert extract(packed.getvalue(), "x.docx").text == f"{WORDS}\n" * 3


def test_rtf_in_old_fonts_is_read() -> None:
    def run(font: int, text: str) -> str:
        return f"{{\\f{font} " + "".join(f"\\'{byte:02x}" for byte in text.encode("cp1252")) + "}\\par "

    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset0 .VnTime;}{\f2 VNI-Times;}}"
    body = run(1, tcvn3(WORDS)) + run(2, vni(WORDS)) + r"{\f0 caf\'e9}\par}"
    assert extract((head + body).encode("ascii"), "x.rtf").text == f"{WORDS}\n{WORDS}\ncafé\n"


def test_bytes_of_an_older_encoding_are_decoded_before_anything_is_guessed() -> None:
    assert to_unicode(decode(tcvn3(WORDS).encode("cp1252")), "tcvn3") == WORDS
