"""Forms of documents of a directive: the list's filter, a document, letting it go out, files, links, withdrawing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability, Viewer
from chithi.directives.kinds import LEADING, MAY_BE_EXPECTED, LinkKind, Whose
from chithi.directives.queries import Filter, units_coded
from chithi.directives.rules import LONGEST_ABSTRACT, MOST_RECIPIENTS, Written, read
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import choose, optional, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show import directives as show
from chithi.web.whole import whole

if TYPE_CHECKING:
    from chithi.directives.models import Directive

ACCEPT = ".docx,.doc,.pdf,.odt,.xlsx,.png,.jpg,.jpeg,.txt"


class DirectiveFilter(forms.Form):
    """What to list. In addresses: q, loai, nam, cua, hieu-luc."""

    NAMES = {"words": "q", "kind": "loai", "year": "nam", "whose": "cua", "in_force": "hieu-luc"}

    words = forms.CharField(required=False, max_length=200, label=gettext_lazy("Tìm trong văn bản"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Loại văn bản"))
    year = forms.CharField(required=False, max_length=4, label=gettext_lazy("Năm"))
    whose = forms.ChoiceField(required=False, label=gettext_lazy("Của ai"))
    in_force = forms.BooleanField(required=False, label=gettext_lazy("Còn hiệu lực"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kind", [("", _("— mọi loại —")), *((k.value, show.kind_name(k.value)) for k in LEADING)])
        whose = {
            Whose.OWN: _("của đơn vị đang xem"),
            Whose.ABOVE: _("từ nơi khác đến"),
            Whose.BELOW: _("của đơn vị bên dưới"),
        }
        choose(self, "whose", [("", _("— tất cả —")), *((one.value, word) for one, word in whose.items())])

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)

    def clean_year(self) -> int | None:
        """A year that a document may bear."""
        typed = str(self.cleaned_data["year"]).strip()
        found = whole(typed)
        if typed and (found is None or not 1930 <= found <= 2999):
            raise forms.ValidationError(_("Hãy ghi năm như 2026."))
        return found

    def wanted(self, unit_id: int) -> Filter:
        """The filter, once valid; "whose" is seen from this unit."""
        said = self.cleaned_data
        return Filter(said["kind"], said["year"], said["in_force"], said["whose"], unit_id if said["whose"] else 0)


class DirectiveForm(UnitForm):
    """A document, as whoever writes it says it."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    summary = forms.CharField(
        max_length=300,
        label=gettext_lazy("Trích yếu"),
        help_text=gettext_lazy("Về việc gì, như in trên văn bản."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sign = optional(
        forms.CharField(
            required=False,
            max_length=60,
            label=gettext_lazy("Số, ký hiệu"),
            help_text=gettext_lazy("Như in trên văn bản, ví dụ 05-KH/ĐU. Chưa có số thì để trống: văn bản là dự thảo."),
        )
    )
    dated = optional(DayField(required=False, label=gettext_lazy("Ngày văn bản")))
    issuer = optional(
        forms.CharField(
            required=False,
            max_length=160,
            label=gettext_lazy("Cơ quan ban hành, nếu không có trong cây đơn vị"),
            help_text=gettext_lazy("Ví dụ: Bộ Chính trị. Văn bản của chính đơn vị thì để trống."),
        )
    )
    abstract = optional(
        forms.CharField(
            required=False,
            max_length=LONGEST_ABSTRACT,
            label=gettext_lazy("Nội dung chính"),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    )
    expects = optional(
        forms.MultipleChoiceField(
            required=False,
            label=gettext_lazy("Ai phải ban hành văn bản triển khai"),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    due_on = optional(DayField(required=False, label=gettext_lazy("Hạn ban hành văn bản triển khai")))
    recipients = optional(
        forms.CharField(
            required=False,
            max_length=60_000,
            label=gettext_lazy("Chỉ gửi các đơn vị"),
            help_text=gettext_lazy("Mã đơn vị, mỗi dòng một mã. Để trống: gửi mọi đơn vị bên dưới."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )
    valid_from = optional(DayField(required=False, label=gettext_lazy("Có hiệu lực từ, nếu khác ngày văn bản")))
    valid_until = optional(DayField(required=False, label=gettext_lazy("Có hiệu lực đến hết ngày")))
    version = version_field(required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        self.viewer = viewer
        choose(self, "kind", [(kind.value, show.kind_name(kind.value)) for kind in LEADING])
        choose(self, "expects", [(one.value, show.expected_word(one.value)) for one in MAY_BE_EXPECTED])

    def clean_recipients(self) -> tuple[int, ...]:
        """The ids of the units named; every code that names none is told at once."""
        lines = str(self.cleaned_data["recipients"]).replace(",", "\n").replace(";", "\n")
        codes = list(dict.fromkeys(code.strip() for code in lines.splitlines() if code.strip()))
        if len(codes) > MOST_RECIPIENTS:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %(most)s mã."), params={"most": MOST_RECIPIENTS})
        known = units_coded(self.viewer, [code[:60] for code in codes])
        unknown = [code[:40] for code in codes if code[:60] not in known]
        if unknown:
            words = _("Không có đơn vị mang mã này trong phạm vi được xem: %(codes)s")
            raise forms.ValidationError(words, params={"codes": ", ".join(unknown[:10])})
        return tuple(known.values())

    def said(self) -> Written:
        """What was said, once valid."""
        apart = ("version", "unit", "follows", "key")
        given = {name: said for name, said in self.cleaned_data.items() if name not in apart}
        return Written(**{**given, "expects": tuple(given["expects"])})


class NewDirectiveForm(DirectiveForm):
    """A new document: whose register it enters, and what it carries out where it was begun from another."""

    unit = UnitField(
        label=gettext_lazy("Đơn vị"),
        may=Capability.ENTER,
        help_text=gettext_lazy("Đơn vị ban hành, hoặc đơn vị ghi văn bản nhận từ ngoài vào."),
    )
    follows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("unit", "kind", "summary", "sign", "dated")


def begun_with(row: Directive, codes: list[str]) -> dict[str, Any]:
    """A form's first content: what is stored. `codes`: of the units it is addressed to."""
    names = ("kind", "summary", "sign", "dated", "issuer", "abstract", "due_on", "valid_from", "valid_until", "version")
    stored = {name: getattr(row, name) for name in names}
    return {**stored, "expects": list(read(row.expects)), "recipients": "\n".join(codes)}


class OutForm(forms.Form):
    """Letting a draft go out: its date, and its number where it has one already."""

    dated = DayField(label=gettext_lazy("Ngày văn bản"))
    sign = optional(forms.CharField(required=False, max_length=60, label=gettext_lazy("Số, ký hiệu")))
    version = version_field(required=False)


class FileForm(forms.Form):
    """A file to be attached."""

    file = forms.FileField(
        label=gettext_lazy("Tệp"),
        help_text=gettext_lazy("Word, PDF, ODT, Excel, ảnh PNG, JPG hoặc .txt, tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=200,
    )


class LinkForm(forms.Form):
    """What this document is to another, which is named by its address or its number."""

    kind = forms.ChoiceField(label=gettext_lazy("Văn bản này"))
    target = forms.CharField(
        max_length=200,
        label=gettext_lazy("Văn bản kia"),
        help_text=gettext_lazy("Dán địa chỉ trang của văn bản kia, hoặc ghi số, ký hiệu của nó, ví dụ 03-CT/TW."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kind", [(one.value, show.link_word(one)) for one in LinkKind])


class WithdrawForm(forms.Form):
    """A document is taken back."""

    on = DayField(label=gettext_lazy("Thu hồi từ ngày"))
    why = forms.CharField(max_length=200, label=gettext_lazy("Lý do"))
    version = version_field(required=False)

    @classmethod
    def begun(cls, today: date, version: int) -> dict[str, Any]:
        """Its first content."""
        return {"on": today, "version": version}
