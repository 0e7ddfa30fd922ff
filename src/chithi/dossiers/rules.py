"""What a file holds to begin with, what may be said of it, who makes a helper section whole. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chithi.core.errors import Refused
from chithi.dossiers.kinds import Known

MOST_ENTRIES = 20
MOST_SEATS = 60
LONGEST_TITLE, LONGEST_NOTE = 200, 500

USUAL: tuple[tuple[Known, str], ...] = (
    (Known.PLAN, "Kế hoạch triển khai của đơn vị"),
    (Known.SECTION, "Quyết định thành lập bộ phận giúp việc"),
    (Known.MEMBERS, "Danh sách, phân công bộ phận giúp việc"),
    (Known.BY_HAND, "Kế hoạch chuyên đề năm"),
    (Known.TASKS, "Nhiệm vụ đã giao"),
    (Known.REPORT, "Báo cáo kết quả thực hiện"),
)
"""The entries that a new checklist is filled with; Vietnamese, as what stands in files is. Data, not law: no public
text lists them, and whoever issued the document changes them."""


def why_not_entry(title: str, others: Collection[str]) -> Refused | None:
    """An entry has a title that no other entry of the file has. `others`: titles, in any case of letters."""
    if not title:
        return Refused("dossiers.no_title", field="title")
    if title.casefold() in {other.casefold() for other in others}:
        return Refused("dossiers.titled_already", field="title")
    return Refused("dossiers.too_many", field="title", most=MOST_ENTRIES) if len(others) >= MOST_ENTRIES else None


def why_not_done(done_on: date, first: date, today: date) -> Refused | None:
    """What is done by hand was done on or after the day of the document, and not in days to come."""
    if done_on > today:
        return Refused("dossiers.done_later", field="done_on")
    return Refused("dossiers.done_before", field="done_on", day=first) if done_on < first else None


def why_not_since(since: date, first: date | None, today: date) -> Refused | None:
    """A section or a seat begins no later than today; a seat no earlier than its section (`first`)."""
    if since > today:
        return Refused("dossiers.begins_later", field="since")
    if first is not None and since < first:
        return Refused("dossiers.begins_before", field="since", day=first)
    return None
