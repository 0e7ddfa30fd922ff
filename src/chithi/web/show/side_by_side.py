"""Small pictures side by side: the units below one, one indicator, one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.charts.description import Multiples, Small
from chithi.charts.scale import scale_over
from chithi.core.periods import Period
from chithi.db.viewer import Viewer
from chithi.indicators.choice import Chosen
from chithi.indicators.meanings import Meaning
from chithi.indicators.queries import Contribution, contributions, sequence
from chithi.indicators.side_by_side import histories
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard, cards
from chithi.reporting.pictured import Measured, point_of
from chithi.text.vietnamese import sort_key
from chithi.web.templatetags.chithi_format import language

PERIODS = 8
SMALLS = 48
"""Pictures on a page."""


@dataclass(frozen=True)
class Side:
    """The units below one in the order of their newest number, with the periods before; `first` of `total` shown."""

    meaning: Meaning
    period: Period
    periods: tuple[Period, ...]
    parts: tuple[Contribution, ...]
    named: Mapping[int, UnitCard]
    before: Mapping[int, tuple[Chosen | None, ...]]
    total: int

    def history(self, part: Contribution) -> list[Chosen | None]:
        """One unit's numbers, oldest first, the newest last."""
        return [*self.before.get(part.unit_id, (None,) * (len(self.periods) - 1)), part.chosen]


def side(
    viewer: Viewer, unit_id: int, period: Period, meaning: Meaning, *, worst: bool = False, page: int | None = 1
) -> Side:
    """Read it; `page` None means all units. About twenty queries."""
    parts = contributions(viewer, unit_id, period, meaning)
    named = cards(viewer, [part.unit_id for part in parts], period.last)
    parts = [part for part in parts if part.present and part.unit_id in named]
    ordered = _ordered(parts, named, meaning, worst=worst)
    shown = ordered if page is None else ordered[(page - 1) * SMALLS : page * SMALLS]
    told = histories(viewer, unit_id, [part.unit_id for part in shown], period, meaning, PERIODS)
    return Side(
        meaning=meaning,
        period=period,
        periods=tuple(sequence(period, PERIODS)),
        parts=tuple(shown),
        named=named,
        before={unit: tuple(chosen for _code, chosen in history) for unit, history in told.items()},
        total=len(ordered),
    )


def _ordered(
    parts: Sequence[Contribution], named: Mapping[int, UnitCard], meaning: Meaning, *, worst: bool
) -> list[Contribution]:
    """By number, most first or worst first; those without one last, all of the same by name."""
    measured = Measured.of(meaning, [part.chosen for part in parts])
    rising = worst and meaning.definition.direction != "down"

    def by_number(part: Contribution) -> tuple[bool, Decimal]:
        value = measured.value(part.chosen)
        return value is None, (value or Decimal(0)) * (1 if rising else -1)

    return sorted(sorted(parts, key=lambda part: sort_key(named[part.unit_id].short_name)), key=by_number)


def _trimmed(found: Side) -> Side:
    """Without the oldest periods in which no unit shown has a number."""
    columns = zip(*(found.history(part) for part in found.parts), strict=True)
    empty = [all(one is None or one.missing for one in column) for column in columns]
    first = next((at for at, none in enumerate(empty) if not none), 0)
    before = {unit: history[first:] for unit, history in found.before.items()}
    return replace(found, periods=found.periods[first:], before=before)


def multiples_of(found: Side) -> Multiples | None:
    """The pictures; None where no unit has a number in two periods."""
    found = _trimmed(found)
    every = {part.unit_id: found.history(part) for part in found.parts}
    measured = Measured.of(found.meaning, [chosen for history in every.values() for chosen in history])
    values = [v for history in every.values() for chosen in history if (v := measured.value(chosen)) is not None]
    if not any(sum(measured.value(chosen) is not None for chosen in history) > 1 for history in every.values()):
        return None
    aim = measured.aim
    scale = scale_over([*values, *([aim.value] if aim else [])], measured.tick)
    smalls = tuple(_small(found, part, every[part.unit_id], measured) for part in found.parts)
    return Multiples(_said(found, every, measured), smalls, scale, aim)


def _small(found: Side, part: Contribution, history: list[Chosen | None], measured: Measured) -> Small:
    card = found.named[part.unit_id]
    number_id = found.meaning.indicator.pk
    points = tuple(
        point_of(measured, at, chosen, lambda p: address(number_id, card.id, p))
        for at, chosen in zip(found.periods, history, strict=True)
    )
    newest = points[-1]
    return Small(
        name=card.short_name,
        href=f"{reverse('unit', args=[card.id])}?ky={found.period.code}",
        text=f"{newest.sign} {newest.text}".strip(),
        why=f"{card.short_name}. " + "; ".join(f"{p.label}: {p.text or _('chưa có số')}" for p in points),
        door=newest.href,
        points=points,
        short=newest.value is not None and measured.short(newest.value),
    )


def _said(found: Side, every: Mapping[int, list[Chosen | None]], measured: Measured) -> str:
    """How many rose and how many fell against the period before, named."""
    moves = [
        now - was
        for history in every.values()
        if len(history) > 1
        and (now := measured.value(history[-1])) is not None
        and (was := measured.value(history[-2])) is not None
    ]
    rose, fell = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    before = found.periods[-2].label(language()) if len(found.periods) > 1 else ""
    told = ngettext(
        "So với %(period)s, trong %(all)s đơn vị có số ở cả hai kỳ: %(rose)s tăng, %(fell)s giảm.",
        "So với %(period)s, trong %(all)s đơn vị có số ở cả hai kỳ: %(rose)s tăng, %(fell)s giảm.",
        len(moves),
    ) % {"period": before[:1].lower() + before[1:] if language() != "en" else before,
         "all": len(moves), "rose": rose, "fell": fell}  # fmt: skip
    return told if moves else _("Chưa đơn vị nào có số ở hai kỳ liền nhau.")
