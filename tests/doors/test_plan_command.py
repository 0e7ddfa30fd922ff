"""Reorganising from the command line: tried, applied and undone, every problem on a line of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from chithi.cli import main
from chithi.org.kinds import PlanState
from chithi.org.models import Reorganisation, UnitState, valid_on
from tests.concepts.test_tree_plans import DAY, SHEET, row
from tests.worlds import World

pytestmark = pytest.mark.django_db
_WHY = "a test looks at plans"
HOW = ("--under", "T", "--on", "2026-07-01", "--document", "76-NQ/TU")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHITHI_LANGUAGE", "en")


def sheet(folder: Path, rows: list[list[str]]) -> str:
    path = folder / "sap-xep.csv"
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in cells) for cells in rows), encoding="utf-8")
    return str(path)


def parent_of(world: World, code: str) -> int | None:
    return UnitState.objects.everywhere(because=_WHY).get(valid_on(DAY), unit_id=world.unit(code)).parent_id


def test_a_sheet_is_tried_applied_and_undone(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = sheet(tmp_path, SHEET)
    assert main(("plan", "preview", file, *HOW)) == 0
    out = capsys.readouterr().out
    assert "Opened: 1 X1" in out
    assert "Nothing was changed." in out
    assert not Reorganisation.objects.everywhere(because=_WHY).exists()
    assert main(("plan", "apply", file, *HOW)) == 0
    plan = Reorganisation.objects.everywhere(because=_WHY).get()
    assert f"Plan {plan.pk} was applied from 2026-07-01." in capsys.readouterr().out
    assert (plan.state, plan.title, parent_of(world, "B1")) == (PlanState.APPLIED, "sap-xep", world.unit("T"))
    assert main(("plan", "undo", str(plan.pk), "--on", "2026-07-01", "--document", "80-NQ/TU")) == 0
    assert parent_of(world, "B1") == world.unit("B")


def test_what_is_wrong_is_told_line_by_line_and_nothing_is_kept(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path, [SHEET[0], row("vanish", "A1"), row("move", "Z9", parent_code="A")])
    assert main(("plan", "apply", file, *HOW)) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert [line.split(":")[1].strip() for line in said] == ["Row 2, column “What”", "Row 3, column “Code”"]
    assert main(("plan", "apply", sheet(tmp_path, [["Màu"], ["đỏ"]]), *HOW)) == 2
    assert main(("plan", "apply", str(tmp_path / "none.csv"), *HOW)) == 2
    assert main(("plan", "undo", "7", "--on", "2026-07-01")) == 2
    assert not Reorganisation.objects.everywhere(because=_WHY).exists()
