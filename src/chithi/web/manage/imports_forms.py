"""Forms of imports and exports: a sheet for a unit, a unit and day to write out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability, Viewer
from chithi.imports.kinds import NEEDS, ImportKind
from chithi.web.manage.days import DayField
from chithi.web.manage.unit_field import UnitField, UnitForm

ADDRESSES = {ImportKind.UNITS: "don-vi", ImportKind.PEOPLE: "nguoi", ImportKind.POSTS: "chuc-vu"}
NAMES = {
    ImportKind.UNITS: gettext_lazy("Đơn vị"),
    ImportKind.PEOPLE: gettext_lazy("Đảng viên, cán bộ"),
    ImportKind.POSTS: gettext_lazy("Chức vụ"),
}


def kind_at(address: str) -> ImportKind | None:
    """The kind that a word of an address names."""
    return next((kind for kind, word in ADDRESSES.items() if word == address), None)


def open_kinds(viewer: Viewer) -> list[ImportKind]:
    """The kinds this viewer may import and export anywhere."""
    return [kind for kind in ImportKind if viewer.may_anywhere(NEEDS[kind])]


class BringSheetForm(UnitForm):
    """A sheet, and the unit it is about with all that is below it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp bảng tính"), help_text=gettext_lazy("Loại .xlsx, .xls, .ods hoặc .csv, tối đa 20 MB.")
    )
    unit = UnitField(
        label=gettext_lazy("Đơn vị"),
        help_text=gettext_lazy("Chỉ nhận các dòng của đơn vị này và cấp dưới. Gõ mã hoặc tên."),
    )

    def __init__(self, *args: Any, kind: ImportKind, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)  # noqa: S101 -- for the type checker: it is declared so above
        field.may = field.widget.may = NEEDS[kind]


class ExportForm(UnitForm):
    """What is written out: of which unit, as it was on which day, as what file."""

    kind = forms.ChoiceField(label=gettext_lazy("Xuất"), widget=forms.RadioSelect)
    unit = UnitField(
        label=gettext_lazy("Đơn vị"), help_text=gettext_lazy("Cùng mọi cấp dưới. Gõ mã hoặc tên."), may=Capability.READ
    )
    day = DayField(label=gettext_lazy("Theo ngày"), help_text=gettext_lazy("Như đã có vào ngày này."))
    ending = forms.ChoiceField(
        label=gettext_lazy("Loại tệp"),
        choices=[("xlsx", gettext_lazy("Excel (.xlsx)")), ("csv", "CSV (.csv)")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: it is declared so above
        field.choices = [(ADDRESSES[kind], NAMES[kind]) for kind in open_kinds(options["viewer"])]
