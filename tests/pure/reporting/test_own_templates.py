"""Templates of offices: what fields give, what lists and conditions repeat or leave out, numbers as links."""

from __future__ import annotations

import io

import docx
import pytest
from template_samples import (
    CODES,
    DAY,
    PROPERTIES,
    VALUES,
    lines_of,
    made_of,
    packed,
    part_of,
    repacked,
    said,
    template,
)

from chithi.core.numbers import MISSING
from chithi.reporting.own_templates.child import filled
from chithi.reporting.own_templates.fields import FIELDS, LISTS, PARTS, Field, every_name, folded, read, scope_at
from chithi.reporting.own_templates.starter import starter


def test_a_field_is_the_same_in_any_spelling_and_language() -> None:
    spellings = ("{{ cơ quan ban hành }}", "{{co_quan_ban_hanh}}", "{{ CƠ QUAN  BAN HÀNH }}", "{{ issuing body }}")
    assert lines_of(template(*spellings)) == ["Đảng ủy xã Ví Dụ"] * 4


def test_no_two_fields_of_one_place_share_a_folded_name() -> None:
    def names(fields: tuple[Field, ...]) -> list[str]:
        return [name for field in fields for name in {folded(field.vi), folded(field.en)}]

    def walk(above: tuple[Field, ...], lists: tuple[Field, ...]) -> None:
        for one in lists:
            inner = (*above, *one.inside)
            assert len(names(inner)) == len(set(names(inner))), one.key
            walk(inner, tuple(field for field in one.inside if field.inside))

    everywhere = (*FIELDS, *LISTS)
    assert len(names(everywhere)) == len(set(names(everywhere)))
    assert len(names(PARTS)) == len(set(names(PARTS)))
    walk(FIELDS, LISTS)


def test_no_name_begins_like_a_deed() -> None:
    for name, field in every_name().items():
        assert read(name).name == name, field.key
        assert read(f"mỗi {name}").name == name


def test_the_invented_report_has_something_in_every_field_and_list() -> None:
    def look(fields: tuple[Field, ...], scope: dict[str, object]) -> None:
        for field in fields:
            assert field.key in scope, field.key
            value = scope[field.key]
            assert isinstance(value, list)
            for item in value if field.inside else ():
                look(field.inside, item)

    look((*FIELDS, *LISTS), VALUES)
    assert all(VALUES[field.key] for field in LISTS)
    assert [field.key for field in FIELDS if not VALUES[field.key]] == ["motto", "in_place"]  # of the State alone
    assert set(scope_at(())) == {folded(name) for field in (*FIELDS, *LISTS) for name in (field.vi, field.en)}


def test_braces_that_word_cut_into_runs_are_one_field_in_the_look_of_the_first() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kính gửi ")
    for text, bold in (("{", True), ("{ cơ quan", False), (" cấp ", False), ("trên }", False), ("} và ai", False)):
        paragraph.add_run(text).bold = bold
    made = made_of(packed(document)).paragraphs[0]
    assert made.text == "Kính gửi Tỉnh ủy Ví Dụ và ai"
    assert [run.text for run in made.runs if run.bold and run.text] == ["Tỉnh ủy Ví Dụ"]


def test_two_fields_in_one_run_and_a_line_break_between_stay_in_order() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("A {{ nơi lập }} B {{ kỳ báo cáo }} C")
    run.add_break()
    run.add_text("D {{ phạm vi }}")
    made = made_of(packed(document)).paragraphs[0]
    assert made.text == "A Ví Dụ B Năm 2025 C\nD toàn xã"


def test_a_list_in_one_paragraph_repeats_its_words() -> None:
    assert lines_of(template("Gửi: {{ mỗi nơi nhận }}{{ tên nơi nhận }} {{ hết nơi nhận }}.")) == [
        "Gửi: - Ban Thường vụ Tỉnh ủy; - Các chi bộ trực thuộc; - Lưu Đảng ủy. ."
    ]


def test_a_list_over_paragraphs_repeats_them_and_loses_those_of_the_braces() -> None:
    told = lines_of(template("{{ mỗi mục }}", "{{ số mục }}. {{ tên mục }}", "{{ hết mục }}", "Hết"))
    assert told == ["1. Về quán triệt, học tập", "2. Về sinh hoạt chi bộ", "3. Về tuyên truyền", "Hết"]


