"""Forms of reorganisation plans: the plan as a whole, its sheet, one row, its undoing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability
from chithi.org.kinds import StepKind
from chithi.org.plan_rows import LIMITS, Problem
from chithi.org.plan_words import KINDS, WHATS, YES_NO, word
from chithi.web.manage.desk import version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.plans import worded
from chithi.web.templatetags.chithi_format import language

TITLE_LIMIT = DOCUMENT_LIMIT = 200


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(**options: Any) -> forms.DateField:
    """The day from which a change holds."""
    said = {"label": gettext_lazy("Từ ngày"), "help_text": gettext_lazy("Ngày văn bản có hiệu lực.")}
    return forms.DateField(widget=DayInput(), **{**said, **options})


def document_field() -> forms.CharField:
    """The document that orders a change."""
    return forms.CharField(
        max_length=DOCUMENT_LIMIT,
        label=gettext_lazy("Văn bản quyết định"),
        help_text=gettext_lazy("Số, ký hiệu, ví dụ 12-QĐ/TU."),
    )


class HeadForm(forms.Form):
    """A plan's title, day and document."""

    title = forms.CharField(max_length=TITLE_LIMIT, label=gettext_lazy("Tên phương án"))
    on = day_field()
    document = document_field()
    version = version_field(required=False)


class SheetField(forms.FileField):
    """A spreadsheet with the rows of a plan; what it may hold is decided where it is read."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile) and (found.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(_("Tệp quá lớn."))
        return found


class NewPlanForm(UnitForm, HeadForm):
    """A new plan: where it happens, and its sheet where there is one already."""

    unit = UnitField(
        may=Capability.TREE,
        label=gettext_lazy("Sắp xếp trong đơn vị"),
        help_text=gettext_lazy("Phương án chỉ đụng tới đơn vị này và các đơn vị bên dưới."),
    )
    file = SheetField(
        required=False,
        label=gettext_lazy("Bảng phương án"),
        help_text=gettext_lazy("Tệp .xlsx, .ods hoặc .csv theo mẫu. Để trống nếu muốn ghi từng dòng trên trang."),
    )
    field_order = ("title", "unit", "on", "document", "file")


class SheetForm(forms.Form):
    """Another sheet in the place of a draft's rows."""

    file = SheetField(
        label=gettext_lazy("Bảng phương án"),
        help_text=gettext_lazy("Tệp .xlsx, .ods hoặc .csv theo mẫu. Mọi dòng đang có được thay bằng dòng của tệp."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class RowForm(forms.Form):
    """One row of a plan. What a row of each kind must say is decided by the rules of plans, not here."""

    what = forms.CharField(label=gettext_lazy("Việc"), required=False)
    codes = forms.CharField(
        required=False,
        max_length=LIMITS["codes"],
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Mã đơn vị"),
        help_text=gettext_lazy("Nhiều mã cách nhau bằng dấu chấm phẩy."),
    )
    parent_code = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Mã cấp trên"),
        help_text=gettext_lazy("Khi thành lập, chuyển đơn vị hoặc chuyển đảng viên: nơi đến."),
    )
    heir_code = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Mã đơn vị kế thừa"),
        help_text=gettext_lazy("Khi sáp nhập, chia tách, kết thúc, bỏ cấp."),
    )
    name = forms.CharField(
        required=False,
        max_length=400,
        label=gettext_lazy("Tên đơn vị"),
        help_text=gettext_lazy("Khi thành lập hoặc đổi tên."),
    )
    short_name = forms.CharField(required=False, max_length=200, label=gettext_lazy("Tên ngắn"))
    kind = forms.CharField(
        required=False,
        label=gettext_lazy("Loại đơn vị"),
        help_text=gettext_lazy("Khi thành lập, đổi loại, bỏ cấp."),
    )
    is_cell = forms.CharField(required=False, label=gettext_lazy("Là chi bộ"))
    is_grassroots = forms.CharField(required=False, label=gettext_lazy("Là tổ chức cơ sở"))
    people = forms.CharField(
        required=False,
        max_length=LIMITS["people"],
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Đảng viên"),
        help_text=gettext_lazy("Khi chuyển đảng viên: họ tên cách nhau bằng dấu chấm phẩy, * là tất cả."),
    )
    after = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=30_000,
        label=gettext_lazy("Đặt sau dòng"),
        help_text=gettext_lazy("Để trống: đặt ở cuối."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, placed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not placed:
            del self.fields["after"]
        said = zip(YES_NO[0], YES_NO[language() == "en"], strict=True)
        flags = [("", _("theo loại đơn vị, hoặc như cũ")), *said]
        whats = [(word(WHATS, one, "vi"), word(WHATS, one, language())) for one in StepKind]
        kinds = [(word(KINDS, one, "vi"), word(KINDS, one, language())) for one in KINDS]
        self._offer("what", [("", _("— chọn —")), *whats])
        self._offer("kind", [("", _("— không ghi —")), *kinds])
        self._offer("is_cell", flags)
        self._offer("is_grassroots", flags)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A list to choose from; what was typed into a sheet and is not on it stays visible until it is mended."""
        typed = str(self.initial.get(name, ""))
        if typed and typed not in {value for value, _said in choices}:
            choices = [*choices, (typed, typed)]
        self.fields[name].widget = forms.Select(choices=choices)

    def cells(self) -> dict[str, str]:
        """What was typed, by column."""
        return {
            name: str(self.cleaned_data.get(name) or "") for name in self.fields if name not in ("after", "version")
        }


class UndoForm(forms.Form):
    """From when and by which document a plan is undone."""

    on = day_field(help_text=gettext_lazy("Từ ngày này cây tổ chức trở lại như trước phương án."))
    document = document_field()


class PlanFilter(forms.Form):
    """Which plans to list."""

    state = forms.CharField(required=False, label=gettext_lazy("Tình trạng"))

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].widget = forms.Select(choices=[("", _("tất cả")), *choices])


def blame_row(form: forms.Form, problems: Iterable[Problem], names: dict[str, str] | None = None) -> None:
    """Put each problem of a row beside the field of its column; `names` maps columns to fields called otherwise."""
    for problem in problems:
        field = (names or {}).get(problem.column, problem.column)
        if field in form.fields:
            form.add_error(field, Problem(problem.code, 0, "", worded(problem).facts).said(language()))
        else:
            form.add_error(None, Problem(problem.code, 0, problem.column, worded(problem).facts).said(language()))
