"""Every row of the format table, opened from the made file: profiles A and B of the Party, the State's apart."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest
import report_samples as reports
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from report_samples import a_full_report, a_report

from chithi.core.errors import Refused
from chithi.registry.kinds import Side
from chithi.reporting.content import Mode, Passage, PassageClass, ReportContent, Signatory
from chithi.reporting.formats import PROFILES, STATE_PROFILES, number_line, profile_on
from chithi.reporting.letter import GAP, Form, Letter, covering
from chithi.reporting.word import docx_bytes
from chithi.reporting.word_letter import letter_bytes

LAW = "Căn cứ Chỉ thị số 05-CT/TW"
PLAN = "Căn cứ Kế hoạch số 12-KH/TU;"
END = Passage(PassageClass.PROPOSALS, "Đề nghị cấp trên hướng dẫn sớm.", "", "Báo cáo xã A")


def of(code: str, **fields: object) -> ReportContent:
    """The full sample as a document of profile A, B or the State's (N), with grounds and a proposal at its end."""
    content = a_full_report(basis=(LAW, PLAN))
    content = replace(content, passages=(*content.passages, END))
    header = replace(content.header, day=date(2026, 5, 26) if code == "A" else date(2026, 6, 9))
    if code == "N":
        header = replace(header, side=Side.STATE, issuer="Ủy ban nhân dân xã An", issuer_symbol="UBND")
        content = replace(
            content, signatory=Signatory("Ủy ban nhân dân", "Phó Chủ tịch", "Lý Thị Thủy", head="Chủ tịch")
        )
    return replace(content, header=header, **fields)  # type: ignore[arg-type]


def opened(content: ReportContent | Letter) -> Document:
    made = letter_bytes(content) if isinstance(content, Letter) else docx_bytes(content)
    return docx.Document(io.BytesIO(made))


def words(cell: _Cell) -> list[str]:
    return [paragraph.text.replace("\u00a0", " ") for paragraph in cell.paragraphs]


def size(document: Document, text: str) -> float:
    """Points of the run that holds exactly this text, in a table or in the body."""
    cells = (cell for table in document.tables[:2] for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    run = next(run for paragraph in paragraphs for run in paragraph.runs if run.text.replace("\u00a0", " ") == text)
    assert run.font.size is not None
    return run.font.size.pt


@pytest.mark.parametrize("code", ["A", "B", "N"])
def test_page_margins_font_and_body_are_those_of_the_profile(code: str) -> None:
    made, profile = opened(of(code)), of(code).profile
    section, body = made.sections[0], made.styles["Normal"]
    assert profile.code == code
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge / Mm(1)) for edge in edges if edge is not None] == [20, 20, 30, 15]
    assert (body.font.name, body.font.size) == ("Times New Roman", Pt(14))
    layout = body.paragraph_format
    assert layout.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert (layout.line_spacing_rule, layout.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(17 if code == "N" else 18))
    assert layout.first_line_indent is not None
    assert round(layout.first_line_indent / Mm(1)) == 10
    assert layout.space_after == Pt(6)
    number = section.header.paragraphs[0]
    assert (number.alignment, "PAGE" in number._p.xml) == (WD_ALIGN_PARAGRAPH.CENTER, True)
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("code", "left", "right", "number"),
    [
        ("A", "*", ["ĐẢNG CỘNG SẢN VIỆT NAM", ""], "Số 27-BC/HU"),
        ("B", "*", ["ĐẢNG CỘNG SẢN VIỆT NAM", ""], "Số 27-BC/HU"),
        ("N", "", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", ""], "Số: 27/BC-UBND"),
    ],
)
def test_the_head_is_that_of_its_side(code: str, left: str, right: list[str], number: str) -> None:
    head = opened(of(code)).tables[0]
    assert words(head.rows[0].cells[0])[-1] == left
    assert words(head.rows[0].cells[1]) == right
    assert words(head.rows[1].cells[0]) == [number]
    ruled = [p for cell in head.rows[0].cells for p in cell.paragraphs if p._p.pPr.find(qn("w:pBdr")) is not None]
    assert len(ruled) == (2 if code == "N" else 1)
    assert {cell.get(qn("w:val")) for cell in head._tbl.tblPr.find(qn("w:tblBorders"))} == {"nil"}


@pytest.mark.parametrize(
    ("code", "sizes"),
    [("A", (15, 14, 14, 16, 14, 12)), ("B", (15, 14, 14, 15, 14, 12)), ("N", (12, 13, 13, 14, 12, 11))],
)
def test_sizes_are_those_of_the_profile(code: str, sizes: tuple[int, ...]) -> None:
    content = of(code)
    made, profile = opened(content), content.profile
    last = "- Lưu: VT." if code == "N" else f"- {profile.words.archive}"
    listed = (
        profile.banner,
        "TỈNH ỦY LÀO CAI",
        words(made.tables[0].rows[1].cells[0])[0],
        "BÁO CÁO",
        "Nơi nhận:",
        last,
    )
    assert tuple(size(made, text) for text in listed) == sizes


