"""Forms of the work that a document asks for: a line each, all sent at once; to whom a task is handed down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.core.errors import Absent
from chithi.db.viewer import Viewer
from chithi.org.queries import unit_by_code
from chithi.tasks.from_above import Asked
from chithi.tasks.plan_rules import MOST_LINES, Line, why_not_line
from chithi.tasks.receivers import KINDS, NEXT
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import blame, optional
from chithi.web.show.directives import expected_word
from chithi.web.templatetags.chithi_format import day
from chithi.web.views.tasks_helpers import HelpersField

LARGEST = 2**63 - 1
MOST_CODES = 200
FOLDED = ("product", "clause", "helpers")


class LineForm(forms.Form):
    """One piece of work. A line without a title is no line; `how` is asked of work from above alone."""

    how = forms.ChoiceField(
        required=False, label=gettext_lazy("Đơn vị làm gì với việc này"), widget=forms.RadioSelect,
        choices=[
            ("carry", gettext_lazy("Đưa vào kế hoạch")),
            ("leave", gettext_lazy("Không đưa vào")),
            ("later", gettext_lazy("Để sau")),
        ],
    )  # fmt: skip
    reason = optional(
        forms.CharField(
            required=False, max_length=300, label=gettext_lazy("Lý do không đưa vào"),
            help_text=gettext_lazy("Cấp trên đọc được."),
        )
    )  # fmt: skip
    title = forms.CharField(
        required=False, max_length=300, label=gettext_lazy("Việc phải làm"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    product = optional(forms.CharField(required=False, max_length=300, label=gettext_lazy("Sản phẩm")))
    clause = optional(forms.CharField(required=False, max_length=120, label=gettext_lazy("Điều, khoản, mục")))
    owner = forms.ChoiceField(required=False, label=gettext_lazy("Người chịu trách nhiệm"))
    due_on = DayField(required=False, label=gettext_lazy("Hạn hoàn thành"))
    helpers = optional(HelpersField())
    for_below = forms.BooleanField(required=False, label=gettext_lazy("Cấp dưới cùng làm"))
    id = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=LARGEST)
    above = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=LARGEST)

    def __init__(
        self, *args: Any, viewer: Viewer, unit_id: int, owners: Sequence[tuple[str, str]],
        asked: Mapping[int, Asked], has_below: bool, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.asked, self.has_below = asked, has_below
        owner, helpers = self.fields["owner"], self.fields["helpers"]
        assert isinstance(owner, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        assert isinstance(helpers, HelpersField)  # noqa: S101 -- the same
        kept = (options.get("initial") or {}).get("owner", "")
        gone = [(kept, _("người đã thôi giữ chức"))] if kept and kept not in dict(owners) else []
        owner.choices = [("", _("— chọn người —")), *owners, *gone]
        helpers.begin(viewer, unit_id)

    @property
    def from_above(self) -> Asked | None:
        """The task that the line is about, where it comes from above and is still asked."""
        number = self["above"].value()
        return self.asked.get(int(number)) if str(number or "").isdecimal() else None

    @property
    def says_more(self) -> bool:
        """Whether something is said, or is wrong, in what is folded."""
        above = self.from_above
        begun = {"title": above.task.title, "product": above.task.product, "clause": above.task.clause} if above else {}
        names = ("title", *FOLDED) if above else FOLDED
        return any(self[name].errors or (self[name].value() or "") != begun.get(name, "") for name in names)

    @property
    def warning(self) -> str:
        """What has changed above since the line was written."""
        above, due_on = self.from_above, self.initial.get("due_on")
        if self.is_bound:
            return ""
        if self.initial.get("withdrawn"):
            return _("Cấp trên đã rút việc này. Để nguyên thì thành việc riêng của đơn vị; muốn bỏ thì xóa tên việc.")
        if above is not None and due_on is not None and due_on > above.task.due_on:
            return _("Hạn của cấp trên nay là %(day)s; hãy chọn lại hạn.") % {"day": day(above.task.due_on)}
        return ""

    def clean(self) -> dict[str, Any]:
        """What a line cannot say is said beside its field."""
        data = super().clean() or self.cleaned_data
        above = self.from_above
        if data.get("above") and above is None:
            data["above"] = None
            if data.get("how") == "carry":
                said = _("Cấp trên vừa rút việc này. Muốn vẫn làm thì ghi lần nữa; không thì xóa tên việc.")
                self.add_error("title", said)
            else:
                data |= {"id": None, "title": "", "product": "", "clause": "", "owner": "", "due_on": None}
        if self.errors or not self.says_something:
            return data
        if problem := why_not_line(self.said(), above.task.due_on if above else None):
            blame(self, problem)
        return data

    @property
    def says_something(self) -> bool:
        """A line from above unless it is put off; one of the unit's own where it has a title, or words without one.

        Clearing the title of a line that is stored takes it away.
        """
        data = self.cleaned_data
        if data.get("above"):
            return data.get("how") != "later"
        said = any(data.get(name) for name in ("title", "product", "clause", "owner", "due_on"))
        return bool(data.get("title", "").strip()) if data.get("id") else said

    def said(self) -> Line:
        """What was said, once valid."""
        data = self.cleaned_data
        kind, number = data["owner"][:1], int(data["owner"][1:] or 0)
        return Line(
            id=data["id"], above=data["above"], left_out=bool(data["above"]) and data["how"] == "leave",
            reason=data["reason"], title=data["title"], product=data["product"], clause=data["clause"],
            post=number if kind == "p" else None, person=number if kind == "m" else None, due_on=data["due_on"],
            for_below=data["for_below"], helpers=data["helpers"].choices,
        )  # fmt: skip


LineForms = formset_factory(LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES + 20, validate_max=True)


class ToForm(forms.Form):
    """To whom a task is handed down. In addresses: cho, ma."""

    cho = forms.ChoiceField(label=gettext_lazy("Giao cho"), required=False)
    ma = optional(
        forms.CharField(
            required=False, max_length=8_000, label=gettext_lazy("Hoặc chỉ các đơn vị"),
            help_text=gettext_lazy("Mã đơn vị, mỗi dòng một mã. Ghi ở đây thì chỉ giao cho các đơn vị này."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        field = self.fields["cho"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        field.choices = [(one, to_word(one)) for one in KINDS]

    def clean_ma(self) -> tuple[int, ...]:
        """The ids of the units named by their codes."""
        lines = str(self.cleaned_data["ma"]).replace(",", "\n").replace(";", "\n").splitlines()
        codes = [code for code in dict.fromkeys(line.strip() for line in lines) if code]
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %(most)s mã."), params={"most": MOST_CODES})
        return units_of(self.viewer, codes)


class HandForm(forms.Form):
    """The day by which all are to be done, and the key of the act."""

    due_on = DayField(label=gettext_lazy("Hạn hoàn thành"))
    key = forms.UUIDField(widget=forms.HiddenInput)


def to_word(kind: str) -> str:
    """To whom a task is handed down."""
    return _("Mọi đơn vị trực tiếp bên dưới") if kind == NEXT else expected_word(kind)


def units_of(viewer: Viewer, codes: Sequence[str]) -> tuple[int, ...]:
    """Units in reach by their codes; what names none is said."""
    found: list[int] = []
    for code in codes:
        try:
            found.append(unit_by_code(viewer, code[:60]))
        except Absent:
            said = _("Không có đơn vị mang mã này trong phạm vi được xem: %(codes)s")
            raise forms.ValidationError(said, params={"codes": code[:40]}) from None
    return tuple(found)
