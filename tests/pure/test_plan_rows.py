"""A plan is read from the cells of a sheet; every problem is named by its row and column, in the user's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.org.kinds import StepKind, UnitKind
from chithi.org.plan_cells import template
from chithi.org.plan_rows import MAY, NEEDS, read_rows
from chithi.org.plan_words import HEADS, KINDS, PROBLEMS, WHATS, understood

HEAD = ["Việc", "Mã", "Tên", "Tên ngắn", "Loại", "Là chi bộ", "Là tổ chức cơ sở", "Cấp trên", "Kế thừa", "Đảng viên"]


def found(*rows: list[str]) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in read_rows([HEAD, *rows]).problems]


def row(**cells: str) -> list[str]:
    return [cells.get(column, "") for column in HEADS]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_is_understood_as_it_stands(language: str) -> None:
    sheet = read_rows(template(language))
    assert sheet.problems == ()
    assert {step.what for step in sheet.steps} == set(StepKind)


def test_a_row_is_understood_without_tone_marks_in_any_order_of_columns() -> None:
    sheet = read_rows(
        [["ma cap tren", "ma don vi", "VIEC", "ten", "loai"], ["HL", "X1", "thanh lap", "Xã Mới", "co quan"]]
    )
    step = sheet.steps[0]
    assert (step.row, step.what, step.codes, step.parent_code) == (2, StepKind.OPEN, ("X1",), "HL")
    assert (step.kind, step.is_cell, step.is_grassroots) == (UnitKind.AGENCY, None, None)


def test_several_codes_stand_in_one_cell() -> None:
    steps = read_rows([HEAD, row(what="sáp nhập", codes="A1; A2,A1\nA3", heir_code="H")]).steps
    assert steps[0].codes == ("A1", "A2", "A3")


def test_all_problems_are_found_not_only_the_first() -> None:
    assert found(
        row(what="biến mất", codes="A"),
        row(what="thành lập", codes="X 1", kind="làng", parent_code="HL"),
        row(),
        row(what="đổi tên", codes="A; B", name="x" * 201, heir_code="C"),
        row(what="đổi loại", codes="A"),
        row(codes="A"),
        row(what="đổi loại", codes="A", is_cell="chắc là có"),
    ) == [
        (2, "what", "plan.unknown_what"),
        (3, "name", "plan.missing"),
        (3, "codes", "plan.bad_code"),
        (3, "kind", "plan.unknown_kind"),
        (5, "heir_code", "plan.not_used"),
        (5, "codes", "plan.one_code"),
        (5, "name", "plan.too_long"),
        (6, "kind", "plan.missing"),
        (7, "what", "plan.missing"),
        (8, "is_cell", "plan.unknown_flag"),
        (8, "kind", "plan.missing"),
    ]


def test_a_unit_opens_once_and_ends_once() -> None:
    opening = row(what="thành lập", codes="X", name="Xã X", kind="đảng bộ xã", parent_code="HL")
    closing = row(what="kết thúc", codes="A", heir_code="X")
    problems = read_rows([HEAD, opening, opening, closing, closing]).problems
    assert [(p.row, p.code, p.facts["first"]) for p in problems] == [
        (3, "plan.opened_twice", 2),
        (5, "plan.closed_twice", 4),
    ]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([], ["plan.no_heads", "plan.no_heads", "plan.empty"]),
        ([HEAD], ["plan.empty"]),
        ([["Việc", "Mã", "Màu", "Mã"], ["chuyển", "A"]], ["plan.head_unknown", "plan.head_twice"]),
        ([HEAD, *[["chuyển"]] * 20_001], ["plan.too_many_rows"]),
    ],
)
def test_a_sheet_that_is_no_plan_says_so(rows: list[list[str]], codes: list[str]) -> None:
    assert [p.code for p in read_rows(rows).problems] == codes


def test_a_problem_names_row_and_column_in_both_languages() -> None:
    problem = read_rows([HEAD, row(what="bay đi", codes="A")]).problems[0]
    assert problem.said("vi").startswith("Dòng 2, cột “Việc”: Không hiểu việc “bay đi”. Dùng một trong: thành lập,")
    assert problem.said("en").startswith("Row 2, column “What”: The change “bay đi” is not understood.")
    assert problem.said("en").endswith("abolish, change kind, transfer.")


def test_every_word_is_understood_as_itself_and_every_kind_has_its_columns() -> None:
    for words in (WHATS, KINDS):
        for member, languages in words.items():
            for said in (*languages[0], *languages[1]):
                assert understood(words, said) is member  # type: ignore[type-var]
    assert set(WHATS) == set(NEEDS) == set(StepKind)
    assert set(KINDS) == set(UnitKind)
    assert set(MAY) <= set(StepKind)
    assert all(len(PROBLEMS[code]) == 2 for code in PROBLEMS)


@given(st.lists(st.lists(st.text(max_size=20), max_size=12), max_size=8))
def test_no_sheet_breaks_the_reading(rows: list[list[str]]) -> None:
    for sheet in (read_rows(rows), read_rows([HEAD, *rows])):
        for problem in sheet.problems:
            assert problem.said("vi")
            assert problem.said("en")
