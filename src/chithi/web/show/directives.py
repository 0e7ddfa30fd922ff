"""Words and rows for documents of a directive: how they stand, how they hang together, their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.numbers import format_number, percent
from chithi.directives.cascade import Asked, Branch, Cascade, Counts
from chithi.directives.kinds import LinkKind, Standing
from chithi.directives.queries import Card, File, Tie
from chithi.directives.rules import Force
from chithi.org.kinds import Expected
from chithi.org.queries import UnitCard
from chithi.registry.kinds import NAMES, DocumentKind
from chithi.web.templatetags.chithi_format import day, language, number

MARKS = {
    Standing.IN_TIME: "done",
    Standing.LATE: "belated",
    Standing.MISSING: "late",
    Standing.WAITING: "none",
}


def kind_name(kind: str) -> str:
    """The name of a kind of document; in Vietnamese in either language, as it is printed."""
    return NAMES[DocumentKind(kind)][0]


def force_word(force: Force) -> str:
    """Whether a document holds."""
    return {
        Force.DRAFT: _("Dự thảo"),
        Force.NOT_YET: _("Chưa đến ngày hiệu lực"),
        Force.HOLDS: _("Còn hiệu lực"),
        Force.ENDED: _("Hết hiệu lực"),
        Force.REPLACED: _("Đã được thay"),
        Force.WITHDRAWN: _("Đã thu hồi"),
    }[force]


def force_mark(force: Force) -> str:
    """Its shape and colour, see components/status.html."""
    return "good" if force is Force.HOLDS else "none" if force in (Force.DRAFT, Force.NOT_YET) else "paused"


def link_word(kind: LinkKind, *, outward: bool = True) -> str:
    """What a document is to another; the other way round where it is not the one that says so."""
    said = {
        LinkKind.IMPLEMENTS: (_("Triển khai"), _("Được triển khai bằng")),
        LinkKind.LOCALISES: (_("Cụ thể hóa"), _("Được cụ thể hóa bằng")),
        LinkKind.CORRECTS: (_("Đính chính"), _("Được đính chính bằng")),
        LinkKind.REPLACES: (_("Thay thế"), _("Được thay bằng")),
        LinkKind.CONCLUDES: (_("Kết luận, tổng kết"), _("Được tổng kết bằng")),
    }
    return said[kind][0 if outward else 1]


def expected_word(expected: str) -> str:
    """Which units are asked for a document of their own."""
    return {
        Expected.GRASSROOTS: _("Tổ chức cơ sở đảng"),
        Expected.CELLS: _("Chi bộ"),
        Expected.DISTRICTS: _("Đảng bộ huyện"),
        Expected.MASS_ORGANISATIONS: _("Mặt trận, đoàn thể"),
    }[Expected(expected)]


def standing_word(how: Standing) -> str:
    """How units stand that must issue their own."""
    return {
        Standing.IN_TIME: _("Ban hành đúng hạn"),
        Standing.LATE: _("Ban hành muộn"),
        Standing.MISSING: _("Quá hạn, chưa ban hành"),
        Standing.WAITING: _("Chưa ban hành, còn hạn"),
    }[how]


def named(card: Card) -> str:
    """ "Kế hoạch số 05-KH/ĐU"; a draft has no number."""
    if not card.sign:
        return kind_name(card.kind)
    return _("%(kind)s số %(sign)s") % {"kind": kind_name(card.kind), "sign": card.sign}


def row(card: Card) -> dict[str, Any]:
    """A document as a row of components/listing.html, beneath the heads of `heads`."""
    return {
        "text": card.summary,
        "href": reverse("directive", args=[card.id]),
        "note": "",
        "cells": [
            {"text": named(card)},
            {"text": card.issuer},
            {"text": day(card.dated) if card.dated else "–"},
            {"status": force_mark(card.force), "word": force_word(card.force)},
        ],
        "acts": [],
    }


def heads() -> list[str]:
    """Heads of a list of documents."""
    return [_("Trích yếu"), _("Số, ký hiệu"), _("Cơ quan ban hành"), _("Ngày"), _("Hiệu lực")]


def tie(one: Tie, *, may_write: bool) -> dict[str, Any]:
    """A link, with what may be done about it."""
    acts: list[dict[str, Any]] = []
    if may_write and one.outward:
        fields = [{"name": "version", "value": one.version}]
        acts.append({"text": _("Gỡ"), "href": reverse("directive_unlink", args=[one.id]), "fields": fields})
    return {
        "text": one.other.summary,
        "href": reverse("directive", args=[one.other.id]),
        "note": "",
        "cells": [
            {"text": link_word(one.kind, outward=one.outward)},
            {"text": named(one.other)},
            {"text": one.other.issuer},
        ],
        "acts": acts,
    }


def file(one: File, *, may_take_away: bool) -> dict[str, Any]:
    """A file, with what may be done about it."""
    acts: list[dict[str, Any]] = []
    if may_take_away:
        fields = [{"name": "version", "value": one.version}]
        acts.append({"text": _("Gỡ"), "href": reverse("directive_detach", args=[one.id]), "fields": fields})
    return {
        "text": one.name,
        "href": reverse("directive_file", args=[one.id]),
        "note": "",
        "cells": [{"text": one.kind.value.upper()}, {"text": size_words(one.size), "amount": True}],
        "acts": acts,
    }


def size_words(count: int) -> str:
    """How large a file of so many bytes is."""
    if count < 1_000_000:
        return f"{number(max(count // 1_000, 1))} KB"
    return f"{number(count // 1_000_000)} MB"


def counted(cascade: Cascade, counts: Counts, unit_id: int) -> list[dict[str, Any]]:
    """How many units of a branch stand how, each leading to its list."""
    return [
        {
            "mark": MARKS[how],
            "word": standing_word(how),
            "text": number(counts.of(how)),
            "href": list_href(cascade.directive.pk, unit_id, how, cascade.kind) if counts.of(how) else "",
        }
        for how in Standing
    ]


def share(counts: Counts) -> str:
    """ "94,2%" of the units asked have issued their own; a dash where nobody is asked."""
    return _percent(counts.issued, counts.asked)


def asked_of(unit_id: int, how: Standing | None = None, kind: str = "") -> str:
    """What is asked of a cascade, as an address says it: from which unit, who stands how, which kind of units."""
    more = (f"&tinh={how.value}" if how else "") + (f"&loai={kind}" if kind else "")
    return f"don-vi={unit_id}{more}"


def list_href(directive_id: int, unit_id: int, how: Standing | None = None, kind: str = "") -> str:
    """The cascade seen from a unit; with a standing, the list of the units that stand so."""
    return f"{reverse('cascade', args=[directive_id])}?{asked_of(unit_id, how, kind)}"


def kinds(cascade: Cascade, how: Standing | None = None) -> list[dict[str, Any]]:
    """Which kinds of units may be looked at, each with how many have issued their own; none where only one is asked."""
    every = {"text": _("Tất cả"), "kind": "", "told": ""}
    parts = [
        {"text": expected_word(kind), "kind": kind, "told": told(issued, asked)}
        for kind, (issued, asked) in cascade.by_kind().items()
        if asked
    ]
    if len(parts) < 2:
        return []
    return [
        {
            **one,
            "href": list_href(cascade.directive.pk, cascade.unit_id, how, one["kind"]),
            "current": one["kind"] == cascade.kind,
        }
        for one in (every, *parts)
    ]


def told(issued: int, asked: int) -> str:
    """ "799/848 = 94,2%"."""
    return f"{number(issued)}/{number(asked)} = {_percent(issued, asked)}"


def _percent(part: int, whole: int) -> str:
    found = percent(part, whole)
    return "–" if found is None else f"{format_number(found, language(), decimals=1)}%"


def branch_row(directive_id: int, branch: Branch, kind: str = "") -> dict[str, Any]:
    """A unit below with its counts, each leading to its list."""

    def cell(how: Standing) -> dict[str, Any]:
        count = branch.counts.of(how)
        return {
            "text": number(count),
            "amount": True,
            "href": list_href(directive_id, branch.unit.id, how, kind) if count else "",
        }

    return {
        "text": branch.unit.short_name,
        "href": list_href(directive_id, branch.unit.id, kind=kind),
        "note": "",
        "cells": [
            {"text": number(branch.counts.asked), "amount": True},
            *(cell(how) for how in Standing),
            {"text": share(branch.counts), "amount": True},
        ],
        "acts": [],
    }


def unit_row(unit: UnitCard, asked: Asked, document: tuple[int, str] | None, above: str) -> dict[str, Any]:
    """A unit that was asked, what it issued and when; the unit above tells those of one name apart."""
    return {
        "text": unit.short_name,
        "href": reverse("unit", args=[unit.id]),
        "note": above,
        "cells": [
            {"status": MARKS[asked.how], "word": standing_word(asked.how)},
            {"text": document[1], "href": reverse("directive", args=[document[0]])} if document else {"text": "–"},
            {"text": day(asked.issued_on) if asked.issued_on else "–"},
            {"text": late_words(asked.days), "amount": True},
        ],
        "acts": [],
    }


def late_words(days: int) -> str:
    """By how many days something is late."""
    return ngettext("%(count)s ngày", "%(count)s ngày", days) % {"count": number(days)} if days else "–"


def expected_words(expects: Sequence[str]) -> str:
    """All kinds of units that are asked, in one line."""
    return ", ".join(expected_word(one) for one in expects)


def recipients_words(units: Mapping[int, UnitCard], asked: Sequence[int]) -> str:
    """To whom a document goes; units the reader may not see are counted only."""
    if not asked:
        return _("Mọi đơn vị bên dưới")
    shown = ", ".join(units[unit].short_name for unit in asked if unit in units)
    hidden = sum(unit not in units for unit in asked)
    more = ngettext("và %(count)s đơn vị khác", "và %(count)s đơn vị khác", hidden) % {"count": number(hidden)}
    return shown if not hidden else f"{shown} {more}".strip()
