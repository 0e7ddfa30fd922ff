"""Words, addresses and rows for units' files on a directive and for helper sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.dossiers.completeness import Branch, Line, Whole
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.unit_file import Behind, Found
from chithi.tasks.queries import Wanted
from chithi.web.show.directives import told
from chithi.web.show.tasks_address import address_of
from chithi.web.templatetags.chithi_format import day, number

if TYPE_CHECKING:
    from chithi.dossiers.models import Entry
    from chithi.dossiers.queries import Sitting

COMPLETE, LACKING = "du", "thieu"


def known_word(known: Known) -> str:
    """By what an entry is known to be in a file."""
    return {
        Known.PLAN: _("Đã có khi đơn vị ban hành văn bản triển khai"),
        Known.SECTION: _("Đã có khi đơn vị có bộ phận giúp việc"),
        Known.MEMBERS: _("Đã có khi bộ phận giúp việc có trưởng bộ phận và thành viên"),
        Known.TASKS: _("Đã có khi đơn vị có nhiệm vụ theo văn bản"),
        Known.REPORT: _("Đã có khi đơn vị ban hành báo cáo, từ ngày văn bản"),
        Known.BY_HAND: _("Đơn vị tự đánh dấu, ghi rõ để ở đâu"),
    }[known]


def part_word(part: Part) -> str:
    """Somebody's part in a helper section."""
    return {Part.HEAD: _("Trưởng bộ phận"), Part.DEPUTY: _("Phó trưởng bộ phận"), Part.MEMBER: _("Thành viên")}[part]


def asked_of(unit_id: int, complete: bool | None = None, kind: str = "") -> str:
    """What is asked of the files, as an address says it."""
    more = "" if complete is None else f"&ho-so={COMPLETE if complete else LACKING}"
    return f"don-vi={unit_id}{more}" + (f"&loai={kind}" if kind else "")


def list_href(directive_id: int, unit_id: int, complete: bool | None = None, kind: str = "") -> str:
    """The files seen from a unit; the list of those complete, or not."""
    return f"{reverse('dossiers', args=[directive_id])}?{asked_of(unit_id, complete, kind)}"


def complete_word(complete: bool) -> str:
    """How a file stands."""
    return _("Đủ hồ sơ") if complete else _("Còn thiếu")


def counted(whole: Whole, directive_id: int, unit_id: int, kind: str) -> list[dict[str, Any]]:
    """How many files are complete and how many lack something, each leading to its list."""
    counts = ((True, whole.complete, "done"), (False, whole.lacking, "late"))
    return [
        {
            "mark": mark,
            "word": complete_word(complete),
            "text": number(count),
            "href": list_href(directive_id, unit_id, complete, kind) if count else "",
        }
        for complete, count, mark in counts
    ]


def entry_rows(each: list[tuple[Entry, int]], asked: int) -> list[dict[str, Any]]:
    """Each entry with the units in whose file it is."""
    return [
        {
            "text": entry.title,
            "href": "",
            "note": "",
            "cells": [{"text": told(count, asked), "amount": True}],
            "acts": [],
        }
        for entry, count in each
    ]


def branch_row(directive_id: int, branch: Branch, kind: str) -> dict[str, Any]:
    """A unit below with its counts."""
    whole = branch.whole
    lacking = list_href(directive_id, branch.unit.id, False, kind) if whole.lacking else ""
    return {
        "text": branch.unit.short_name,
        "href": list_href(directive_id, branch.unit.id, kind=kind),
        "note": "",
        "cells": [
            {"text": number(whole.asked), "amount": True},
            {"text": number(whole.lacking), "amount": True, "href": lacking},
            {"text": told(whole.complete, whole.asked), "amount": True},
        ],
        "acts": [],
    }


def unit_row(directive_id: int, line: Line, entries: list[Entry], above: str) -> dict[str, Any]:
    """A unit with how much of its file is there, and what is not."""
    missing = [entry.title for entry in entries if entry.pk not in line.there]
    return {
        "text": line.unit.short_name,
        "href": reverse("dossier", args=[directive_id, line.unit.id]),
        "note": above,
        "cells": [
            {"text": f"{number(len(line.there))}/{number(len(entries))}", "amount": True},
            {"text": "; ".join(missing) or "–"},
        ],
        "acts": [],
    }


