"""Forms of accounts: what to list, what to open, which role to give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.access.role_sets import every_role
from chithi.db.viewer import Capability, Viewer
from chithi.web.manage.days import DayField
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.roles import set_word


class AccountFilter(UnitForm):
    """Which accounts to list; every field may stay empty."""

    q = forms.CharField(max_length=100, required=False, label=gettext_lazy("Tên hoặc tên đăng nhập"))
    unit = UnitField(required=False, label=gettext_lazy("Đơn vị"), may=Capability.ACCOUNTS)
    role = forms.ChoiceField(required=False, label=gettext_lazy("Vai trò"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("Trạng thái"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "role", [("", _("tất cả")), *((role.code, set_word(role)) for role in every_role())])
        states = [
            ("open", _("đang mở")),
            ("closed", _("đã đóng")),
            ("no_role", _("chưa có vai trò")),
            ("no_factor", _("chưa bật xác thực hai bước")),
            ("locked", _("đang bị khóa đăng nhập")),
        ]
        offer(self, "state", [("", _("tất cả")), *states])


class GiveForm(UnitForm):
    """A role in a unit, over days."""

    role = forms.ChoiceField(label=gettext_lazy("Vai trò"))
    unit = UnitField(
        label=gettext_lazy("Ở đơn vị"),
        may=Capability.ACCOUNTS,
        help_text=gettext_lazy("Gõ mã hoặc tên; vai trò có hiệu lực cả với các đơn vị bên dưới."),
    )
    since = DayField(label=gettext_lazy("Từ ngày"))
    until = DayField(
        required=False,
        label=gettext_lazy("Đến trước ngày"),
        help_text=gettext_lazy("Để trống nếu chưa biết ngày thôi."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        initial = {"since": viewer.today, **(options.pop("initial", None) or {})}
        super().__init__(*args, viewer=viewer, initial=initial, **options)
        roles = [role for role in every_role() if role.holds(viewer.today)]
        offer(self, "role", [("", _("— chọn —")), *((role.code, set_word(role)) for role in roles)])


class OpenForm(GiveForm):
    """A new account with its first role."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Họ và tên"))
    username = forms.CharField(
        max_length=60,
        label=gettext_lazy("Tên đăng nhập"),
        help_text=gettext_lazy("Chữ thường không dấu, số, dấu chấm hoặc gạch; ví dụ lan.nt."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Ngôn ngữ"), choices=settings.LANGUAGES)
    field_order = ("name", "username", "language", "role", "unit", "since", "until")


class ChangeForm(forms.Form):
    """What an account is called."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Họ và tên"))
    language = forms.ChoiceField(label=gettext_lazy("Ngôn ngữ"), choices=settings.LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


class EndForm(forms.Form):
    """The day a role ends."""

    suggested = ("until",)
    until = DayField(
        label=gettext_lazy("Thôi từ ngày"), help_text=gettext_lazy("Từ ngày này vai trò không còn hiệu lực.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


class FindForm(forms.Form):
    """A name to look for."""

    q = forms.CharField(max_length=100, required=False, label=gettext_lazy("Tên người"))


class PersonForm(forms.Form):
    """A person of the register; none: nobody's."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


class ActForm(forms.Form):
    """Nothing to fill in: only which state of the account was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Give a field of choices what may be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: it is declared so above
    field.choices = choices
