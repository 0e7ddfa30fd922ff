"""The forms of breakdowns and their parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.indicators.defining_members import MOST_MEMBERS
from chithi.indicators.defining_rules import MemberDraft
from chithi.indicators.definitions import Parted
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import version_field
from chithi.web.manage.indicators_forms import offer
from chithi.web.templatetags.chithi_format import language


class BreakdownForm(forms.Form):
    """The name of a breakdown that exists."""

    name_vi = forms.CharField(max_length=120, label=gettext_lazy("Tên"))
    name_en = forms.CharField(max_length=120, required=False, label=gettext_lazy("Tên tiếng Anh"))
    version = version_field(required=False)


class NewBreakdownForm(BreakdownForm):
    """A breakdown with its parts, one a line; an English name may follow after a vertical bar."""

    members = forms.CharField(
        max_length=260 * MOST_MEMBERS,
        label=gettext_lazy("Các phần"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Mỗi dòng một phần; tên tiếng Anh ghi sau dấu |. Các phần cộng lại là tổng số."),
    )

    def drafts(self) -> list[MemberDraft]:
        """The parts as typed; call after `is_valid`."""
        lines = [line.partition("|") for line in self.cleaned_data["members"].splitlines() if line.strip()]
        return [MemberDraft(vi.strip(), en.strip()) for vi, _bar, en in lines]


class NewMemberForm(forms.Form):
    """Another part."""

    name_vi = forms.CharField(max_length=120, label=gettext_lazy("Tên"))
    name_en = forms.CharField(max_length=120, required=False, label=gettext_lazy("Tên tiếng Anh"))
    since = DayField(
        required=False,
        label=gettext_lazy("Dùng từ ngày"),
        help_text=gettext_lazy("Để trống là dùng cho mọi kỳ."),
    )

    def draft(self) -> MemberDraft:
        said = self.cleaned_data
        return MemberDraft(said["name_vi"], said["name_en"], said["since"])


class MemberForm(NewMemberForm):
    """A part that exists: its name, from when to when it is used, what it was merged into."""

    until = DayField(
        required=False,
        label=gettext_lazy("Ngừng từ ngày"),
        help_text=gettext_lazy("Kỳ bắt đầu từ ngày này trở đi không còn phần này; số đã ghi vẫn giữ."),
    )
    merged_into = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Gộp vào phần"),
        help_text=gettext_lazy("Kỳ kết thúc từ ngày ngừng trở đi tính số của phần này vào phần được chọn."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def __init__(self, *args: Any, parted: Parted, member_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        english = language() == "en"
        others = [
            (str(member.pk), member.name_en if english else member.name_vi)
            for member in parted.members
            if member.pk != member_id
        ]
        offer(self, "merged_into", [("", _("Không gộp")), *others])
        if parted.recorded:
            for name in ("since", "until", "merged_into"):
                del self.fields[name]

    def draft(self) -> MemberDraft:
        said = self.cleaned_data
        heir = said.get("merged_into")
        return MemberDraft(
            said["name_vi"], said["name_en"], said.get("since"), said.get("until"), int(heir) if heir else None
        )
