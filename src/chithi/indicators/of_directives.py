"""Indicators about one directive: how many of the units that it asks have issued a document of their own.

The measures of the catalogue count a document under any directive in force. For one directive each kind of unit that
it asks gets a measure of its own, whose code ends in the directive's number; all else (totals, traces, reports,
versions of the definition) is as for any indicator. Where the directive asks every unit of the kind in the
installation, the count is a share of them; else it is a count alone, because who was asked is told by the cascade.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.core.errors import Refused
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.directives.measures import ABOUT
from chithi.directives.models import Directive
from chithi.directives.reading import one
from chithi.directives.rules import read
from chithi.freshness.actions import mark_whole
from chithi.indicators.defining import next_id, root_of
from chithi.indicators.defining_rules import EARLIEST
from chithi.indicators.models import Indicator, IndicatorDefinition, Measure
from chithi.journal.actions import record
from chithi.org.kinds import Expected
from chithi.org.places import tree_on
from chithi.registry.kinds import NAMES, DocumentKind

_OF = {Expected.GRASSROOTS.value: "org.grassroots", Expected.CELLS.value: "org.cells"}
"""By the kind of units that a directive asks: the measure that counts all of them."""
_NAMED = {
    Expected.GRASSROOTS.value: (
        "Tổ chức cơ sở đảng đã triển khai {name} số {sign}",
        "Grassroots organisations that carry out {name} {sign}",
    ),
    Expected.CELLS.value: ("Chi bộ đã triển khai {name} số {sign}", "Cells that carry out {name} {sign}"),
}


@dataclass(frozen=True)
class OfDirective:
    """An indicator about a directive: its id, and which kind of units it counts."""

    indicator_id: int
    expected: str


def count_directive(*, by: Viewer, directive_id: int) -> list[OfDirective]:
    """Make them, one for each kind of unit asked that can be counted. Those that are there stay as they are."""
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        directive = one(by, directive_id)
        if directive.is_draft:
            raise Refused("directives.still_draft")
        if not counts_as_indicator(directive):
            raise Refused("indicators.directive_asks_nobody")
        for indicator in make(directive, by.today, by_id=by.user_id):
            root = root_of(by)
            record("indicators.defined", by=by, unit_id=root, about=indicator, indicator=indicator.code)
            mark_whole(
                root, list(Measure.objects.filter(code=indicator.code).values_list("pk", flat=True)), first=EARLIEST
            )
        return of_directive(directive.pk)


def counts_as_indicator(directive: Directive) -> bool:
    """Whether a document asks units that can be counted."""
    return not directive.is_draft and any(kind in _OF for kind in read(directive.expects))


def of_directive(directive_id: int) -> list[OfDirective]:
    """The indicators about a directive, in the order in which kinds of units are asked. One query."""
    codes = {f"{base}.{directive_id}": base.removeprefix("directives.") for base in ABOUT}
    rows = Indicator.objects.filter(code__in=codes, retired_on__isnull=True).order_by("pk")
    return [OfDirective(pk, codes[code]) for pk, code in rows.values_list("pk", "code")]


def make(directive: Directive, today: date, *, by_id: int | None) -> list[Indicator]:
    """Those indicators about a document that are not there yet. Neither journalled nor computed: the caller does."""
    known = {found.expected for found in of_directive(directive.pk)}
    asks_all = directive.to_all and _is_root(directive.unit_id, today)
    asked = [kind for kind in read(directive.expects) if kind in _OF and kind not in known]
    return [_made(directive, expected, asks_all, by_id) for expected in asked]


def _made(directive: Directive, expected: str, asks_all: bool, by_id: int | None) -> Indicator:
    shipped = Measure.objects.get(code=f"directives.{expected}")
    denominator = Measure.objects.get(code=_OF[expected]) if asks_all else None
    facts = {"name": NAMES[DocumentKind(directive.kind)][0], "sign": directive.sign}
    vi, en = (words.format(**facts)[:200] for words in _NAMED[expected])
    code = f"directives.{expected}.{directive.pk}"
    counting = ("counting", "scale", "expected", "roll_up", "recorded", "period_kinds")
    nouns = ("noun_vi", "noun_en", "noun_en_one")
    measure = Measure.objects.create(
        id=next_id(Measure),
        code=code,
        name_vi=vi,
        name_en=en,
        changed_here=True,
        **{name: getattr(shipped, name) for name in counting + nouns},
    )
    number = next_id(Indicator)
    indicator = Indicator.objects.create(id=number, code=code, group="plan", order=number, changed_here=True)
    IndicatorDefinition.objects.create(
        indicator=indicator,
        number=1,
        name_vi=vi,
        name_en=en,
        numerator=measure,
        denominator=denominator,
        kind="share" if denominator else "count",
        target=10_000 if denominator else None,
        by_id=by_id,
    )
    return indicator


def _is_root(unit_id: int, today: date) -> bool:
    """Whether all units of a day stand below one."""
    tree = tree_on(today)
    at = tree.find(unit_id)
    return at is not None and (at, int(tree.shape.hi[at])) == (0, len(tree.shape))
