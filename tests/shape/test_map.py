"""docs/map.md is a map: every package and top folder stands on it, and nothing stands on it that is not there."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MAP = PROJECT / "docs" / "map.md"
NAMED = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


def named() -> set[str]:
    return set(NAMED.findall(MAP.read_text("utf-8")))


def packages() -> set[str]:
    return {f"src/chithi/{path.parent.name}/" for path in (PROJECT / "src/chithi").glob("*/__init__.py")}


def test_every_package_of_the_product_stands_on_the_map() -> None:
    assert packages() - named() == set()


def test_every_folder_of_tests_stands_on_the_map() -> None:
    folders = {f"tests/{path.name}/" for path in (PROJECT / "tests").iterdir() if any(path.glob("**/test_*.py"))}
    assert folders - named() == set()


def test_everything_on_the_map_is_there() -> None:
    assert [name for name in sorted(named()) if not (PROJECT / name).exists()] == []
