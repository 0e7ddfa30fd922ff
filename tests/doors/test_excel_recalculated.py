"""Another programme reckons every formula of a workbook to the value we wrote beside it. Needs LibreOffice Calc."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from chithi.core.periods import parse
from chithi.reporting.excel_files import annex_now
from chithi.text.office import program
from tests.concepts.test_excel_annex import everything
from tests.concepts.test_grouped import grown

pytestmark = pytest.mark.django_db


def without_results(data: bytes) -> tuple[bytes, int]:
    """The workbook with its formulas but none of their results, and how many formulas there are."""
    target, count = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                bare, found = re.subn(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", content.decode())
                content, count = bare.encode(), count + found
            new.writestr(part, content)
    return target.getvalue(), count


def recalculated(data: bytes, folder: Path) -> bytes:
    """What LibreOffice Calc makes of it; skips where there is no Calc (Writer alone does not open workbooks)."""
    path = program()
    if path is None:
        pytest.skip("NOT CHECKED: LibreOffice is not installed")
    given = folder / "given.xlsx"
    given.write_bytes(data)
    made = folder / "made" / "given.xlsx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        path,
        profile,
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(made.parent), str(given)], check=False, capture_output=True, timeout=120)
    if not made.is_file():
        pytest.skip("NOT CHECKED: LibreOffice has no Calc")
    return made.read_bytes()


def test_every_formula_reckoned_again_gives_what_we_wrote(db: None, tmp_path: Path) -> None:
    tree = grown(Random(3))
    with annex_now(everything(), tree.units[0].pk, parse("2025")) as file:
        data = file.read()
    bare, formulas = without_results(data)
    assert formulas > 5
    ours = CalamineWorkbook.from_filelike(io.BytesIO(data))
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(recalculated(bare, tmp_path)))
    for name in ours.sheet_names:
        mine = ours.get_sheet_by_name(name).to_python(skip_empty_area=False)
        other = theirs.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for at, row in enumerate(mine):
            told = {column: value for column, value in enumerate(row) if value != ""}
            assert told == {column: other[at][column] for column in told}, (name, at)
