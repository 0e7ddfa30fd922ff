"""The phrases by which reports name indicators, as the intake needs them. Read anew for each document."""

from __future__ import annotations

from collections import defaultdict

from chithi.indicators.meanings import meanings
from chithi.indicators.models import Member
from chithi.text.own_words import OwnWords

_KINDS = {"money": ("money",), "area": ("area",), "length": ("length",), "workdays": ("workdays", "count")}
_COUNTED = ("count", "ratio", "percent", "change")


def own_words() -> tuple[OwnWords, ...]:
    """Indicators in use that have phrases of their own, with the parts of their breakdowns. Four queries at most."""
    named = [meaning for meaning in meanings() if meaning.indicator.words]
    if not named:
        return ()
    parts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for member in Member.objects.filter(merged_into__isnull=True).order_by("pk"):
        parts[member.breakdown_id].append((member.code, member.name_vi.lower()))
    found = []
    for meaning in named:
        kind = meaning.definition.kind
        found.append(
            OwnWords(
                code=meaning.code,
                phrases=tuple(phrase for phrase in meaning.indicator.words.split("\n") if phrase),
                noun="" if kind in ("money", "area", "length") else meaning.numerator.noun_vi.lower(),
                kinds=_KINDS.get(kind, _COUNTED),
                parts=tuple(parts[meaning.numerator.breakdown_id or 0]),
            )
        )
    return tuple(found)
