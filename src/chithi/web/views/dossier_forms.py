"""Forms of files on a directive and of helper sections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability, Viewer
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.rules import LONGEST_NOTE, LONGEST_TITLE
from chithi.dossiers.sections import Named
from chithi.tasks.queries import owners_in
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import choose, optional, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show import dossiers as show


class TitleForm(forms.Form):
    """How an entry is called."""

    title = forms.CharField(max_length=LONGEST_TITLE, label=gettext_lazy("Tên mục hồ sơ"))
    version = version_field(required=False)


class EntryForm(forms.Form):
    """A new entry: how it is called, by what it is known to be there."""

    title = forms.CharField(
        max_length=LONGEST_TITLE,
        label=gettext_lazy("Tên mục hồ sơ"),
        help_text=gettext_lazy("Như ghi trên bìa hồ sơ. Ví dụ: Kế hoạch chuyên đề năm 2026."),
    )
    known = forms.ChoiceField(label=gettext_lazy("Khi nào coi là đã có"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "known", [(one.value, show.known_word(one)) for one in reversed(Known)])


class TickForm(forms.Form):
    """A unit says that an entry is in its file."""

    done_on = DayField(label=gettext_lazy("Có từ ngày"))
    note = optional(
        forms.CharField(
            required=False,
            max_length=LONGEST_NOTE,
            label=gettext_lazy("Để ở đâu"),
            help_text=gettext_lazy("Để người sau tìm được: số văn bản, cặp hồ sơ, đường dẫn."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )
    target = optional(
        forms.CharField(
            required=False,
            max_length=200,
            label=gettext_lazy("Văn bản dẫn chứng"),
            help_text=gettext_lazy("Dán địa chỉ trang của văn bản, hoặc ghi số, ký hiệu của nó, ví dụ 05-KH/ĐU."),
        )
    )
    version = version_field(required=False)


class SectionForm(forms.Form):
    """A helper section as whoever names it says it."""

    name = forms.CharField(
        max_length=200,
        label=gettext_lazy("Tên bộ phận"),
        help_text=gettext_lazy("Như trong quyết định. Ví dụ: Bộ phận giúp việc thực hiện Chỉ thị."),
    )
    decision = optional(forms.CharField(required=False, max_length=60, label=gettext_lazy("Số, ký hiệu quyết định")))
    decided_on = optional(DayField(required=False, label=gettext_lazy("Ngày quyết định")))
    since = DayField(label=gettext_lazy("Hoạt động từ ngày"))
    version = version_field(required=False)

    def said(self) -> Named:
        """What was said, once valid."""
        data = self.cleaned_data
        return Named(data["name"], data["since"], data["decision"], data["decided_on"])


class NewSectionForm(SectionForm, UnitForm):
    """A new section: whose, and for which directive where it was begun from one."""

    unit = UnitField(label=gettext_lazy("Đơn vị"), may=Capability.ENTER)
    directive = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    field_order = ("unit", "name", "decision", "decided_on", "since")


class EndForm(forms.Form):
    """Something ends on a day."""

    on = DayField(label=gettext_lazy("Thôi từ ngày"))
    version = version_field(required=False)


class SeatForm(forms.Form):
    """Somebody comes into a section: "p12" whoever holds a post, "m34" a member of the unit."""

    who = forms.ChoiceField(
        label=gettext_lazy("Ai"),
        help_text=gettext_lazy("Chọn theo chức vụ thì khi bàn giao, người kế nhiệm vào thay."),
    )
    part = forms.ChoiceField(label=gettext_lazy("Làm gì trong bộ phận"))
    since = DayField(label=gettext_lazy("Từ ngày"))
    version = version_field(required=False)

    def __init__(self, *args: Any, viewer: Viewer, unit_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "who", [("", _("— chọn người —")), *owners_in(viewer, unit_id, viewer.today)])
        choose(self, "part", [(one.value, show.part_word(one)) for one in Part])
