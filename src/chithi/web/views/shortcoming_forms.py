"""Forms of shortcomings: one written down, found again; the filter of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability
from chithi.duties.kinds import Found, Remedy
from chithi.duties.shortcomings import Worded
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import LARGEST, optional, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.shortcomings import FOUND, REMEDIES


class ShortcomingForm(UnitForm):
    """A shortcoming of a unit as a body."""

    unit = UnitField(label=gettext_lazy("Đơn vị"), may=Capability.ENTER)
    wording = forms.CharField(
        max_length=500, label=gettext_lazy("Hạn chế, khuyết điểm của tập thể"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nói việc cụ thể của đơn vị. Không ghi tên, không ghi khuyết điểm của cá nhân ở đây."),
    )  # fmt: skip
    found = forms.TypedChoiceField(coerce=Found, label=gettext_lazy("Phát hiện từ đâu"))
    source = optional(
        forms.CharField(
            max_length=300, required=False, label=gettext_lazy("Nêu ở cuộc họp, kết luận nào"),
            help_text=gettext_lazy("Ví dụ: phiên kiểm điểm cuối năm, kết luận số 12."),
        )
    )  # fmt: skip
    found_on = DayField(label=gettext_lazy("Phát hiện ngày"))
    cause = optional(
        forms.CharField(
            max_length=500, required=False, label=gettext_lazy("Nguyên nhân"), widget=forms.Textarea(attrs={"rows": 2})
        )
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = version_field(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["found"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        field.choices = [(one.value, FOUND[one]) for one in Found]

    def said(self) -> Worded:
        """What was said, once valid."""
        data = self.cleaned_data
        return Worded(data["wording"], data["found"], data["found_on"], data["source"], data["cause"])


class AgainForm(forms.Form):
    """What was remedied was found again."""

    on = DayField(label=gettext_lazy("Thấy lại ngày"))
    reason = forms.CharField(
        max_length=500, label=gettext_lazy("Thấy lại thế nào"), widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)


class ShortcomingFilter(forms.Form):
    """Which shortcomings to list; names are those of the addresses."""

    trang_thai = forms.ChoiceField(required=False, label=gettext_lazy("Trạng thái"))
    nguon = forms.ChoiceField(required=False, label=gettext_lazy("Phát hiện từ đâu"))
    don_vi = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        states, found = self.fields["trang_thai"], self.fields["nguon"]
        assert isinstance(states, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        assert isinstance(found, forms.ChoiceField)  # noqa: S101 -- likewise
        states.choices = [("", _("— tất cả —")), *((one.value, REMEDIES[one][1]) for one in Remedy)]
        found.choices = [("", _("— tất cả —")), *((one.value, FOUND[one]) for one in Found)]
