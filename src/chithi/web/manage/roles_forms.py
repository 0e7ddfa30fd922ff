"""Forms of roles: what a role is called and may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.web.manage.days import DayField
from chithi.web.show.roles import MAY_WORDS


class RoleForm(forms.Form):
    """Names and set of a role that exists."""

    name_vi = forms.CharField(max_length=80, label=gettext_lazy("Tên tiếng Việt"))
    name_en = forms.CharField(max_length=80, label=gettext_lazy("Tên tiếng Anh"))
    may = forms.MultipleChoiceField(
        label=gettext_lazy("Được làm"), widget=forms.CheckboxSelectMultiple, error_messages={"required": ""}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        may = self.fields["may"]
        assert isinstance(may, forms.MultipleChoiceField)  # noqa: S101 -- for the type checker: declared so above
        may.choices = [(capability.value, _(word)) for capability, word in MAY_WORDS.items()]
        may.error_messages["required"] = _("Hãy chọn ít nhất một việc trong danh sách.")


class NewRoleForm(RoleForm):
    """A role that does not exist yet."""

    code = forms.CharField(
        max_length=40,
        label=gettext_lazy("Mã"),
        help_text=gettext_lazy("Chữ thường không dấu, ví dụ kiem_tra; đặt rồi không đổi."),
    )
    field_order = ("name_vi", "name_en", "code", "may")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["version"]


class RetireForm(forms.Form):
    """From which day a role gives nothing; empty: it goes on."""

    suggested = ("on",)
    on = DayField(
        required=False,
        label=gettext_lazy("Ngừng dùng từ ngày"),
        help_text=gettext_lazy("Để trống nếu dùng tiếp. Từ ngày này, ai đang giữ vai trò thôi được làm những việc ấy."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)
