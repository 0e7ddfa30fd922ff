"""Forms of a work calendar: one line; the post that owns what names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Viewer
from chithi.directives.kinds import MAY_BE_EXPECTED
from chithi.directives.rules import read
from chithi.routine.actions import Said
from chithi.routine.kinds import DayOff, Makes, Rhythm
from chithi.routine.queries import posts_in
from chithi.routine.rules import LONGEST_NOTICE, LONGEST_SPAN, When
from chithi.tasks.directing import offered
from chithi.web.manage.desk import choose, optional, version_field
from chithi.web.show.directives import expected_word
from chithi.web.show.routine import DAYS_OFF, FIELDS, MAKES, RHYTHMS

if TYPE_CHECKING:
    from chithi.routine.models import Line


class LineForm(forms.Form):
    """One line of the calendar."""

    title = forms.CharField(
        max_length=300,
        label=FIELDS["title"],
        help_text=gettext_lazy("Một việc, bắt đầu bằng động từ. Ví dụ: Mở lớp học chuyên đề cho đảng viên."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    content = optional(
        forms.CharField(
            max_length=1000, required=False, label=FIELDS["content"], widget=forms.Textarea(attrs={"rows": 3})
        )
    )
    rhythm = forms.ChoiceField(label=FIELDS["rhythm"])
    month = forms.IntegerField(
        min_value=1, max_value=12, label=FIELDS["month"],
        help_text=gettext_lazy("Việc mỗi quý, mỗi nửa năm: tháng đầu tiên. Ví dụ 3 là các tháng 3, 6, 9, 12."),
    )  # fmt: skip
    until_month = optional(
        forms.IntegerField(
            required=False, min_value=1, max_value=12, label=FIELDS["until_month"],
            help_text=gettext_lazy("Chỉ dùng cho việc mỗi tháng. Để trống: đến tháng 12."),
        )
    )  # fmt: skip
    day = optional(
        forms.IntegerField(
            required=False, min_value=1, max_value=31, label=FIELDS["day"],
            help_text=gettext_lazy("Để trống: ngày làm việc cuối cùng của tháng."),
        )
    )  # fmt: skip
    day_off = forms.ChoiceField(
        label=FIELDS["day_off"], help_text=gettext_lazy("Thứ Bảy, Chủ nhật, Tết và các ngày lễ của năm ấy.")
    )
    makes = forms.ChoiceField(label=FIELDS["makes"], widget=forms.RadioSelect)
    span = forms.IntegerField(
        min_value=0, max_value=LONGEST_SPAN, label=FIELDS["span"],
        help_text=gettext_lazy("Nhiệm vụ hiện trong Việc của tôi từ ngày này."),
    )  # fmt: skip
    remind = forms.IntegerField(
        min_value=0, max_value=LONGEST_NOTICE, label=FIELDS["remind"], help_text=gettext_lazy("Dùng cho việc nhắc.")
    )
    product = optional(forms.CharField(max_length=300, required=False, label=FIELDS["product"]))
    post = optional(
        forms.TypedChoiceField(
            required=False, coerce=int, empty_value=None, label=gettext_lazy("Chức vụ chịu trách nhiệm")
        )
    )
    directive = optional(
        forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=gettext_lazy("Theo văn bản"))
    )
    offers_to = optional(
        forms.MultipleChoiceField(
            required=False, label=gettext_lazy("Gợi ý cho đơn vị bên dưới"), widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("Đơn vị bên dưới tự quyết định có lấy dòng này hay không."),
        )
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = version_field(required=False)

    def __init__(self, *args: Any, viewer: Viewer, unit_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = options.get("initial", {})
        posts = [(str(pk), words) for pk, words in posts_in(viewer, unit_id)]
        papers = [(str(pk), said[:120]) for pk, said in offered(viewer)]
        choose(self, "rhythm", [(one.value, words) for one, words in RHYTHMS.items()])
        choose(self, "day_off", [(one.value, words) for one, words in DAYS_OFF.items()])
        choose(self, "makes", [(one.value, words) for one, words in MAKES.items()])
        choose(self, "post", [("", _("— chọn khi tạo lịch —")), *_with(posts, kept.get("post"))])
        choose(self, "directive", [("", _("— không theo văn bản nào —")), *_with(papers, kept.get("directive"))])
        choose(self, "offers_to", [(one.value, expected_word(one.value)) for one in MAY_BE_EXPECTED])

    def said(self) -> Said:
        """What was said, once valid."""
        data = self.cleaned_data
        when = When(
            Rhythm(data["rhythm"]), data["month"], data["day"], data["until_month"] or 12, DayOff(data["day_off"]),
            data["span"],
        )  # fmt: skip
        return Said(
            title=data["title"], when=when, content=data["content"], product=data["product"],
            makes=Makes(data["makes"]), remind=data["remind"], post=data["post"], directive=data["directive"],
            offers_to=tuple(data["offers_to"]),
        )  # fmt: skip


def initial_of(line: Line) -> dict[str, Any]:
    """What the form of a line begins with."""
    return {
        "title": line.title, "content": line.content, "rhythm": line.rhythm, "month": line.month,
        "until_month": line.until_month, "day": line.day, "day_off": line.day_off, "makes": line.makes,
        "span": line.span, "remind": line.remind, "product": line.product, "post": line.owner_post_id,
        "directive": line.directive_id, "offers_to": read(line.offers_to), "version": line.version,
    }  # fmt: skip


def _with(choices: list[tuple[str, str]], kept: int | None) -> list[tuple[str, str]]:
    """The choices and, where it is not among them any more, what was chosen."""
    known = {code for code, _words in choices}
    return choices if kept is None or str(kept) in known else [*choices, (str(kept), "…")]
