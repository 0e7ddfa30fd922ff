"""Forms of named groups: what a group is, which units come in, when one goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.groups import Named
from chithi.org.kinds import GroupKind
from chithi.org.queries import unit_by_code
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.beside import group_kind_word

MOST_AT_ONCE = 300


class GroupFilter(forms.Form):
    """Which groups to list."""

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Tên nhóm"))


class NameForm(forms.Form):
    """A group's own facts."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Tên nhóm"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại"))
    note = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("Ghi chú"),
        help_text=gettext_lazy("Ví dụ: theo kế hoạch nào, ai phụ trách."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = version_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 -- for the type checker: it is declared so above
        kind.choices = [(one.value, group_kind_word(one)) for one in GroupKind]

    def said(self) -> Named:
        """What was said of the group, once valid."""
        data = self.cleaned_data
        return Named(data["name"], GroupKind(data["kind"]), data["note"])


class NewGroupForm(UnitForm, NameForm):
    """A new group and the unit that owns it."""

    unit = UnitField(
        label=gettext_lazy("Đơn vị giữ nhóm"),
        may=Capability.TREE,
        help_text=gettext_lazy("Người quản lý tổ chức của đơn vị này sửa được nhóm."),
    )
    field_order = ("name", "kind", "unit", "note")


class MembersForm(forms.Form):
    """Units that come into a group, one a line, from a day on."""

    units = forms.CharField(
        label=gettext_lazy("Đơn vị vào nhóm"),
        help_text=gettext_lazy("Mã đơn vị, mỗi dòng một mã; dán từ bảng tính cũng được."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since = DayField(
        label=gettext_lazy("Từ ngày"),
        help_text=gettext_lazy("Kỳ nào kết thúc trước ngày này thì chưa tính đơn vị."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer

    def clean_units(self) -> list[int]:
        """The ids of the units named; every code that names none is told at once."""
        lines = str(self.cleaned_data["units"]).replace("\t", "\n").replace(",", "\n").replace(";", "\n")
        codes = list(dict.fromkeys(code.strip() for code in lines.splitlines() if code.strip()))
        if len(codes) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %(most)s mã."), params={"most": MOST_AT_ONCE})
        found, unknown = [], []
        for code in codes:
            try:
                found.append(unit_by_code(self.viewer, code[:60]))
            except Absent:
                unknown.append(code[:40])
        if unknown:
            shown = ", ".join(unknown[:10])
            raise forms.ValidationError(
                _("Không có đơn vị mang mã này trong phạm vi được xem: %(codes)s"), params={"codes": shown}
            )
        return found


class EndForm(forms.Form):
    """The day on which a group, a place in it or a tie ends."""

    suggested = ("on",)
    on = DayField(label=gettext_lazy("Thôi từ ngày"), help_text=gettext_lazy("Ngày này không còn tính nữa."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