@pytest.mark.parametrize(
    ("code", "grounds", "slanted"),
    [
        ("A", ["- Căn cứ Chỉ thị số 05-CT/TW;", "- Căn cứ Kế hoạch số 12-KH/TU,"], False),
        ("B", ["- Căn cứ Chỉ thị số 05-CT/TW;", "- Căn cứ Kế hoạch số 12-KH/TU."], False),
        ("N", ["Căn cứ Chỉ thị số 05-CT/TW;", "Căn cứ Kế hoạch số 12-KH/TU."], True),
    ],
)
def test_each_ground_stands_on_a_line_and_the_last_closes_as_the_profile_says(
    code: str, grounds: list[str], slanted: bool
) -> None:
    found = [p for p in opened(of(code)).paragraphs if "Căn cứ" in p.text]
    assert [p.text for p in found] == grounds
    assert {bool(p.runs[0].italic) for p in found} == {slanted}


@pytest.mark.parametrize(
    ("code", "recipients", "signature", "bold"),
    [
        ("A", [",", ",", "."], ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"], [True, False]),
        ("B", [";", ";", "."], ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"], [True, False]),
        ("N", [";", ";", "."], ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], [True, True, True]),
    ],
)
def test_recipients_and_signature_are_those_of_the_profile(
    code: str, recipients: list[str], signature: list[str], bold: list[bool]
) -> None:
    left, right = opened(of(code)).tables[1].rows[0].cells
    assert [line[-1] for line in words(left)[1:]] == recipients
    assert bool(left.paragraphs[0].runs[0].underline) == (code != "N")
    assert words(right) == [*signature, "", "", "", "", of(code).signatory.name]
    assert [bool(p.runs[0].bold) for p in right.paragraphs[: len(bold)]] == bold
    assert right.paragraphs[-1].runs[0].bold


@pytest.mark.parametrize(
    ("code", "end"), [("A", "(Báo cáo xã A)."), ("B", "(Báo cáo xã A)."), ("N", "(Báo cáo xã A)./.")]
)
def test_the_text_ends_as_its_side_ends_it_and_never_parts_from_the_signature(code: str, end: str) -> None:
    made = opened(of(code))
    last = next(p for p in made.paragraphs if p.text.startswith("- Đề nghị cấp trên"))
    blank = made.paragraphs[[p.text for p in made.paragraphs].index(last.text) + 1]
    assert last.text.endswith(end)
    assert last.paragraph_format.keep_with_next
    assert (blank.text, blank.paragraph_format.keep_with_next) == ("", True)
    assert made.tables[1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


@pytest.mark.parametrize(("code", "heading"), [("A", "I- KẾT"), ("B", "I- KẾT"), ("N", "I. KẾT")])
def test_headings_stay_with_what_they_head(code: str, heading: str) -> None:
    made = opened(of(code))
    first = next(p for p in made.paragraphs if p.style is not None and p.style.name == "Heading 1")
    assert first.text.startswith(heading)
    assert all(made.styles[name].paragraph_format.keep_with_next for name in ("Heading 1", "Heading 2"))


def test_neither_side_takes_words_of_the_other() -> None:
    party, state = (opened(of(code)).element.xml for code in ("B", "N"))
    assert not [word for word in ("CỘNG HÒA", "Độc lập", "TM.", "KT.", "./.", "Số:") if word in party]
    assert not [word for word in ("ĐẢNG CỘNG SẢN", "T/M", "-----", "I- ") if word in state]


@pytest.mark.parametrize("profiles", [PROFILES, STATE_PROFILES])
def test_the_profile_is_one_of_its_side_whatever_the_day(profiles: tuple) -> None:  # type: ignore[type-arg]
    side = profiles[0].side
    for day in (date(1990, 1, 1), profiles[-1].valid_from, date(2040, 1, 1)):
        assert profile_on(day, side) in profiles


def test_a_table_of_the_annex_repeats_its_head_breaks_no_row_and_leaves_no_head_behind() -> None:
    wide = replace(reports.DEEDS, name="Việc " * 40)
    lines = [replace(reports.OWN_INDICATOR, code=f"local.n{n}", value=Decimal(n)) for n in range(90)]
    made = opened(a_report(wide, *lines))
    annex = made.tables[2]
    assert made.sections[1].orientation == 1
    for place, row in enumerate(annex.rows):
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert (row._tr.trPr.find(qn("w:tblHeader")) is not None) == (place < 2)
    section = next(row for row in annex.rows if row.cells[0].text == "I")
    for row in (*annex.rows[:2], section):
        assert row.cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert not annex.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_the_number_of_a_letter_bears_no_kind_on_the_states_side() -> None:
    words_of_state = STATE_PROFILES[0].words
    assert number_line(3, "CV", "UBND-VP", words_of_state) == "Số: 03/UBND-VP"
    assert number_line(3, "CV", "HU") == "Số 03-CV/HU"
    assert number_line(None, "BC", "", words_of_state) == "Số:      /BC"


def test_a_collective_is_never_stood_in_for() -> None:
    for body in ("Ban Thường vụ", "Đảng ủy", "ỦY BAN nhân dân", "Uỷ ban nhân dân", "Thị ủy"):
        with pytest.raises(Refused, match="collective_in_place"):
            Signatory(body, "Phó", "An", Mode.IN_PLACE)
        with pytest.raises(Refused, match="collective_in_place"):
            Signatory("X", "Phó", "An", head=body)


def test_what_only_the_state_knows_is_refused_in_a_document_of_the_party() -> None:
    party, state = PROFILES[-1].words, STATE_PROFILES[0].words
    by_authority = Signatory("Chủ tịch", "Giám đốc", "An", Mode.BY_AUTHORITY)
    within = Signatory("Ủy ban nhân dân", "Phó Chủ tịch", "An", head="Chủ tịch")
    assert by_authority.authority(state) == ("TUQ. CHỦ TỊCH",)
    assert within.authority(state) == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")
    with pytest.raises(Refused, match="not_of_this_side"):
        by_authority.authority(party)
    with pytest.raises(Refused, match="collective_in_place"):
        within.authority(party)


@pytest.mark.parametrize(("mode", "body", "line"), [
    (Mode.IN_PLACE, "Bí thư", "K/T BÍ THƯ"),
    (Mode.BY_ORDER, "Ban Thường vụ", "T/L BAN THƯỜNG VỤ"),
    (Mode.ON_BEHALF, "Chi bộ", "T/M CHI BỘ"),
])  # fmt: skip
def test_the_forms_of_the_party_are_written_with_a_slash(mode: Mode, body: str, line: str) -> None:
    assert Signatory(body, "Phó Bí thư", "An", mode).authority(PROFILES[0].words) == (line,)


@pytest.mark.parametrize(
    ("code", "about", "slanted"), [("A", "Về gửi", True), ("B", "Về gửi", True), ("N", "V/v gửi", False)]
)
def test_a_letter_bears_its_summary_under_its_number(code: str, about: str, slanted: bool) -> None:
    made = opened(covering(of(code), number=7, day=date(2026, 6, 10)))
    number, summary = made.tables[0].rows[1].cells[0].paragraphs
    assert number.text in ("Số 07-CV/HU", "Số: 07/UBND")
    assert summary.text.startswith(about)
    assert (summary.runs[0].font.size, bool(summary.runs[0].italic)) == (Pt(12), slanted)
    assert any(p.text == "Kính gửi: Tỉnh ủy Lào Cai" for p in made.paragraphs)
    body = " ".join(p.text for p in made.paragraphs)
    assert ("Báo cáo số 27-BC/HU" if code != "N" else "Báo cáo số 27/BC-UBND") in body
    assert words(made.tables[1].rows[0].cells[0])[1][:10] == "- Như trên"


def test_a_submission_is_addressed_as_its_profile_says() -> None:
    led = {}
    for code, day in (("A", date(2026, 5, 26)), ("B", date(2026, 5, 27))):
        made = opened(covering(of(code), number=None, day=day, form=Form.SUBMISSION))
        led[code] = next(p.text for p in made.paragraphs if p.text.startswith("Kính"))
        assert made.paragraphs[0].text == "TỜ TRÌNH"
        assert made.tables[0].rows[1].cells[0].text.endswith("-TTr/HU")
    assert led == {"A": "Kính gửi: Tỉnh ủy Lào Cai", "B": "Kính trình: Tỉnh ủy Lào Cai"}


def test_a_letter_to_nobody_is_refused() -> None:
    content = a_report(header=replace(a_report().header, parent=""), recipients=("Lưu Văn phòng",))
    with pytest.raises(Refused, match="nobody_to_write_to"):
        covering(content, number=1, day=date(2026, 6, 1))
    assert covering(content, number=None, day=date(2026, 6, 1)).to == (GAP,)
    for item in ("Sở A.", "Sở A (để báo cáo),", " Sở A  (để b/c); "):
        assert covering(replace(content, recipients=(item,)), number=1, day=date(2026, 6, 1)).to == ("Sở A",)


def test_the_offices_spelling_is_that_of_the_whole_document_but_for_the_name_of_who_signs() -> None:
    said = Passage(PassageClass.TASKS, "Cấp ủy, thủy lợi hòa giải.", "https://chithi.example/uỷ", "Thị ủy")
    content = replace(of("N", spelling="all_second"), passages=(said,))
    made = opened(content)
    xml = made.element.xml
    assert "Cấp uỷ, thuỷ lợi hoà giải." in xml
    assert "Thị uỷ" in xml
    assert "TM. UỶ BAN NHÂN DÂN" in xml
    assert "CỘNG HOÀ XÃ HỘI" in xml
    assert "Lý Thị Thủy" in xml
    assert "ủy" not in xml.replace("Lý Thị Thủy", "")
    assert made.core_properties.author == "Uỷ ban nhân dân xã An"
    assert "TM. ỦY BAN" in opened(of("N")).element.xml