def file_row(found: Found, unit_id: int, *, may_write: bool) -> dict[str, Any]:
    """An entry of a unit's file, with the record behind it and what may be done."""
    by_hand = found.entry.known == Known.BY_HAND
    own = found.tick is not None and found.tick.unit_id == unit_id
    acts: list[dict[str, Any]] = []
    if may_write and by_hand:
        href = reverse("dossier_tick", args=[found.entry.pk, unit_id])
        acts.append({"text": _("Sửa") if own else _("Đánh dấu đã có"), "href": href})
    if may_write and own and found.tick is not None:
        fields = [{"name": "version", "value": found.tick.version}]
        href = reverse("dossier_untick", args=[found.tick.pk])
        acts.append({"text": _("Bỏ đánh dấu"), "href": href, "fields": fields})
    if may_write and not found.there:
        acts += _ways_there(found, unit_id)
    return {
        "text": found.entry.title,
        "href": "",
        "note": found.tick.note if found.tick and found.behind is not Behind.NOTHING else "",
        "cells": [
            {"status": "done" if found.there else "late", "word": _("Đã có") if found.there else _("Chưa có")},
            _behind(found, unit_id),
            {"text": day(found.on) if found.on else "–"},
        ],
        "acts": acts,
    }


def _ways_there(found: Found, unit_id: int) -> list[dict[str, Any]]:
    """Where what is lacking is made, for what follows from a record."""
    directive = found.entry.directive_id
    if found.entry.known == Known.PLAN:
        return [{"text": _("Soạn văn bản triển khai"), "href": f"{reverse('directive_new')}?theo={directive}"}]
    if found.entry.known == Known.SECTION:
        href = f"{reverse('helper_section_new')}?theo={directive}&don-vi={unit_id}"
        return [{"text": _("Lập bộ phận giúp việc"), "href": href}]
    return []


def _behind(found: Found, unit_id: int) -> dict[str, Any]:
    if found.behind is Behind.DOCUMENT:
        return {"text": found.text or _("Văn bản"), "href": reverse("directive", args=[found.id])}
    if found.behind is Behind.SECTION:
        return {"text": found.text, "href": reverse("helper_section", args=[found.id])}
    if found.behind is Behind.TASKS:
        said = ngettext("%(count)s nhiệm vụ", "%(count)s nhiệm vụ", found.count) % {"count": number(found.count)}
        return {"text": said, "href": address_of(Wanted(unit=unit_id, alone=True, directive=found.id))}
    if found.behind is Behind.ISSUED:
        return {"text": found.text}
    return {"text": found.tick.note if found.tick else "–"}


def section_row(section: Any, unit: str, directive: str) -> dict[str, Any]:
    """A helper section in a list; its document by number and symbol alone."""
    return {
        "text": section.name,
        "href": reverse("helper_section", args=[section.pk]),
        "note": "",
        "cells": [
            {"text": unit},
            {"text": directive.partition(" · ")[0] or _("Chung cho mọi văn bản")},
            {"text": day(section.since)},
            {"status": "paused", "word": _("Thôi từ %(day)s") % {"day": day(section.until)}}
            if section.until
            else {"status": "good", "word": _("Đang hoạt động")},
        ],
        "acts": [],
    }


def seat_row(one: Sitting, *, may_write: bool) -> dict[str, Any]:
    """Somebody in a section: now, or from when to when."""
    seat = one.seat
    acts = [{"text": _("Cho thôi"), "href": reverse("helper_unseat", args=[seat.pk])}] if may_write else []
    standing = {"status": "good", "word": _("Đang tham gia")}
    if seat.until:
        standing = {"status": "paused", "word": _("Thôi từ %(day)s") % {"day": day(seat.until)}}
    elif one.vacant:
        standing = {"status": "late", "word": _("Chức vụ đã thôi, cần thay người")}
    return {
        "text": one.name or _("Người ngoài phạm vi được xem"),
        "href": "",
        "note": one.title,
        "cells": [{"text": part_word(Part(seat.part))}, {"text": day(seat.since)}, standing],
        "acts": acts if not seat.until else [],
    }
