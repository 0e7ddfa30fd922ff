"""What holds for every file: no address of a registry or machine, files and functions of readable size."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
MEANINGLESS = {"utils", "util", "common", "helpers", "helper", "misc", "extras", "stuff"}
SOURCES = [path for folder in ("src", "tests", "tools") for path in sorted((PROJECT / folder).rglob("*.py"))]
WRITTEN = [path for path in SOURCES if "migrations" not in path.parts]

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
MACHINE_PATHS = ["/" + name for name in ("work/", "root/", "home/user", "opt/pypi")] + ["." + "library"]
OF_OURS = r"(?<!chithi)"  # src/chithi/work/ is a package
FORBIDDEN = re.compile("|".join(OF_OURS + re.escape(word) for word in REGISTRIES + MACHINE_PATHS))


def tracked() -> list[Path]:
    """Every file of the project that is kept under version control."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("LEFT OUT: this is no git checkout, so what belongs to the project is not known")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := PROJECT / name).is_file()]


def test_no_file_names_a_package_registry_or_a_folder_of_somebodys_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), 1)
        found += [f"{path.relative_to(PROJECT)}:{n}" for n, line in lines if FORBIDDEN.search(line)]
    assert not found


def test_the_search_would_find_what_it_looks_for() -> None:
    assert all(FORBIDDEN.search(f"see https://{name}/x") for name in REGISTRIES)
    assert all(FORBIDDEN.search(f"cd {name}x") for name in MACHINE_PATHS)


def test_no_file_is_too_long_to_read_at_one_sitting() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in WRITTEN}
    assert not {str(path.relative_to(PROJECT)): n for path, n in lengths.items() if n > LONGEST_FILE}


def test_no_function_is_too_long_to_take_in() -> None:
    found = []
    for path in WRITTEN:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{path.relative_to(PROJECT)}:{node.lineno} {node.name}: {length} lines")
    assert not found


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part.removesuffix(".py") for path in WRITTEN for part in path.relative_to(PROJECT).parts}
    assert not names & MEANINGLESS


def test_every_module_says_what_it_owns() -> None:
    silent = []
    for path in WRITTEN:
        text = path.read_text("utf-8")
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            silent.append(str(path.relative_to(PROJECT)))
    assert not silent


def test_only_what_is_asked_for_is_left_unfinished() -> None:
    """Nothing is left for later in a comment: what is not there is not promised."""
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    files = [path for path in tracked() if path.suffix in {".py", ".html", ".js", ".css", ".sh", ".toml"}]
    found = [str(path.relative_to(PROJECT)) for path in files if marks.search(path.read_text("utf-8"))]
    assert not found
