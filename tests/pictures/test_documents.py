"""The documents as LibreOffice draws them, page by page, against kept pictures that were looked at.

Left out, and said so, where LibreOffice is not installed. `CHITHI_RECORD=1` takes the pictures anew.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chithi.text import office
from tests.pictures.compare import MOST_HOMELESS, RECORD, difference, homeless, keep, kept, must_look_like, pages
from tests.pictures.samples import DOCUMENTS, SPOILT

KEPT = Path(__file__).parent / "documents"
FONT = "LiberationSerif"
SECONDS = 170


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The pages of every document by name; LibreOffice is begun once."""
    program = office.program()
    if program is None:
        pytest.skip("LibreOffice is not here (apt-get install libreoffice-writer-nogui): documents are not drawn")
    matched = subprocess.run(["fc-match", "Times New Roman"], capture_output=True, text=True, check=False).stdout
    assert FONT in matched, "Times New Roman is not drawn in its metric twin: apt-get install fonts-liberation2"
    folder = tmp_path_factory.mktemp("drawn")
    files = []
    for name, make in (*DOCUMENTS.items(), *SPOILT.items()):
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(make())
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], timeout=SECONDS, check=True, capture_output=True
    )
    shutil.rmtree(folder / "profile", ignore_errors=True)
    return {file.stem: pages(file.with_suffix(".pdf").read_bytes()) for file in files}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_page_looks_as_kept(
    name: str, drawn: dict[str, list[Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = drawn[name]
    if RECORD:
        for old in KEPT.glob(f"{name}-*.png"):
            old.unlink()
    else:
        assert len(made) == len(list(KEPT.glob(f"{name}-*.png"))), f"{name} has {len(made)} pages now"
    out = tmp_path_factory.getbasetemp() / "different"
    for number, page in enumerate(made, 1):
        must_look_like(page, KEPT / f"{name}-{number}.png", out, record=RECORD)


def test_two_millimetres_of_margin_are_seen(drawn: dict[str, list[Any]], tmp_path: Path) -> None:
    assert homeless(drawn["with-margin"][0], drawn["profile-b"][0]).sum() > 50 * MOST_HOMELESS
    with pytest.raises(AssertionError, match="looks different"):
        must_look_like(drawn["with-margin"][0], KEPT / "profile-b-1.png", tmp_path)


def test_a_table_that_lost_its_head_on_the_second_page_is_seen(drawn: dict[str, list[Any]]) -> None:
    whole, spoilt = drawn["wide-annex"], drawn["without-heads"]
    counts = [int(homeless(one, other).sum()) for one, other in zip(whole, spoilt, strict=False)]
    assert max(counts) > 50 * MOST_HOMELESS
    assert counts[0] == 0


def test_a_line_moved_by_half_a_millimetre_is_seen_and_soft_edges_are_not() -> None:
    page = kept(KEPT / "profile-b-1.png")
    rows = np.flatnonzero((page < 128).any(axis=1))
    last = int(rows[-1])
    top = last - 12
    moved = page.copy()
    moved[top : last + 3] = page[top - 2 : last + 1]
    assert homeless(moved, page).sum() > MOST_HOMELESS
    beside = np.pad(page, ((0, 0), (1, 0)), constant_values=255)[:, :-1]
    soft = ((page.astype(int) * 3 + beside) // 4).astype(np.uint8)
    assert homeless(soft, page).sum() <= MOST_HOMELESS


def test_the_difference_is_marked_where_it_is(tmp_path: Path) -> None:
    before = np.full((60, 60), 255, np.uint8)
    before[10:20, 10:50] = 0
    after = before.copy()
    after[40:48, 10:50] = 0
    keep(tmp_path / "one.png", before)
    with pytest.raises(AssertionError, match="looks different in 320 dots") as told:
        must_look_like(after, tmp_path / "one.png", tmp_path / "out")
    assert str(tmp_path / "out" / "one-difference.png") in str(told.value)
    red = (difference(after, before) == (255, 0, 0)).all(axis=-1)
    assert red[44, 30]
    assert not red[15, 30]
