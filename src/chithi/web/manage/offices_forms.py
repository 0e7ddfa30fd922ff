"""Forms of a records office: its letterhead, terms of the committee, the first number of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability
from chithi.registry.kinds import DocumentKind
from chithi.registry.queries import SET, Letterhead, Signer
from chithi.registry.rules import MOST_NUMBER
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import optional
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show import offices as show

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _line(label: StrPromise, longest: int = 120, hint: StrPromise | str = "") -> forms.CharField:
    """One line that may stay empty."""
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint)


class OfficeFilter(UnitForm):
    """Which unit's letterhead to open. In addresses: don-vi."""

    unit = UnitField(label=gettext_lazy("Đơn vị"), may=Capability.REPORT, help_text=gettext_lazy("Mã hoặc tên."))

    def add_prefix(self, field_name: str) -> str:
        return "don-vi" if field_name == "unit" else field_name


class LetterheadForm(forms.Form):
    """How a unit's documents look; `usual` says for each field what is printed where it stays empty."""

    side = forms.ChoiceField(required=False, label=gettext_lazy("Thể thức"))
    issuer = _line(gettext_lazy("Cơ quan ban hành, như in"), 160)
    parent = _line(gettext_lazy("Cơ quan cấp trên, như in"), 160)
    symbol = _line(gettext_lazy("Ký hiệu sau số"), 20)
    place = _line(gettext_lazy("Địa danh trước ngày"), 80)
    signing = forms.ChoiceField(required=False, label=gettext_lazy("Cách ký"))
    body = _line(gettext_lazy("Ký thay mặt, thừa lệnh của"))
    head = _line(gettext_lazy("Ký thay chức vụ nào"))
    signer_post = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=gettext_lazy("Người ký, theo sổ chức vụ")
    )
    post = _line(gettext_lazy("Chức vụ, như in"))
    signer_name = _line(
        gettext_lazy("Họ và tên, khi không có trong sổ"),
        hint=gettext_lazy("In đúng như ghi ở đây. Tên ghi ở đây không đổi theo khi người đó thôi chức vụ."),
    )
    recipients = forms.CharField(
        required=False,
        max_length=3000,
        label=gettext_lazy("Nơi nhận, mỗi dòng một nơi"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Dấu cuối dòng được thêm khi in. Dòng “Lưu …” in sau cùng."),
    )
    basis = forms.CharField(
        required=False,
        max_length=3000,
        label=gettext_lazy("Căn cứ của báo cáo, mỗi dòng một căn cứ"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    spelling = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Cách đặt dấu thanh"),
        help_text=gettext_lazy("Áp dụng cho cả văn bản khi in, trừ họ tên người ký; nội dung đã lưu không thay đổi."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    PARTS = (
        (gettext_lazy("Đầu văn bản"), ("side", "issuer", "parent", "symbol", "place")),
        (gettext_lazy("Chữ ký"), ("signing", "body", "head", "signer_post", "post", "signer_name")),
        (gettext_lazy("Nơi nhận, căn cứ, chính tả"), ("recipients", "basis", "spelling")),
    )

    def __init__(self, *args: Any, known: list[Signer], usual: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [("", _("người đứng đầu")), *((one.post_id, f"{one.title} – {one.name}") for one in known)]
        _offer(self, "side", show.sides(usual.get("side", "")))
        _offer(self, "signing", show.signings())
        _offer(self, "spelling", show.spellings())
        _offer(self, "signer_post", offered)
        for name, field in self.fields.items():
            if name != "version":
                optional(field)
            if usual.get(name) and name != "side":
                field.help_text = _("Để trống thì in: %(usual)s") % {"usual": usual[name]}

    def said(self) -> Letterhead:
        """What was filled in."""
        return Letterhead(**{name: self.cleaned_data[name] for name in SET})

    def parts(self) -> list[dict[str, Any]]:
        """The fields in their groups, for the template."""
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in self.PARTS]


class TermForm(forms.Form):
    """A term of the committee."""

    name = forms.CharField(
        max_length=80, label=gettext_lazy("Tên nhiệm kỳ"), help_text=gettext_lazy("Như “2025–2030”.")
    )
    since = DayField(
        label=gettext_lazy("Từ ngày"), help_text=gettext_lazy("Ngày bế mạc đại hội hoặc ngày được chỉ định.")
    )
    until = optional(
        DayField(
            required=False,
            label=gettext_lazy("Đến trước ngày"),
            help_text=gettext_lazy("Ngày nhiệm kỳ sau bắt đầu; chưa biết thì để trống."),
        )
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class FirstNumberForm(forms.Form):
    """Where the numbers of a kind begin."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    on = DayField(label=gettext_lazy("Nhiệm kỳ (hoặc năm) có ngày"))
    first = forms.IntegerField(
        min_value=1,
        max_value=MOST_NUMBER,
        label=gettext_lazy("Số bắt đầu"),
        help_text=gettext_lazy("Số kế tiếp của số cuối cùng đã cấp trên giấy."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "kind", [(kind.value, show.kind_word(kind)) for kind in DocumentKind])


class OutgoingFilter(UnitForm):
    """Which documents to list. In addresses: don-vi, loai, tu, den, chu."""

    unit = UnitField(required=False, label=gettext_lazy("Đơn vị"), may=Capability.REPORT)
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Loại văn bản"))
    since = DayField(required=False, label=gettext_lazy("Từ ngày"))
    until = DayField(required=False, label=gettext_lazy("Đến hết ngày"))
    words = forms.CharField(required=False, max_length=120, label=gettext_lazy("Số, chữ trong trích yếu"))

    NAMES = {"unit": "don-vi", "kind": "loai", "since": "tu", "until": "den", "words": "chu"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "kind", [("", _("tất cả")), *((kind.value, show.kind_word(kind)) for kind in DocumentKind)])

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)


class WithdrawForm(forms.Form):
    """A document is taken back."""

    on = DayField(label=gettext_lazy("Ngày thu hồi"))
    why = forms.CharField(max_length=200, label=gettext_lazy("Vì sao"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class IssueForm(forms.Form):
    """The day of issue, and a letter that goes with the report."""

    on = DayField(label=gettext_lazy("Ngày ban hành"), help_text=gettext_lazy("Ngày in trên văn bản."))
    letter = forms.ChoiceField(required=False, label=gettext_lazy("Văn bản gửi kèm"))

    def __init__(self, *args: Any, needed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "letter", show.letters(none=not needed))
        self.fields["letter"].required = needed


def _offer(form: forms.Form, name: str, choices: list[tuple[Any, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: the forms above declare it so
    field.choices = choices
