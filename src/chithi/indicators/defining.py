"""Defining indicators: new ones, versions of those there are, retiring. Nothing is deleted, no id is given twice.

An indicator belongs to the whole installation: each act needs `Capability.DEFINE` everywhere and is journalled at the
root of the tree. Whoever changes one says which version they saw; where another has come meanwhile, `Stale`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.numbers import from_fixed, to_fixed
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark_whole
from chithi.indicators.catalogue_sync import FIRST_OWN_ID
from chithi.indicators.defining_rules import EARLIEST, Draft, NewMeasure, Summing, problems, why_not_day
from chithi.indicators.meanings import AT_ONCE, DATED
from chithi.indicators.models import Breakdown, Indicator, IndicatorDefinition, Measure, Member
from chithi.journal.actions import record
from chithi.org.places import tree_on
from chithi.text.vietnamese import clean, fold

WORDING = ("noun_vi", "noun_en", "noun_en_one", "period_kinds")
"""What of a measure may change while figures stand on it: how it is called, and when units are asked for it."""


@transaction.atomic
def define(*, by: Viewer, draft: Draft) -> Indicator:
    """A new indicator and, where its numerator is new, the measure that units then enter."""
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        wanted = cleaned(draft)
        refuse_wrong(wanted, by.today, None)
        measure = _made_measure(by, wanted) if wanted.numerator_id is None else None
        number = next_id(Indicator)
        order = wanted.order if wanted.order is not None else number
        indicator = Indicator.objects.create(
            id=number,
            code=f"own.{number}",
            group=wanted.group,
            order=order,
            words="\n".join(wanted.words),
            changed_here=True,
        )
        facts = _facts(wanted, measure.pk if measure else int(wanted.numerator_id or 0))
        if measure is None:
            _reword(by, Measure.objects.get(pk=facts["numerator_id"]), wanted.measure)
        IndicatorDefinition.objects.create(
            indicator=indicator, number=1, since=wanted.since, why=wanted.why, by_id=by.user_id, **facts
        )
        record("indicators.defined", by=by, unit_id=root_of(by), about=indicator, indicator=indicator.code)
    return indicator


@transaction.atomic
def redefine(*, by: Viewer, indicator_id: int, draft: Draft, seen: int) -> IndicatorDefinition:
    """A new version of an indicator: dated fields hold from `draft.since` on, all others at once.

    Refused where nothing would change (`indicators.nothing_changed`), or where a dated field would change from no day
    (`indicators.since_needed`).
    """
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        indicator, newest = _seen(indicator_id, seen)
        wanted = cleaned(draft)
        refuse_wrong(wanted, by.today, indicator_id)
        measure = _made_measure(by, wanted) if wanted.numerator_id is None else None
        facts = _facts(wanted, measure.pk if measure else int(wanted.numerator_id or 0))
        changed = _differences(newest, facts) + _moved(indicator, wanted)
        numerator = measure or Measure.objects.get(pk=facts["numerator_id"])
        changed += [] if measure else _reword(by, numerator, wanted.measure)
        if not changed:
            raise Refused("indicators.nothing_changed")
        dated = {field for field, _, _ in changed} & set(DATED)
        if dated and wanted.since is None:
            raise Refused("indicators.since_needed", field="since")
        indicator.changed_here = True
        indicator.save()
        version = IndicatorDefinition.objects.create(
            indicator=indicator,
            number=newest.number + 1,
            since=wanted.since if dated else newest.since,
            changed=changed,
            why=wanted.why,
            by_id=by.user_id,
            **facts,
        )
        record(
            "indicators.redefined",
            by=by,
            unit_id=root_of(by),
            about=indicator,
            indicator=indicator.code,
            version=version.number,
            changed=[field for field, _, _ in changed],
            since=version.since.isoformat() if dated and version.since else "",
        )
    return version


@transaction.atomic
def retire(*, by: Viewer, indicator_id: int, on: date | None, seen: int) -> Indicator:
    """Use an indicator no longer in periods that begin on `on` or later; None uses it again. What was stated stays."""
    by.require_everywhere(Capability.DEFINE)
    with only_one("definitions"):
        indicator, _newest = _seen(indicator_id, seen)
        if problem := why_not_day(on, by.today, "on"):
            raise problem
        if indicator.retired_on == on:
            raise Refused("indicators.nothing_changed", field="on")
        indicator.retired_on = on
        indicator.save(update_fields=["retired_on"])
        verb = "indicators.retired" if on else "indicators.resumed"
        facts = {"on": on.isoformat()} if on else {}
        record(verb, by=by, unit_id=root_of(by), about=indicator, indicator=indicator.code, **facts)
    return indicator


def cleaned(draft: Draft) -> Draft:
    """The draft with its words brought to one form; a name lacking in English is the Vietnamese one."""
    name = clean(draft.name_vi).strip()[:200]
    words = dict.fromkeys(" ".join(clean(phrase).lower().split()) for phrase in draft.words)
    return replace(
        draft,
        name_vi=name,
        name_en=clean(draft.name_en).strip()[:200] or name,
        measure=_cleaned_measure(draft.measure) if draft.measure else None,
        words=tuple(phrase for phrase in words if phrase),
        why=clean(draft.why).strip()[:300],
    )


def _cleaned_measure(measure: NewMeasure) -> NewMeasure:
    noun = clean(measure.noun_vi).strip()[:60]
    plural = clean(measure.noun_en).strip()[:60] or noun
    return replace(measure, noun_vi=noun, noun_en=plural, noun_en_one=clean(measure.noun_en_one).strip()[:60] or plural)


def refuse_wrong(draft: Draft, today: date, indicator_id: int | None) -> None:
    """Raise the first of everything wrong with a cleaned draft."""
    for problem in all_problems(draft, today, indicator_id):
        raise problem


def all_problems(draft: Draft, today: date, indicator_id: int | None) -> Iterable[Refused]:
    """Everything wrong with a cleaned draft, names and phrases of the other indicators compared. Three queries."""
    summing = {m.pk: Summing(m.roll_up, m.scale) for m in Measure.objects.all()}
    yield from problems(draft, summing, today)
    breakdown = draft.measure.breakdown_id if draft.measure and draft.numerator_id is None else None
    if breakdown is not None and not Breakdown.objects.filter(pk=breakdown).exists():
        yield Refused("indicators.no_breakdown", field="breakdown")
    others = Indicator.objects.exclude(pk=indicator_id or 0)
    names = {}
    for other, name in IndicatorDefinition.objects.order_by("number").values_list("indicator_id", "name_vi"):
        names[other] = name
    taken = {fold(names[other]): names[other] for other in others.values_list("pk", flat=True) if other in names}
    if fold(draft.name_vi) in taken:
        yield Refused("indicators.name_taken", field="name_vi", name=taken[fold(draft.name_vi)])
    theirs = {
        phrase: names.get(pk, "") for pk, words in others.values_list("pk", "words") for phrase in words.split("\n")
    }
    for phrase in draft.words:
        if phrase in theirs:
            yield Refused("indicators.words_taken", field="words", words=phrase, name=theirs[phrase])


def _made_measure(by: Viewer, draft: Draft) -> Measure:
    said = draft.measure or NewMeasure()
    number = next_id(Measure)
    measure = Measure.objects.create(
        id=number,
        code=f"own.{number}",
        counting=said.counting,
        scale=said.scale,
        expected=said.expected,
        roll_up=said.roll_up,
        breakdown_id=said.breakdown_id,
        name_vi=draft.name_vi,
        name_en=draft.name_en,
        noun_vi=said.noun_vi,
        noun_en=said.noun_en,
        noun_en_one=said.noun_en_one,
        period_kinds=",".join(said.period_kinds),
        changed_here=True,
    )
    mark_whole(root_of(by), [number], first=EARLIEST)
    return measure


def _reword(by: Viewer, measure: Measure, said: NewMeasure | None) -> list[list[str]]:
    """Bring what an existing measure is called to what was said; a measure from records keeps its kinds of period.

    A breakdown may be added to one that has none. Returns what changed.
    """
    if said is None:
        return []
    changed = []
    for name in WORDING:
        old, new = getattr(measure, name), getattr(said, name)
        if name == "period_kinds":
            new = old if measure.recorded else ",".join(new)
        if new != old and (new or name == "period_kinds"):
            changed.append([name, old, new])
            setattr(measure, name, new)
    if said.breakdown_id and not measure.breakdown_id and not measure.recorded:
        changed.append(["breakdown_id", "", str(said.breakdown_id)])
        measure.breakdown_id = said.breakdown_id
        mark_whole(root_of(by), [measure.pk], first=EARLIEST)
    if changed:
        measure.changed_here = True
        measure.save()
    return changed


def _facts(draft: Draft, numerator_id: int) -> dict[str, Any]:
    """The columns of a definition that a cleaned draft fills."""
    scale = 2 if draft.denominator_id else _scale(numerator_id)
    return {
        "name_vi": draft.name_vi,
        "name_en": draft.name_en,
        "decimals": draft.decimals,
        "numerator_id": numerator_id,
        "denominator_id": draft.denominator_id,
        "kind": draft.written,
        "direction": draft.direction,
        "target": None if draft.target is None else to_fixed(Decimal(draft.target), scale),
        "legal_basis": draft.legal_basis,
    }


def _differences(before: IndicatorDefinition, facts: dict[str, Any]) -> list[list[str]]:
    changed = [
        [name, _text(getattr(before, name)), _text(facts[name])]
        for name in (*AT_ONCE, *DATED)
        if name != "target" and getattr(before, name) != facts[name]
    ]
    old, new = _target(vars(before)), _target(facts)
    return changed if old == new else [*changed, ["target", old, new]]


def _target(facts: Mapping[str, Any]) -> str:
    """The target of a definition by its columns, in percent or in units."""
    if facts["target"] is None:
        return ""
    scale = 2 if facts["denominator_id"] else _scale(facts["numerator_id"])
    return f"{from_fixed(facts['target'], scale).normalize() + 0:f}"


def _scale(measure_id: int) -> int:
    return Measure.objects.values_list("scale", flat=True).get(pk=measure_id)


def _moved(indicator: Indicator, draft: Draft) -> list[list[str]]:
    """Bring place and phrases of the indicator to the draft; returns what changed."""
    wanted = {
        "group": draft.group,
        "order": indicator.order if draft.order is None else draft.order,
        "words": "\n".join(draft.words),
    }
    changed = [
        [name, _text(getattr(indicator, name)), _text(new)]
        for name, new in wanted.items()
        if getattr(indicator, name) != new
    ]
    for name, new in wanted.items():
        setattr(indicator, name, new)
    return changed


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _seen(indicator_id: int, seen: int) -> tuple[Indicator, IndicatorDefinition]:
    """The indicator and its newest version, which must be the one that was seen."""
    indicator = Indicator.objects.filter(pk=indicator_id).first()
    if indicator is None:
        raise Absent("indicators.no_indicator", indicator=indicator_id)
    newest = IndicatorDefinition.objects.filter(indicator_id=indicator_id).order_by("-number").first()
    if newest is None or newest.number != seen:
        raise Stale("db.stale")
    return indicator, newest


def next_id(model: type[Indicator | Measure | Breakdown | Member]) -> int:
    """The next id of what users define. Nothing is ever deleted, so none is given twice. Call under the lock."""
    most = model.objects.aggregate(most=Max("id"))["most"] or 0
    return int(max(most, FIRST_OWN_ID) + 1)


def root_of(by: Viewer) -> int:
    """The unit at which deeds about the whole installation are journalled: the first root of today's tree."""
    shape = tree_on(by.today).shape
    if not len(shape):
        raise Absent("org.no_unit", unit=0)
    return int(shape.unit_ids[shape.roots[0]])
