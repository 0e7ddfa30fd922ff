"""Random periods of every kind, for the tests of periods."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from chithi.core.periods import (
    CONVENTIONS,
    STANDARD,
    Period,
    Profile,
    as_of,
    campaign,
    since,
    standard,
    term,
)

ONE_DAY = timedelta(days=1)

profiles = st.one_of(st.sampled_from([c.profile for c in CONVENTIONS]), st.integers(2, 28).map(Profile))
windows = st.builds(
    lambda kind, of_year, index, profile: standard(kind, of_year, index % (12 // STANDARD[kind]) + 1, profile),
    st.sampled_from(list(STANDARD)),
    st.integers(1931, 2199),
    st.integers(0, 11),
    profiles,
)
days = st.dates(date(1931, 1, 1), date(2199, 12, 31))
ranges = st.builds(
    lambda make, first, length: make(first, min(first + timedelta(days=length), date(2200, 12, 31))),
    st.sampled_from([term, campaign, since]),
    days,
    st.integers(0, 4000),
)
periods = st.one_of(windows, ranges, days.map(as_of))


def days_of(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range(period.days)]
