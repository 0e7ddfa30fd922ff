"""Moments in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from chithi.web.templatetags.chithi_format import day


def when(at: datetime) -> str:
    """A moment as day and time of the installation."""
    local = localtime(at)
    return f"{day(local.date())} {local:%H:%M}"
