"""Periods: explicit ranges of days with a kind and a window profile (SPINE 4). Pure.

`windows` owns the value itself and how windows follow one another, `codes` its lasting address,
`labels` its name for people, `cover` how shorter periods add up to longer ones, `due` when a report
on a period is due at each level, `typed` what people write for one.
"""

from chithi.core.periods.codes import CODE_PATTERN, code_of, parse
from chithi.core.periods.cover import Cover, cover, nests, partition, pieces
from chithi.core.periods.due import DUE_DAYS, DueRule, Level, due
from chithi.core.periods.labels import label_of, short_label_of
from chithi.core.periods.typed import as_typed, read_period
from chithi.core.periods.windows import (
    CONVENTIONS,
    CUMULATIVE,
    STANDARD,
    Convention,
    Kind,
    Period,
    Profile,
    as_of,
    campaign,
    containing,
    following,
    half,
    month,
    previous,
    quarter,
    series,
    since,
    standard,
    term,
    year,
    year_before,
)

__all__ = [
    "CODE_PATTERN",
    "CONVENTIONS",
    "CUMULATIVE",
    "DUE_DAYS",
    "STANDARD",
    "Convention",
    "Cover",
    "DueRule",
    "Kind",
    "Level",
    "Period",
    "Profile",
    "as_of",
    "as_typed",
    "campaign",
    "code_of",
    "containing",
    "cover",
    "due",
    "following",
    "half",
    "label_of",
    "month",
    "nests",
    "parse",
    "partition",
    "pieces",
    "previous",
    "quarter",
    "read_period",
    "series",
    "short_label_of",
    "since",
    "standard",
    "term",
    "year",
    "year_before",
]
