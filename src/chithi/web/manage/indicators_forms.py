"""The forms of indicators: one definition, the filter of the list, what to try it on, the day of retiring."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from chithi.core.errors import Refused
from chithi.core.numbers import format_number, parse_number
from chithi.db.viewer import Viewer
from chithi.indicators.defining_rules import LONGEST_WORDS, MOST_DECIMALS, MOST_SCALE, MOST_WORDS, Draft, NewMeasure
from chithi.indicators.definitions import all_measures, breakdowns
from chithi.indicators.kinds import GROUPS
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show import definitions as show
from chithi.web.show.kinds import group_word
from chithi.web.templatetags.chithi_format import language

if TYPE_CHECKING:
    from chithi.indicators.models import Measure

Choices = list[tuple[str, Any]]


class FilterForm(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(max_length=100, required=False, label=gettext_lazy("Tên"))
    nhom = forms.ChoiceField(required=False, label=gettext_lazy("Nhóm"))
    tinh_trang = forms.ChoiceField(required=False, label=gettext_lazy("Tình trạng"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "nhom", [("", _("Mọi nhóm")), *((group, group_word(group)) for group in GROUPS)])
        states = [(state, show.state_word(state)) for state in ("in_use", "ahead", "retired")]
        offer(self, "tinh_trang", [("", _("Mọi tình trạng")), *states])


class RetireForm(forms.Form):
    """From which day an indicator is no longer used."""

    suggested = ("on",)
    on = DayField(required=False, label=gettext_lazy("Ngừng từ ngày"), help_text=gettext_lazy(
        "Kỳ bắt đầu từ ngày này trở đi không còn chỉ tiêu này; số đã ghi vẫn giữ. Để trống là dùng tiếp."
    ))  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class TrialForm(UnitForm):
    """On which unit and period a definition is tried."""

    thu_don_vi = UnitField(required=False, label=gettext_lazy("Thử với đơn vị"))
    thu_ky = forms.ChoiceField(required=False, label=gettext_lazy("Kỳ"))

    def __init__(self, *args: Any, viewer: Viewer, periods: Choices, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        offer(self, "thu_ky", periods)


class IndicatorForm(forms.Form):
    """One definition. What is required is decided by the rules, so that a half-filled form can be tried."""

    name_vi = forms.CharField(max_length=200, required=False, label=gettext_lazy("Tên"))
    name_en = forms.CharField(max_length=200, required=False, label=gettext_lazy("Tên tiếng Anh"))
    noun_vi = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Đơn vị tính"),
        help_text=gettext_lazy("Từ đứng sau con số: “12 buổi”, “40 hộ”."),
    )
    noun_en = forms.CharField(max_length=60, required=False, label=gettext_lazy("Đơn vị tính tiếng Anh, số nhiều"))
    noun_en_one = forms.CharField(max_length=60, required=False, label=gettext_lazy("Đơn vị tính tiếng Anh, số ít"))
    group = forms.ChoiceField(label=gettext_lazy("Nhóm"))
    order = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=1_000_000,
        label=gettext_lazy("Thứ tự"),
        help_text=gettext_lazy("Số nhỏ đứng trước. Để trống là đứng cuối."),
    )
    words = forms.CharField(
        max_length=(LONGEST_WORDS + 2) * MOST_WORDS,
        required=False,
        label=gettext_lazy("Cách gọi trong báo cáo"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Mỗi dòng một cách gọi. Khi đọc báo cáo, số đứng gần các từ này được gợi ý là chỉ tiêu này."
        ),
    )
    decimals = forms.IntegerField(
        min_value=0, max_value=MOST_DECIMALS, label=gettext_lazy("Số chữ số sau dấu phẩy của tỷ lệ")
    )
    numerator = forms.ChoiceField(required=False, label=gettext_lazy("Đếm gì"))
    denominator = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Trên tổng số"),
        help_text=gettext_lazy("Có tổng số thì chỉ tiêu là tỷ lệ phần trăm."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Cách viết số khi không là tỷ lệ"))
    direction = forms.ChoiceField(label=gettext_lazy("Chiều tốt"))
    target = forms.CharField(
        max_length=20,
        required=False,
        label=gettext_lazy("Mục tiêu"),
        help_text=gettext_lazy("Với tỷ lệ là số phần trăm, ví dụ 95."),
    )
    legal_basis = forms.ChoiceField(label=gettext_lazy("Căn cứ"))
    counting = forms.ChoiceField(label=gettext_lazy("Đếm theo cách nào"))
    expected = forms.ChoiceField(label=gettext_lazy("Ai phải ghi"))
    period_kinds = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Ghi cho kỳ"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Không chọn là kỳ nào cũng ghi được."),
    )
    scale = forms.IntegerField(min_value=0, max_value=MOST_SCALE, label=gettext_lazy("Số chữ số sau dấu phẩy khi ghi"))
    roll_up = forms.ChoiceField(label=gettext_lazy("Cộng lên cấp trên"))
    breakdown = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Chia theo"),
        help_text=gettext_lazy("Đơn vị ghi thêm số của từng phần."),
    )
    since = DayField(
        required=False,
        label=gettext_lazy("Dùng từ ngày"),
        help_text=gettext_lazy("Kỳ kết thúc trước ngày này giữ cách tính cũ. Để trống khi đặt mới là dùng cho mọi kỳ."),
    )
    why = forms.CharField(
        max_length=300, required=False, label=pgettext_lazy("định nghĩa", "Lý do hoặc văn bản"),
    )  # fmt: skip
    version = version_field(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        measures = [(str(measure.pk), _measure_words(measure)) for measure in all_measures()]
        summed = [(str(m.pk), _measure_words(m)) for m in all_measures() if m.roll_up == "sum"]
        for name, choices in {
            "numerator": [("", _("Một số mới, do đơn vị ghi")), *measures],
            "denominator": [("", _("Không có: chỉ là một con số")), *summed],
            "group": [(group, group_word(group)) for group in GROUPS],
            "kind": [*show.amount_words().items(), *_kept(self.initial.get("kind"))],
            "direction": list(show.direction_words().items()),
            "legal_basis": list(show.basis_words().items()),
            "counting": list(show.counting_words().items()),
            "expected": list(show.expected_words().items()),
            "period_kinds": list(show.period_kind_words().items()),
            "roll_up": [("sum", _("Cộng từ dưới lên")), ("none", _("Không cộng, mỗi đơn vị xem riêng"))],
            "breakdown": [("", _("Không chia")), *_partings()],
        }.items():
            offer(self, name, choices)

    def clean_target(self) -> Decimal | None:
        """As people write numbers here: 95 or 98,5."""
        typed = self.cleaned_data["target"].strip()
        try:
            return parse_number(typed, language()) if typed else None
        except Refused as problem:
            raise forms.ValidationError(_("Hãy ghi một con số.")) from problem

    def draft(self) -> Draft:
        """What was typed as a draft; call after `is_valid`."""
        said = self.cleaned_data
        return Draft(
            name_vi=said["name_vi"],
            name_en=said["name_en"],
            numerator_id=int(said["numerator"]) if said["numerator"] else None,
            measure=NewMeasure(
                noun_vi=said["noun_vi"],
                noun_en=said["noun_en"],
                noun_en_one=said["noun_en_one"],
                counting=said["counting"],
                scale=said["scale"],
                expected=said["expected"],
                roll_up=said["roll_up"],
                period_kinds=tuple(said["period_kinds"]),
                breakdown_id=int(said["breakdown"]) if said["breakdown"] else None,
            ),
            denominator_id=int(said["denominator"]) if said["denominator"] else None,
            kind=said["kind"],
            direction=said["direction"],
            target=said["target"],
            decimals=said["decimals"],
            legal_basis=said["legal_basis"],
            group=said["group"],
            order=said["order"],
            words=tuple(line for line in said["words"].splitlines() if line.strip()),
            since=said["since"],
            why=said["why"],
        )


def initial_of(draft: Draft, version: int | None) -> dict[str, Any]:
    """A draft as the first state of the form."""
    measure = draft.measure or NewMeasure()
    target = "" if draft.target is None else format_number(draft.target, language(), trim=True)
    return {
        **{name: getattr(measure, name) for name in ("noun_vi", "noun_en", "noun_en_one", "counting", "scale")},
        **{name: getattr(draft, name) for name in ("name_vi", "name_en", "kind", "direction", "decimals", "group")},
        "expected": measure.expected,
        "roll_up": measure.roll_up,
        "period_kinds": list(measure.period_kinds),
        "breakdown": str(measure.breakdown_id or ""),
        "numerator": str(draft.numerator_id or ""),
        "denominator": str(draft.denominator_id or ""),
        "legal_basis": draft.legal_basis,
        "order": draft.order,
        "target": target,
        "words": "\n".join(draft.words),
        "version": version,
    }


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices in the reader's language."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: they are declared so above
    field.choices = choices


def _kept(kind: Any) -> Choices:
    """A way of writing that ships and is not offered to others."""
    return [("income", _("Thu nhập (đồng/năm)"))] if kind == "income" else []


def _measure_words(measure: Measure) -> str:
    source = _("ghi chép") if measure.recorded else _("đơn vị ghi")
    return f"{show.measure_name(measure)} ({source})"


def _partings() -> Choices:
    """Breakdowns for numbers that units enter."""
    english = language() == "en"
    return [
        (str(parted.breakdown.pk), parted.breakdown.name_en if english else parted.breakdown.name_vi)
        for parted in breakdowns()
    ]
