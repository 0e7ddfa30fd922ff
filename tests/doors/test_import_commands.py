"""`chithi import` and `chithi export`: a sheet in, a sheet out, problems by row and column with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from chithi.cli import imports, main
from chithi.imports.kinds import ImportKind
from chithi.org.models import Membership
from chithi.sheets import read
from chithi.sheets.writing import Cell
from tests.concepts.import_desk import BECAUSE, sheet
from tests.worlds import BEGAN, World, add_members

pytestmark = pytest.mark.django_db
SEN: dict[str, Cell] = {"name": "Vũ Thị Sen", "birth_year": 1990, "cell": "A11", "since": BEGAN}


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own locale decides nothing in these tests."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CHITHI_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


def members() -> int:
    return Membership.objects.everywhere(because=BECAUSE).count()


def test_the_command_line_knows_every_kind() -> None:
    assert tuple(ImportKind) == imports.KINDS


def test_a_sheet_is_tried_then_applied(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "nguoi.csv"
    file.write_bytes(sheet(ImportKind.PEOPLE, SEN, {**SEN, "birth_year": None}, ending="csv"))
    assert main(["import", "people", str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out == ("Sẽ thêm 2, thay đổi 0, giữ nguyên 0.\n  Dòng 3: Vũ Thị Sen, giống Dòng 2\n")
    assert members() == 0
    assert main(["--lang", "en", "import", "people", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Added 2, changed 0, left 0 as they are."
    assert members() == 2


def test_problems_are_told_and_nothing_is_written(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nguoi.csv"
    file.write_bytes(sheet(ImportKind.PEOPLE, SEN, {**SEN, "cell": "B11"}, ending="csv"))
    assert main(["import", "people", str(file), "--unit", "A1"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[0].startswith("Dòng 3, Mã chi bộ: Không có đơn vị mang mã “B11”")
    assert said.err.splitlines()[-1] == "Có 1 chỗ cần sửa; chưa ghi gì."
    assert members() == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "people", "khong-co.csv"], "không có tệp"),
        (["import", "people", "."], "là thư mục"),
        (["import", "cats", "a.csv"], "phải là một trong"),
        (["export", "people", "a.pdf"], "phải là một trong"),
        (["export", "people", "a.csv", "--unit", "ZZZ"], "Không tìm thấy đơn vị"),
        (["export", "people", "/khong/co/a.csv"], "không ghi được"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    world: World, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1
    assert words in said.err


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_exported_comes_back_unchanged(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    add_members(world.units["A11"], 2)
    file = tmp_path / f"nguoi.{ending}"
    assert main(["export", "people", str(file), "--unit", "A", "--date", "2026-01-01"]) == 0
    (found,) = read(file.read_bytes(), file.name)
    assert len(found.rows) == 3
    assert main(["import", "people", str(file)]) == 0
    assert "giữ nguyên 2." in capsys.readouterr().out