def test_braces_at_the_edges_of_paragraphs_repeat_them_whole() -> None:
    told = lines_of(template("{{ mỗi bài học }}Bài học:", "{{ câu trích }}{{ hết bài học }}"))
    assert told == ["Bài học:", "Giao việc phải kèm theo ngày phải xong."]


def test_a_list_in_a_list_takes_the_items_of_its_own() -> None:
    told = lines_of(template("{{ mỗi mục }}", "{{ mỗi câu }}{{ số mục }}: {{ lời câu }}{{ hết câu }}", "{{ hết }}"))
    assert [line[:2] for line in told] == ["1:", "2:"]
    assert "1.234/1.250 đảng viên" in told[0]


def test_a_list_in_the_cells_of_a_row_repeats_the_row() -> None:
    rows = [["TT", "Tên"], ["{{ mỗi dòng phụ lục }}{{ số thứ tự }}", "{{ tên tiêu chí }}{{ hết dòng phụ lục }}"]]
    table = made_of(template(rows=rows)).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Tên"]
    assert len(table.rows) == 1 + len(VALUES["rows"])
    assert [cell.text for cell in table.rows[1].cells] == ["I", "Quán triệt, học tập"]


def test_a_list_over_rows_drops_the_rows_that_hold_only_its_braces() -> None:
    rows = [["{{ mỗi nơi nhận }}", ""], ["-", "{{ tên nơi nhận }}"], ["{{ hết nơi nhận }}", ""]]
    table = made_of(template(rows=rows)).tables[0]
    assert [row.cells[1].text for row in table.rows] == [
        "- Ban Thường vụ Tỉnh ủy;",
        "- Các chi bộ trực thuộc;",
        "- Lưu Đảng ủy.",
    ]


def test_a_table_whose_rows_are_all_left_out_goes() -> None:
    rows = [["{{ mỗi nơi nhận }}{{ tên nơi nhận }}", "{{ hết nơi nhận }}"]]
    assert made_of(template(rows=rows), {**VALUES, "recipients": []}).tables == []


def test_a_cell_whose_paragraphs_are_left_out_keeps_one() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "{{ nếu có tiêu ngữ }}"
    cell.add_paragraph("Có")
    cell.add_paragraph("{{ hết tiêu ngữ }}")
    cell = made_of(packed(document)).tables[0].rows[0].cells[0]
    assert [one.text for one in cell.paragraphs] == [""]


def test_conditions_keep_what_there_is_and_leave_out_what_there_is_not() -> None:
    told = lines_of(
        template(
            "{{ nếu có người ký }}Ký: {{ người ký }}{{ hết người ký }}",
            "{{ nếu có tiêu ngữ }}{{ tiêu ngữ }}{{ hết tiêu ngữ }}",
            "{{ nếu không có tiêu ngữ }}Văn bản của Đảng{{ hết }}",
            "{{ nếu có bài học }}Có bài học{{ hết }}",
            "{{ if indicator study.members }}Có học{{ end }}",
        )
    )
    assert told == ["Ký: Nguyễn Văn Ví Dụ", "Văn bản của Đảng", "Có bài học", "Có học"]


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("chỉ tiêu study.members", "1.234"),
        ("chi_tieu STUDY.MEMBERS, gia tri", "1.234"),
        ("indicator study.members, unit", "đảng viên"),
        ("chỉ tiêu study.members, tỷ lệ", "98,7%"),
        ("chỉ tiêu study.members, tổng số", "1.250"),
        ("chỉ tiêu study.members, cùng kỳ", "1.190"),
        ("chỉ tiêu study.classes, tăng giảm", "tăng 03"),
        ("chỉ tiêu study.members, tên", "Đảng viên đã học tập"),
        ("chỉ tiêu study.members, số đơn vị đã báo", "40/43"),
        ("chỉ tiêu org.members_on_duty", "1.234"),
    ],
)
def test_an_indicator_gives_its_parts(asked: str, printed: str) -> None:
    assert lines_of(template(f"[{{{{ {asked} }}}}]")) == [f"[{printed}]"]


