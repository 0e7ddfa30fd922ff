"""Forms of tasks: what is to be done by whom, and what is said, asked and decided about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Viewer
from chithi.following.kinds import Age, State
from chithi.following.rules import LONGEST_INTERVAL, MOST_WEIGHT
from chithi.tasks.actions import Said
from chithi.tasks.directing import named, offered, to_filter_by
from chithi.tasks.heading import directs
from chithi.tasks.queries import Wanted, owners_in
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import LARGEST, optional, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.tasks import AGES, WORDS
from chithi.web.views.tasks_files import EvidenceField
from chithi.web.views.tasks_helpers import HelpersField


class VersionForm(forms.Form):
    """An act on what was seen: nothing to say but the version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)


class TaskForm(forms.Form):
    """A task's own facts; `owner` is "p12" for a post, "m34" for a member (`chithi.tasks.queries.owners_in`)."""

    title = forms.CharField(
        max_length=300,
        label=gettext_lazy("Việc phải làm"),
        help_text=gettext_lazy("Một việc, bắt đầu bằng động từ. Ví dụ: Lập danh sách hộ cần giúp đỡ của thôn."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    product = optional(
        forms.CharField(
            max_length=300, required=False, label=gettext_lazy("Sản phẩm"),
            help_text=gettext_lazy("Xong thì có gì trong tay: văn bản, danh sách, công trình, con số."),
        )
    )  # fmt: skip
    owner = forms.ChoiceField(
        label=gettext_lazy("Người chịu trách nhiệm"),
        help_text=gettext_lazy("Chọn chức vụ thì việc theo chức vụ khi bàn giao."),
    )
    since = DayField(label=gettext_lazy("Bắt đầu"))
    due_on = DayField(label=gettext_lazy("Hạn hoàn thành"))
    directive = optional(
        forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=gettext_lazy("Theo văn bản"))
    )
    clause = optional(forms.CharField(max_length=120, required=False, label=gettext_lazy("Điều, khoản, mục")))
    helpers = optional(HelpersField())
    weight = forms.IntegerField(
        min_value=1, max_value=MOST_WEIGHT, initial=1, label=gettext_lazy("Trọng số"),
        help_text=gettext_lazy("Việc nặng gấp mấy lần việc thường."),
    )  # fmt: skip
    update_every = forms.IntegerField(
        min_value=1, max_value=LONGEST_INTERVAL, initial=30, label=gettext_lazy("Báo tiến độ ít nhất mấy ngày một lần"),
    )  # fmt: skip
    for_below = forms.BooleanField(
        required=False, label=gettext_lazy("Cấp dưới cùng làm"),
        help_text=gettext_lazy("Đơn vị bên dưới thấy việc này khi soạn kế hoạch theo văn bản."),
    )  # fmt: skip
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = version_field(required=False)

    def __init__(self, *args: Any, viewer: Viewer, unit_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        choices = [("", _("— chọn người —")), *owners_in(viewer, unit_id, viewer.today)]
        kept = options.get("initial", {})
        known = {code for code, _words in choices}
        if kept.get("owner") and kept["owner"] not in known:
            choices.append((kept["owner"], kept.get("owner_words", "…")))
        self._choose("owner", choices)
        helpers = self.fields["helpers"]
        assert isinstance(helpers, HelpersField)  # noqa: S101 -- for the type checker: declared so above
        helpers.begin(viewer, unit_id)
        documents = [("", _("— không theo văn bản nào —")), *((str(pk), said[:120]) for pk, said in offered(viewer))]
        if kept.get("directive") and str(kept["directive"]) not in {code for code, _words in documents}:
            documents.append((str(kept["directive"]), kept.get("directive_words") or "…"))
        self._choose("directive", documents)
        hints = {"hx-post": reverse("task_hints"), "hx-trigger": "input changed delay:600ms", "hx-sync": "this:replace",
                 "hx-target": "#task-hints", "hx-include": "closest form"}  # fmt: skip
        for name in ("title", "product", "due_on"):
            self.fields[name].widget.attrs.update(hints)

    def said(self) -> Said:
        """What was said, once valid."""
        data = self.cleaned_data
        kind, number = data["owner"][:1], int(data["owner"][1:])
        return Said(
            title=data["title"], since=data["since"], due_on=data["due_on"], product=data["product"],
            post=number if kind == "p" else None, person=number if kind == "m" else None,
            directive=data["directive"], clause=data["clause"], parent=data["parent"], helpers=data["helpers"].units,
            helping_posts=data["helpers"].posts, helping_people=data["helpers"].people,
            weight=data["weight"], update_every=data["update_every"], for_below=data["for_below"],
        )  # fmt: skip

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        field.choices = choices


class WhoseForm(UnitForm):
    """The unit that a task is given to, by code or name; one that the viewer may give tasks to."""

    ma = UnitField(label=gettext_lazy("Đơn vị thực hiện"))

    def clean_ma(self) -> int:
        unit = int(self.cleaned_data["ma"])
        if not directs(self.viewer, unit):
            raise forms.ValidationError(_("Đơn vị này nằm ngoài phạm vi được giao cho việc đang làm."))
        return unit

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        self.viewer = viewer


class ProgressForm(forms.Form):
    """One word on how far it is."""

    share = optional(
        forms.IntegerField(required=False, min_value=0, max_value=100, label=gettext_lazy("Đã làm được (phần trăm)"))
    )
    note = optional(
        forms.CharField(
            max_length=1000, required=False, label=gettext_lazy("Đã làm gì, còn gì"),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )  # fmt: skip
    evidence = optional(
        forms.CharField(
            max_length=500, required=False, label=gettext_lazy("Minh chứng để ở đâu"),
            help_text=gettext_lazy("Địa chỉ trang, số văn bản, hoặc nơi để bản giấy."),
        )
    )  # fmt: skip
    attached = optional(EvidenceField())
    on = DayField(label=gettext_lazy("Tính đến ngày"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class FinishForm(VersionForm):
    """The work is done. Nothing need be said where a list sends it: then it is done today."""

    on = DayField(required=False, label=gettext_lazy("Xong ngày"))
    note = optional(
        forms.CharField(
            max_length=1000, required=False, label=gettext_lazy("Kết quả"), widget=forms.Textarea(attrs={"rows": 3})
        )
    )
    evidence = optional(
        forms.CharField(
            max_length=500, required=False, label=gettext_lazy("Minh chứng để ở đâu"),
            help_text=gettext_lazy("Địa chỉ trang, số văn bản, hoặc nơi để bản giấy."),
        )
    )  # fmt: skip
    attached = optional(EvidenceField())


class ReasonForm(VersionForm):
    """An act that asks for its reason."""

    reason = forms.CharField(max_length=500, label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))


class NewDayForm(ReasonForm):
    """Another day, and why."""

    new = DayField(label=gettext_lazy("Hạn mới"))
    field_order = ("new", "reason")


class RestForm(ReasonForm):
    """A suspension."""

    since = DayField(label=gettext_lazy("Tạm dừng từ ngày"))
    until = optional(
        DayField(
            required=False, label=gettext_lazy("Làm tiếp từ ngày"),
            help_text=gettext_lazy("Để trống nếu chưa biết; khi nào cho làm tiếp thì bấm."),
        )
    )  # fmt: skip
    field_order = ("since", "until", "reason")


class QuestionForm(VersionForm):
    """What is to be explained, and by when."""

    question = forms.CharField(
        max_length=500, label=gettext_lazy("Cần giải trình điều gì"), widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DayField(label=gettext_lazy("Trả lời trước hết ngày"))


class AnswerForm(VersionForm):
    """The explanation."""

    answer = forms.CharField(
        max_length=2000, label=gettext_lazy("Giải trình"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Vì sao chậm, đã làm gì, bao giờ xong."),
    )  # fmt: skip


class VerdictForm(VersionForm):
    """Yes or no, and why not."""

    agreed = forms.TypedChoiceField(
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, label=gettext_lazy("Quyết định"), choices=()
    )
    answer = optional(
        forms.CharField(
            max_length=500, required=False, label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("Cần ghi khi không đồng ý."),
        )
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agreed"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        field.choices = [("yes", _("Đồng ý")), ("no", _("Không đồng ý"))]


class StepForm(forms.Form):
    """One more step."""

    title = forms.CharField(max_length=200, label=gettext_lazy("Bước"))
    due_on = DayField(label=gettext_lazy("Hạn của bước"))


class TaskFilter(UnitForm):
    """Which tasks to list; names are those of the addresses that counts lead to. `ma` is the unit, by code or name."""

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Tên việc"))
    ma = UnitField(required=False, label=gettext_lazy("Đơn vị và bên dưới"))
    van_ban = forms.ChoiceField(required=False, label=gettext_lazy("Theo văn bản"))
    nguoi = forms.ChoiceField(required=False, label=gettext_lazy("Người chịu trách nhiệm"))
    trang_thai = forms.ChoiceField(required=False, label=gettext_lazy("Trạng thái"))
    qua_han = forms.ChoiceField(required=False, label=gettext_lazy("Quá hạn bao lâu"))
    rieng = forms.BooleanField(required=False, label=gettext_lazy("Chỉ riêng đơn vị này"))
    cua_toi = forms.BooleanField(required=False, label=gettext_lazy("Việc của tôi"))
    bao_len = forms.CharField(required=False, widget=forms.HiddenInput)
    ngay = forms.CharField(required=False, widget=forms.HiddenInput)
    thang = forms.CharField(required=False, widget=forms.HiddenInput)
    tiep = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, wanted: Wanted, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        self._choose("trang_thai", [("", _("— tất cả —")), *((one.value, WORDS[one]) for one in State)])
        self._choose("qua_han", [("", _("— bất kỳ —")), *((one.value, AGES[one]) for one in Age)])
        documents = dict(to_filter_by(viewer))
        if wanted.directive and wanted.directive not in documents:
            documents |= named(viewer, [wanted.directive])
        choices = [(str(one), said[:100]) for one, said in documents.items()]
        self._choose("van_ban", [("", _("— tất cả —")), *choices])
        if wanted.unit:
            owners = owners_in(viewer, wanted.unit, viewer.today)
            self._choose("nguoi", [("", _("— tất cả —")), *owners])
        else:
            del self.fields["nguoi"], self.fields["rieng"]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so above
        field.choices = choices
