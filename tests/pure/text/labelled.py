"""Labelled texts: own texts with labels in the text, samples, and the hand-labelled figures beside the project.

In own/*.txt a figure stands as ⟦quote|kind value total=… percent=… max=…⟧; `vague` figures have no value.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
OWN = Path(__file__).resolve().parent / "own"
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
_LABEL = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")


def shared() -> Path:
    """The folder with real reports and hand labels; skips loudly where it is absent."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("NOT CHECKED: the folder `shared` with gold figures does not stand beside the project")
    return SHARED


def scorer() -> ModuleType:
    """The scoring program that stands beside the project."""
    spec = importlib.util.spec_from_file_location("score_figures", shared() / "tools" / "score_figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold() -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Name, text and labels of every gold document; line ends as they stand in the file."""
    folder = shared()
    for path in sorted((folder / "gold").glob("*.gold.jsonl")):
        name = path.name.removesuffix(".gold.jsonl")
        if name.startswith("seed-"):
            source = next((folder / "seeds").glob(f"{name.removeprefix('seed-')}_*.txt"))
        else:
            source = folder / "gold" / "texts" / f"{name}.txt"
        labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        yield name, source.read_bytes().decode("utf-8"), labels


def seed(number: str) -> str:
    """The verbatim text of a real report."""
    path = next((shared() / "seeds").glob(f"{number}_*.txt"))
    return path.read_bytes().decode("utf-8")


def own() -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Name, text without marks, and labels of our own texts."""
    for path in sorted(OWN.glob("*.txt")):
        text, labels = strip_labels(path.read_text(encoding="utf-8"))
        yield path.stem, text, labels


def strip_labels(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its marks, and one label per mark."""
    text, labels, at = "", [], 0
    for found in _LABEL.finditer(marked):
        text += marked[at : found.start()]
        labels.append(_label(found.group(1), found.group(2), len(text)))
        text += found.group(1)
        at = found.end()
    return text + marked[at:], labels


def _label(quote: str, said: str, start: int) -> dict[str, Any]:
    kind, *rest = said.split()
    label: dict[str, Any] = {
        "doc": "own",
        "start": start,
        "quote": quote,
        "kind": kind,
        "value": None,
        "total": None,
        "percent": None,
        "value_max": None,
    }
    for part in rest:
        name, _, value = part.partition("=")
        if part == "vague":
            label["vague"] = True
        elif part == "malformed":
            label["malformed"] = True
        elif value:
            label["value_max" if name == "max" else name] = float(value)
        else:
            label["value"] = float(part)
    return label


def f1(pairs: list[tuple[list[dict[str, Any]], list[dict[str, Any]]]], *, durations: bool = False) -> float:
    """Pooled micro-F1 of (gold, read) pairs by the rules of the scoring program; vague gold is optional."""
    score = scorer()
    hit = missed = extra = 0
    for labels, found in pairs:
        matched, used = score.hits(labels, found)
        reached = {id(label) for label, _ in matched}
        hit += sum((label["kind"] == "duration") == durations for label, _ in matched)
        missed += sum(
            id(label) not in reached and not label.get("vague") and (label["kind"] == "duration") == durations
            for label in labels
        )
        extra += sum(
            index not in used and (fact["kind"] == "duration") == durations for index, fact in enumerate(found)
        )
    return 2 * hit / max(1, 2 * hit + missed + extra)