def test_a_number_that_nobody_stated_is_a_dash_and_is_not_there() -> None:
    values = {**VALUES, "any_indicator": None}
    told = lines_of(
        template("{{ chỉ tiêu org.members_on_duty }}", "{{ nếu không có chỉ tiêu org.members_on_duty }}Thiếu{{ hết }}"),
        values,
    )
    assert told == [MISSING, "Thiếu"]
    assert lines_of(template("[{{ chỉ tiêu org.members_on_duty, tỷ lệ }}]"), values) == ["[]"]


def test_a_change_is_told_only_where_every_unit_has_spoken() -> None:
    assert lines_of(template("[{{ chỉ tiêu study.members, tăng giảm }}]")) == ["[]"]


def test_numbers_are_links_to_their_trace_with_dots_below_and_text_is_not() -> None:
    made = made_of(template("Có {{ chỉ tiêu study.members }} {{ chỉ tiêu study.members, đơn vị tính }}"))
    (link,) = made.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("1.234", "https://chithi.example/so/study.members")
    assert 'w:val="dotted"' in made.paragraphs[0]._p.xml
    assert said(made.paragraphs[0]) == "Có 1.234 đảng viên"


def test_links_in_the_foot_of_the_page_belong_to_the_foot() -> None:
    document = docx.Document()
    document.add_paragraph("Thân {{ nơi lập }}")
    document.sections[0].footer.paragraphs[0].text = "Tra cứu: {{ địa chỉ tra cứu }}"
    foot = made_of(packed(document)).sections[0].footer.paragraphs[0]
    assert foot.hyperlinks[0].address == "https://chithi.example/ma/VIDU-2345-6789"


def test_a_number_inside_a_link_of_the_template_adds_no_second_link() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("{{ chỉ tiêu study.members }}")
    link = docx.oxml.OxmlElement("w:hyperlink")
    paragraph._p.append(link)
    link.append(run._r)
    made = made_of(packed(document)).paragraphs[0]
    assert len(made._p.findall(f".//{link.tag}")) == 1
    assert said(made) == "1.234"


def test_words_of_a_report_are_text_and_never_braces_or_markup() -> None:
    values = {**VALUES, "summary": ["<b>&{{ người ký }}</b>"]}
    assert lines_of(template("{{ trích yếu }}"), values) == ["<b>&{{ người ký }}</b>"]


def test_the_same_template_and_report_give_the_same_bytes_without_the_author_of_the_template() -> None:
    document = docx.Document()
    document.add_paragraph("{{ trích yếu }}")
    document.core_properties.author = "Ai Đó"
    data = packed(document)
    first, names = filled(data, VALUES, PROPERTIES)
    assert first == filled(data, VALUES, PROPERTIES)[0]
    assert names == ["summary"]
    made = docx.Document(io.BytesIO(first)).core_properties
    assert (made.author, made.created.date()) == ("Đảng ủy xã Ví Dụ", DAY)
    assert "Ai Đó" not in part_of(first, "docProps/core.xml")


def test_the_tie_to_a_template_on_somebodys_disk_is_taken_out() -> None:
    data = template("{{ trích yếu }}")
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" Target="file:///C:/Users/ai/Mau.dotm" TargetMode="External"/></Relationships>'
    )
    file, _ = filled(repacked(data, {"word/_rels/settings.xml.rels": rels.encode()}), VALUES, PROPERTIES)
    assert "Mau.dotm" not in part_of(file, "word/_rels/settings.xml.rels")


def test_the_starter_fills_without_a_word_left_over_and_shows_all_parts() -> None:
    document = made_of(starter(DAY))
    told = "\n".join(said(one) for one in document.paragraphs)
    assert "{{" not in told
    assert "}}" not in told
    for words in ("I- KẾT QUẢ THỰC HIỆN", "1. Về quán triệt, học tập", "V- ĐỀ XUẤT, KIẾN NGHỊ", "Tra cứu số liệu:"):
        assert words in told
    annex = document.tables[-1]
    assert len(annex.rows) == 1 + len(VALUES["rows"])
    assert starter(DAY) == starter(DAY)


def test_the_starter_says_where_a_part_has_nothing() -> None:
    values = {**VALUES, "tasks": []}
    assert "[Chưa có nội dung; người soạn thảo bổ sung.]" in lines_of(starter(DAY), values)
    assert filled(starter(DAY), VALUES, PROPERTIES, CODES)[1]
