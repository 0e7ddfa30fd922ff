"""Saying by which rule a person in several organisations counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from chithi.db.measures import Counting

if TYPE_CHECKING:
    from chithi.indicators.models import Measure


def home_rule(measure: Measure) -> str:
    """The rule of a count of different people out of records, as the trace says it; "" for other counts."""
    if not measure.recorded or measure.counting != Counting.DISTINCT:
        return ""
    return _(
        "Mỗi người chỉ tính một lần: ở nơi người ấy tham gia sớm nhất trong những nơi đang tham gia vào ngày cuối kỳ."
    )
