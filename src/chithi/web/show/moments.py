"""Moments in words."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from chithi.web.templatetags.chithi_format import day


def when(at: datetime) -> str:
    """A moment as day and time of the installation."""
    local = localtime(at)
    return f"{day(local.date())} {local:%H:%M}"


def day_of(at: datetime) -> date:
    """The day of a moment where the installation stands; kept moments know only the day in Greenwich."""
    return localtime(at).date()
