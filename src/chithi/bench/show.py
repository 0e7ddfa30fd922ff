"""A measurement as one JSON object or as a table. Pure."""

from __future__ import annotations

from typing import Any

from chithi.bench.measured import Case, Measured, machine

HEADS = ("case", "size", "ours", "rivals", "floor", "peak", "checked")


def as_object(measured: Measured) -> dict[str, Any]:
    """The object that `--json` prints. A rival that was not measured is named in `versions` as left out."""
    versions = measured.versions | {name: f"left out: {why}" for name, why in measured.left_out.items()}
    return {
        "bench": measured.bench,
        "machine": machine(),
        "versions": versions,
        "cases": [_case(case) for case in measured.cases],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "case": case.case,
        "size": case.size,
        "ours_s": _round(case.ours_s),
        "rivals": {name: _round(seconds) for name, seconds in case.rivals.items()},
        "floor_s": None if case.floor_s is None else _round(case.floor_s),
        "peak_mib": round(case.peak_mib, 1),
        "checked": case.checked,
        **({"details": {name: _round(number) for name, number in case.details.items()}} if case.details else {}),
    }


def _round(seconds: float) -> float:
    return float(f"{seconds:.4g}")


def table(measured: Measured) -> str:
    """The same as lines of text, columns aligned."""
    rows = [HEADS, *(_row(case) for case in measured.cases)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    versions = ", ".join(f"{name} {number}" for name, number in measured.versions.items())
    return "\n".join([f"{measured.bench}: {machine()}; {versions}", *lines])


def _row(case: Case) -> tuple[str, ...]:
    rivals = ", ".join(
        f"{name} {_seconds(s)} ({s / case.ours_s:.1f}x)" for name, s in sorted(case.rivals.items(), key=lambda r: r[1])
    )
    floor = "-" if case.floor_s is None else f"{_seconds(case.floor_s)} (ours {case.ours_s / case.floor_s:.1f}x)"
    return case.case, case.size, _seconds(case.ours_s), rivals or "-", floor, f"{case.peak_mib:.0f} MiB", case.checked


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"
