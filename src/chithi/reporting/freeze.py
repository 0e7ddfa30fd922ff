"""What a made report printed, as plain data, and the short code derived from it.

Everything printed goes into the code, who made the report and where the installation stands do not: the same report
made by two people, or after the installation has moved, is one. Pure.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from chithi.registry.kinds import Side
from chithi.reporting.content import Beside, Line, Previous, ReportContent

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another on paper
LEVEL, TARGET = "level", "target"


def frozen_lines(content: ReportContent, unit_id: int) -> list[dict[str, Any]]:
    """One object a line: what was printed, without addresses."""
    return [_frozen(line, unit_id) for line in content.lines]


def _frozen(line: Line, unit_id: int) -> dict[str, Any]:
    return {
        "indicator": line.code,
        "name": line.name,
        "unit": unit_id,
        "period": line.period_code,
        "role": TARGET if line.is_target else LEVEL,
        "value": _text(line.value),
        "value_max": _text(line.value_max),
        "bound": line.bound.value,
        "total": _text(line.total),
        "percent": _text(line.percent),
        "stated": line.percent_stated,
        "spoke": line.spoke,
        "expected": line.expected,
        "source": line.source.value,
        "before": _text(line.previous.value) if line.previous else None,
        "previous": _previous(line.previous) if line.previous else None,
        "of_period": line.of_period,
        "unconfirmed": line.unconfirmed,
        "target": line.is_target,
        "version": line.version,
        "members": [[member.code, _text(member.value)] for member in line.members],
        "parts": [[part.about, _text(part.value), _text(part.value_max)] for part in line.parts],
        **({"groups": [_beside(cell) for cell in line.beside]} if line.beside else {}),
    }


def _beside(cell: Beside) -> dict[str, Any]:
    """What stood in a group's column."""
    return {
        "group": cell.group,
        "value": _text(cell.value),
        "total": _text(cell.total),
        "percent": _text(cell.percent),
        "spoke": cell.spoke,
        "expected": cell.expected,
    }


def _previous(before: Previous) -> dict[str, Any]:
    """What was printed of the period compared with; `period` "" where the text only names it."""
    return {
        "period": before.period_code,
        "label": before.label,
        "value": _text(before.value),
        "total": _text(before.total),
        "percent": _text(before.percent),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def code_of(content: ReportContent, unit_code: str, period_code: str, written_with: str = "") -> str:
    """Twelve letters in three groups, e.g. `K3MW-97TQ-HXVD`, of a content with neither base nor code yet.

    `written_with` is the digest of the office's own template; the prescribed form has none.
    """
    told = [unit_code, period_code, _told(content), *([written_with] if written_with else [])]
    printed = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    number = int.from_bytes(hashlib.sha256(printed.encode()).digest()[:12], "big")
    letters = []
    for _ in range(12):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "-".join("".join(letters[i : i + 4]) for i in (0, 4, 8))


_UNPRINTED = ("section", "reworded")


def _told(content: ReportContent) -> dict[str, Any]:
    """What the code is made from. Only where it is not the first, the version of a definition belongs to it, so that
    reports made before definitions had versions keep their codes; only where there are any, the columns of groups and
    what an office has set of its own."""
    told = asdict(content)
    for name in ("columns", "basis", "spelling", "pictures"):
        if not told[name]:
            del told[name]
    if content.header.side is Side.PARTY:
        del told["header"]["side"]
    if not content.signatory.head:
        del told["signatory"]["head"]
    for line in told["lines"]:
        for name in (*_UNPRINTED, *(["version"] if line["version"] == 1 else [])):
            del line[name]
        if not content.columns:
            del line["beside"]
    return told


def addressed(content: ReportContent, base: str, code: str) -> ReportContent:
    """The same content with addresses of this installation; those of numbers lead to what the report printed."""

    def door(path: str) -> str:
        return f"{base}{path}{'&' if '?' in path else '?'}ma={code}" if path else ""

    def line(one: Line) -> Line:
        return replace(
            one,
            address=door(one.address),
            previous=replace(one.previous, address=door(one.previous.address)) if one.previous else None,
            members=tuple(replace(member, address=door(member.address)) for member in one.members),
            parts=tuple(replace(part, address=door(part.address)) for part in one.parts),
            beside=tuple(replace(cell, address=door(cell.address)) for cell in one.beside),
        )

    return replace(
        content,
        base_url=base,
        code=code,
        lines=tuple(line(one) for one in content.lines),
        pictures=tuple(replace(picture, address=door(picture.address)) for picture in content.pictures),
        passages=tuple(
            replace(passage, address=f"{base}{passage.address}" if passage.address else "")
            for passage in content.passages
        ),
    )


def printed_in(
    lines: list[dict[str, Any]], indicator: str, unit_id: int, period_code: str, *, role: str = LEVEL, member: str = ""
) -> dict[str, str | None] | None:
    """{"value", "percent"} as printed at exactly this address: indicator, unit, period, role, part of a breakdown.

    A line's own number goes before the one it was compared with; None where the report printed nothing there.
    """
    about = [line for line in lines if line["indicator"] == indicator and line["unit"] == unit_id]
    for line in about:
        if (line.get("period"), line.get("role")) != (period_code, role):
            continue
        if not member:
            return {"value": line["value"], "percent": line["percent"]}
        parts = dict(line["members"])
        if member in parts:
            return {"value": parts[member], "percent": None}
    for before in (line.get("previous") for line in about):
        if before and before["period"] == period_code and role == LEVEL and not member:
            return {"value": before["value"], "percent": before["percent"]}
    return None


def printed_of_group_in(
    lines: list[dict[str, Any]], indicator: str, group_id: int, period_code: str
) -> dict[str, str | None] | None:
    """{"value", "percent"} as printed in a group's column; None where the report printed nothing there."""
    for line in lines:
        if (line["indicator"], line.get("period"), line.get("role")) == (indicator, period_code, LEVEL):
            for cell in line.get("groups", ()):
                if cell["group"] == group_id and (cell["value"] is not None or cell["percent"] is not None):
                    return {"value": cell["value"], "percent": cell["percent"]}
    return None
