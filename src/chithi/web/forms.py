"""The forms of the intake: bringing a document, correcting what a figure was taken for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.indicators.meanings import meanings
from chithi.indicators.stated import breakdown_members
from chithi.text.formats import ACCEPT
from chithi.web.show.intake import covers_text
from chithi.web.templatetags.chithi_format import language


class BringForm(forms.Form):
    """What a clerk says of a document: whose it is and which period it reports on."""

    unit = forms.CharField(
        max_length=40, label=gettext_lazy("Mã đơn vị"), help_text=gettext_lazy("Đơn vị mà văn bản báo cáo.")
    )
    period = forms.CharField(
        max_length=60,
        label=gettext_lazy("Kỳ"),
        help_text=gettext_lazy("Ví dụ 2013, quý II/2013, tháng 6/2013, hoặc 14/5/2011–23/8/2013."),
    )


class FileForm(BringForm):
    """A file."""

    file = forms.FileField(label=gettext_lazy("Tệp báo cáo"), widget=forms.FileInput(attrs={"accept": ACCEPT}))
    field_order = ("file", "unit", "period")


class PasteForm(BringForm):
    """Pasted text."""

    title = forms.CharField(max_length=300, required=False, label=gettext_lazy("Tên văn bản"))
    text = forms.CharField(
        max_length=2_000_000, strip=False, label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 10})
    )
    field_order = ("title", "text", "unit", "period")


class CorrectForm(forms.Form):
    """What a figure really is."""

    indicator = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    member = forms.ChoiceField(required=False, label=gettext_lazy("Phần"))
    value = forms.CharField(max_length=30, required=False, label=gettext_lazy("Số"))
    value_max = forms.CharField(max_length=30, required=False, label=gettext_lazy("Đến (nếu là khoảng)"))
    total = forms.CharField(max_length=30, required=False, label=gettext_lazy("Trên tổng số"))
    percent = forms.CharField(max_length=12, required=False, label=gettext_lazy("Tỷ lệ %"))
    period = forms.CharField(max_length=60, label=gettext_lazy("Kỳ"))
    covers = forms.ChoiceField(label=gettext_lazy("Tính cho"))
    about = forms.CharField(max_length=200, required=False, label=gettext_lazy("Của ai (nếu là ví dụ)"))
    bound = forms.ChoiceField(required=False, label=gettext_lazy("Mức chắc chắn"))
    role = forms.ChoiceField(label=gettext_lazy("Nói về"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(meaning.code, meaning.name(language())) for meaning in meanings()]
        members = [(m.code, m.name_en if language() == "en" else m.name_vi) for m in breakdown_members()]
        choices: dict[str, list[tuple[str, str]]] = {
            "indicator": [("", _("— chọn —")), *named],
            "member": [("", _("toàn bộ")), *members],
            "covers": [(code, covers_text(code)) for code in ("subtree", "own", "part")],
            "bound": [
                ("", _("đúng số")),
                ("at_least", _("ít nhất")),
                ("at_most", _("gần bằng")),
                ("about", _("khoảng")),
            ],
            "role": [("level", _("kết quả")), ("target", _("mục tiêu")), ("change", _("mức tăng, giảm"))],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: they are declared so above
            field.choices = offered
