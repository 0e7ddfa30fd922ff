"""What stands beside the tree on a unit's page: its groups, its ties, and the group its units are narrowed to."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.periods import Period
from chithi.db.viewer import Viewer
from chithi.indicators.grouped import GroupLines, contributions_of, group_address, group_lines
from chithi.indicators.queries import Contribution, Line, contributions
from chithi.org.groups_queries import groups_below, groups_of
from chithi.org.kinds import GroupKind, LinkKind
from chithi.org.links_queries import links_of
from chithi.web.middleware import ViewerRequest
from chithi.web.show import numbers
from chithi.web.templatetags.chithi_format import language, number
from chithi.web.whole import whole


def group_kind_word(kind: str) -> str:
    """What a group is for."""
    return {
        GroupKind.PILOT: _("Đơn vị làm điểm"),
        GroupKind.CLUSTER: _("Cụm"),
        GroupKind.SAME_KIND: _("Cùng loại hình"),
        GroupKind.OTHER: _("Nhóm khác"),
    }[GroupKind(kind)]


def link_word(kind: str, *, owns: bool = True) -> str:
    """What a tie is called on the page of the side that owns it, and on that of the other."""
    mine, theirs = {
        LinkKind.VILLAGE_CELL: (_("Chi bộ riêng của thôn, bản này"), _("Thôn, bản có chi bộ này")),
        LinkKind.PARTY_ORGANISATION: (
            _("Tổ chức đảng của cơ quan này"),
            _("Cơ quan có tổ chức đảng này"),
        ),
        LinkKind.COMMITTEE_LEVEL: (_("Cấp ủy cùng cấp"), _("Mặt trận, đoàn thể cùng cấp")),
    }[LinkKind(kind)]
    return mine if owns else theirs


def link_way(kind: str) -> str:
    """What a tie is, told of both sides at once."""
    return {
        LinkKind.VILLAGE_CELL: _("Thôn, bản – chi bộ riêng"),
        LinkKind.PARTY_ORGANISATION: _("Cơ quan, đoàn thể – tổ chức đảng của mình"),
        LinkKind.COMMITTEE_LEVEL: _("Đoàn thể – cấp ủy cùng cấp"),
    }[LinkKind(kind)]


def beside(viewer: Viewer, unit_id: int, period: Period) -> dict[str, Any]:
    """`ties`: list[{word, text, href}]; `in_groups`: list[{text, href}]. About six queries."""
    ties = []
    for link in links_of(viewer, unit_id, period.last):
        owns = link.unit.id == unit_id
        other = link.other if owns else link.unit
        ties.append(
            {
                "word": link_word(link.kind, owns=owns),
                "text": other.name if other else _("đơn vị ngoài phạm vi được xem"),
                "href": reverse("unit", args=[other.id]) if other else "",
            }
        )
    ties.sort(key=lambda tie: tie["word"])  # one line a word
    groups = groups_of(viewer, unit_id, period.last)
    return {
        "ties": ties,
        "in_groups": [{"text": group.name, "href": reverse("group", args=[group.id])} for group in groups],
    }


def seen_words(seen: int, whole_count: int) -> str:
    """How many of a group's members the reader may see."""
    if seen == whole_count:
        return ngettext("%(count)s đơn vị", "%(count)s đơn vị", whole_count) % {"count": number(whole_count)}
    return _("%(seen)s của %(whole)s đơn vị trong phạm vi được xem") % {
        "seen": number(seen), "whole": number(whole_count),
    }  # fmt: skip


def of_group(line: Line) -> str:
    """What heads the parts of a group's number."""
    return _("%(name)s: đơn vị của nhóm góp") % {"name": line.meaning.name(language())}


class Narrowed:
    """The units below one, or only those of the group that the address names (`?nhom=`)."""

    def __init__(self, request: ViewerRequest, unit_id: int, period: Period) -> None:
        self.request, self.unit_id, self.period = request, unit_id, period
        self.group_id = whole(request.GET.get("nhom"))
        self.found: GroupLines | None = None

    def of(self, line: Line) -> tuple[Line, list[Contribution], str]:
        """The line whose parts are shown, its parts, the address of their sum."""
        viewer = self.request.viewer
        if self.group_id is None:
            parts = contributions(viewer, self.unit_id, self.period, line.meaning)
            return line, parts, numbers.door(line, self.unit_id, self.period)
        self.found = group_lines(
            viewer, self.group_id, self.period, codes=[line.meaning.code], trend=0, within=self.unit_id
        )
        narrow = next((one for one in self.found.lines), line)
        at = line.meaning.indicator.pk
        door = group_address(at, self.group_id, self.period, within=self.unit_id)
        return narrow, contributions_of(self.found, narrow.meaning), door

    def title(self, line: Line) -> dict[str, str]:
        """What heads the parts where they are those of a group."""
        return {} if self.found is None else {"title": of_group(line)}

    def shown(self) -> dict[str, Any] | None:
        """For components/narrow.html; None where no group has a unit below this one and none was asked for."""
        offered = groups_below(self.request.viewer, self.unit_id, self.period.last)
        if not offered and self.group_id is None:
            return None
        kept = {key: self.request.GET[key] for key in ("ky", "chi-tieu") if self.request.GET.get(key)}
        inside = len(self.found.members.tops) + len(self.found.members.nested) if self.found else 0
        said = ngettext("%(count)s đơn vị của nhóm ở đây", "%(count)s đơn vị của nhóm ở đây", inside)
        return {
            "kept": kept,
            "groups": [{"id": g.id, "name": g.name, "chosen": g.id == self.group_id} for g in offered],
            "said": said % {"count": number(inside)} if self.found else "",
            "href": f"{reverse('group', args=[self.group_id])}?ky={self.period.code}" if self.group_id else "",
        }
