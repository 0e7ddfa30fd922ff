"""The docs keep up with the code: made pages, the map, the glossary, the steps and the paths they name."""

from __future__ import annotations

import re
import sys
from enum import Enum
from pathlib import Path

import pytest

from chithi.access.roles import Role
from chithi.core.periods import Kind
from chithi.db.measures import Counting
from chithi.db.viewer import Capability
from chithi.imports.kinds import ImportKind, ImportState
from chithi.indicators.catalogue import INDICATORS
from chithi.indicators.models import Covers, FigureRole, FigureState, Source
from chithi.jobs.kinds import JobState
from chithi.narrative.models import SpanState
from chithi.org.kinds import Expected, LinkKind, TreeEventKind, UnitKind
from chithi.privacy.kinds import Kept
from chithi.work.kinds import How, Topic, When

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "chithi"
PAGES = sorted(DOCS.rglob("*.md"))
HOW_TO = sorted(page for page in (DOCS / "how-to").glob("*.md") if page.name != "index.md")
SOURCES = ROOT.parent / "shared" / "design" / "INDICATORS.md"
sys.path.insert(0, str(ROOT / "tools"))
import reference  # type: ignore[import-not-found]  # noqa: E402
from indicator_figures import FIGURES  # type: ignore[import-not-found]  # noqa: E402

WORDED: tuple[type[Enum], ...] = (
    ImportKind, ImportState, UnitKind, TreeEventKind, LinkKind, Expected, Role, Capability, Counting,
    Source, Covers, FigureRole, FigureState, SpanState, Kind, Kept,
    JobState, When, Topic, How,
)  # fmt: skip


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("made", reference.PAGES)
def test_a_made_page_is_what_the_code_makes_today(made: str) -> None:
    stored = (DOCS / "reference" / made).read_text(encoding="utf-8")
    assert stored == reference.PAGES[made](), "run: make reference"


def test_figures_of_real_reports_belong_to_indicators_of_the_catalogue() -> None:
    assert sorted(set(FIGURES) - {indicator.code for indicator in INDICATORS}) == []


@pytest.mark.shared
def test_every_figure_of_the_sources_stands_in_the_reference() -> None:
    if not SOURCES.is_file():
        pytest.skip(
            "LEFT OUT: the folder shared beside the project root is not there, so the sources cannot be compared"
        )
    part = SOURCES.read_text(encoding="utf-8").partition("## 2.")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in part.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if re.fullmatch(r"[a-z_., ]+\.[a-z_., ]+", row[0])]
    assert len(rows) > 30
    listed = {code: " ".join(" ".join(found) for found in figures) for code, figures in FIGURES.items()}
    missing = []
    for row in rows:
        codes = row[0].split(", ")
        said = " ".join(listed.get(code, "") for code in codes)
        missing += [(row[0], number) for number in re.findall(r"\d[\d.,]*\d|\d", row[2]) if number not in said]
        missing += [(code, "not there") for code in codes if code not in listed]
    assert missing == []


def inner_packages() -> list[str]:
    """Packages within packages, such as `text/figures`; migrations belong to their models, commands to management."""
    folders = {path.parent.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
    inner = {folder.as_posix() for folder in folders if len(folder.parts) == 2 and folder.name != "migrations"}
    return sorted(inner)


@pytest.mark.parametrize("package", inner_packages())
def test_the_map_names_every_package_within_a_package(package: str) -> None:
    assert f"`{package}`" in (DOCS / "map.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("listed", WORDED, ids=lambda listed: listed.__name__)
def test_the_glossary_holds_every_word_of_a_closed_list(listed: type[Enum]) -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [member.value for member in listed if f"`{member.value}`" not in glossary] == []


def test_the_glossary_has_enough_rows_and_each_has_both_words() -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    words = [row for row in rows if row[0] != "tiếng Việt" and set(row[0]) != {"-"}]
    assert len(words) >= 60
    assert [row for row in words if len(row) != 3 or not row[0] or not row[1]] == []


@pytest.mark.parametrize("page", HOW_TO, ids=name)
def test_a_how_to_has_at_most_eight_steps_and_names_the_test_that_complains(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    steps = [int(number) for number in re.findall(r"^(\d+)\. ", text, flags=re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    assert 2 <= len(steps) <= 8
    assert re.search(r"`tests/[\w/.-]+|`test_\w+`|chithi verify|tools/messages\.py --check", text)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_and_tests_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|tools|docs|samples)/[\w./-]+)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []
    links = re.findall(r"\]\(([\w./-]+\.md)\)", text)
    assert [link for link in links if not (page.parent / link).is_file()] == []
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert [test for test in re.findall(r"`(test_\w+)`", text) if f"def {test}(" not in tests] == []
