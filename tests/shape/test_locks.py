"""The locked requirements: every package by digest, one version for the product and its tests, no address."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = (*(f"requirements/{name}.txt" for name in ("base", "dev", "docs", "node")), "tools/setup.txt")
PIN = re.compile(r"^([A-Za-z0-9_.\[\]-]+)==(\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def pins(name: str) -> dict[str, tuple[str, str]]:
    """Package -> (version, the rest of its entry)."""
    return {m[1].lower(): (m[2], m[3]) for m in PIN.finditer((PROJECT / name).read_text("utf-8"))}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_digests_and_no_address(name: str) -> None:
    locked = pins(name)
    assert locked
    assert not [package for package, (_, rest) in locked.items() if "--hash=sha256:" not in rest]
    assert "://" not in (PROJECT / name).read_text("utf-8")


def test_the_tests_run_on_the_versions_the_product_runs_on() -> None:
    dev = pins("requirements/dev.txt")
    for lock in ("requirements/base.txt", "requirements/docs.txt"):
        pinned = pins(lock)
        assert {package: pinned[package][0] for package in pinned} == {package: dev[package][0] for package in pinned}


def test_the_front_end_lock_names_digests_and_no_address_to_fetch_from() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
