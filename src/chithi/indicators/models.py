"""Definitions (ids are given once and never reused), figures (append-only) and packed totals."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded, Open
from chithi.indicators.kinds import Covers, FigureRole, FigureState, Source


class PeriodRow(Open):
    """A period that some figure or total speaks of; `code` is the lasting address (`chithi.core.periods`)."""

    code = models.CharField(max_length=60, unique=True)
    first = models.DateField()
    last = models.DateField(db_index=True)


class Breakdown(Open):
    """A way to split a count, e.g. member or not. `version` counts changes of its name, 1 as it was made.

    `changed_here`: its wording is the installation's own, which an upgrade leaves alone (so in the tables below).
    """

    id = models.IntegerField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    changed_here = models.BooleanField(default=False)


class Member(Open):
    """One part of a breakdown, in use from `since` until the day before `until` (null: always).

    What was merged into another part is counted with it from `until` on. `version` counts changes.
    """

    id = models.IntegerField(primary_key=True)
    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_here = models.BooleanField(default=False)

    class Meta(Open.Meta):
        constraints = [models.UniqueConstraint(fields=["breakdown", "code"], name="member_code_once")]


class MemberVersion(Open):
    """What a part of a breakdown was after its change `number`, when, by whom (null: it came with the program)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    merged_into_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Open.Meta):
        constraints = [models.UniqueConstraint(fields=["member", "number"], name="member_version_once")]


class Measure(Open):
    """What is counted. `scale` is the number of decimal places of its fixed-scale integers.

    `counting` is flow, stock or distinct; `expected` names the kind of units that must speak; `roll_up` is `sum`
    or `none`. `recorded` measures have a declaration of the same code in the registry. `period_kinds` are the kinds of
    period units enter it for, separated by commas (empty: any); `noun_en_one` what one of them is called in English.
    """

    id = models.IntegerField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    counting = models.CharField(max_length=10)
    scale = models.PositiveSmallIntegerField(default=0)
    expected = models.CharField(max_length=20)
    roll_up = models.CharField(max_length=10, default="sum")
    breakdown = models.ForeignKey(Breakdown, null=True, on_delete=models.PROTECT, related_name="+")
    recorded = models.BooleanField(default=False)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    noun_vi = models.CharField(max_length=60)
    noun_en = models.CharField(max_length=60)
    noun_en_one = models.CharField(max_length=60, blank=True)
    period_kinds = models.CharField(max_length=80, blank=True)
    changed_here = models.BooleanField(default=False)


class Indicator(Open):
    """A lasting identity; what it means now and meant before stands in its definitions.

    From `retired_on` no new period uses it. `words` are phrases by which reports name it, one a line.
    """

    id = models.IntegerField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    group = models.CharField(max_length=30)
    order = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    changed_here = models.BooleanField(default=False)


class IndicatorDefinition(Open):
    """One version of an indicator: numerator over denominator, or a measure alone.

    `target` and `decimals` concern display and judgement of the share (or of the count where there is no
    denominator); `target` is in hundredths of a percent for shares, in the measure's fixed scale for counts.

    `since`: the first day of which its formula, direction, target and legal basis hold (null: from the beginning); a
    later version goes before an earlier one from its own day on. Names and decimals of the newest version hold for all
    periods (see `chithi.indicators.meanings`). `changed` lists what differs from the version before as [field, old,
    new]; `why` gives the reason or document.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    numerator = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    denominator = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="count")
    direction = models.CharField(max_length=10, default="up")
    target = models.BigIntegerField(null=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    legal_basis = models.CharField(max_length=40, default="LOCAL_INTERNAL_BASIS")
    since = models.DateField(null=True)
    changed = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Open.Meta):
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once")]


class Figure(Guarded):
    """One statement: measure × unit × period × breakdown member × source × covers × role. Append-only.

    `value` and `value_max` are integers in the measure's fixed scale; a figure known only as a share has no value.
    `stated_total` is a denominator written in the source; `stated_share` hundredths… of a percent with
    `share_decimals` digits as written (63 → 63 with 0 digits, 94,2 → 942 with 1). An implied total is never stored.
    `against` says in words what a change is measured against ("so với năm 2011"); `noun` what a text counts, as it
    words it, so that an unclear group ("cá nhân, tập thể") stays as unclear as its source.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(PeriodRow, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Source])
    covers = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Covers])
    about = models.CharField(max_length=200, blank=True)
    value = models.BigIntegerField(null=True)
    value_max = models.BigIntegerField(null=True)
    bound = models.CharField(max_length=10, blank=True)
    stated_total = models.BigIntegerField(null=True)
    stated_share = models.BigIntegerField(null=True)
    share_decimals = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in FigureRole], default=FigureRole.LEVEL)
    against = models.CharField(max_length=120, blank=True)
    noun = models.CharField(max_length=200, blank=True)
    span = models.ForeignKey("narrative.Span", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in FigureState], default=FigureState.LIVE)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "measure", "period", "member", "source", "covers", "role"],
                condition=models.Q(state="live", member__isnull=False) & ~models.Q(covers="part"),
                name="figure_live_member_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "measure", "period", "source", "covers", "role"],
                condition=models.Q(state="live", member__isnull=True) & ~models.Q(covers="part"),
                name="figure_live_once",
            ),
            models.CheckConstraint(
                name="figure_says_something",
                condition=models.Q(value__isnull=False) | models.Q(stated_share__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["period", "measure", "unit"], name="figure_period_measure"),
            models.Index(fields=["unit", "period"], name="figure_unit_period"),
            # Not over the figures of no part: SQLite would look those up, which are most of all, by it.
            models.Index(fields=["member"], condition=models.Q(member__isnull=False), name="figure_member"),
        ]


class Confirmation(Guarded):
    """A unit confirms that its records of a period are complete: from then on it has spoken."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(PeriodRow, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "period"], name="confirmation_once")]


class Adoption(Guarded):
    """A subtree statement taken on as an explicit, marked balance for silent units below, until it is ended."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["figure"], condition=models.Q(ended_at__isnull=True), name="adoption_once_at_a_time"
            )
        ]


class SourcePolicy(Guarded):
    """Which source speaks for a unit, over all measures or for one; the others stay visible."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    first = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Source])
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "measure"], condition=models.Q(until__isnull=True), name="source_policy_once"
            )
        ]


class Totals(Guarded):
    """What was computed for a unit that has others below it, over one period: all columns packed in one row.

    See `chithi.rollup.packing`. A cache: `chithi verify` rebuilds it and compares.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(PeriodRow, on_delete=models.PROTECT, related_name="+")
    packed = models.BinaryField()
    at = models.DateTimeField(auto_now=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "period"], name="totals_once")]
        indexes = [models.Index(fields=["period"], name="totals_period")]
