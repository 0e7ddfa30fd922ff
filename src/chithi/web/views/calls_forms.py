"""Forms of requests by letter: the request, a line of its outline, to whom it goes, answers, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.calls.actions import Letter, Said, Whom
from chithi.calls.kinds import Asks
from chithi.calls.passing import Below
from chithi.calls.queries import Lines, may_be_asked, period_of
from chithi.calls.rules import LONGEST_ANSWER, LONGEST_CONTENT
from chithi.core.errors import Refused
from chithi.core.numbers import parse_number
from chithi.core.wording import sentence
from chithi.db.viewer import Viewer
from chithi.directives.kinds import MAY_BE_EXPECTED
from chithi.directives.queries import Filter, listed, units_coded
from chithi.directives.rules import MOST_RECIPIENTS
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import choose, optional, version_field
from chithi.web.show.calls import asks_word, told
from chithi.web.show.directives import expected_word
from chithi.web.templatetags.chithi_format import language
from chithi.web.views.tasks_forms import VersionForm

if TYPE_CHECKING:
    from chithi.calls.models import Call


class CallForm(forms.Form):
    """What a request is about, and by when."""

    title = forms.CharField(
        max_length=300,
        label=gettext_lazy("Yêu cầu báo cáo về việc gì"),
        help_text=gettext_lazy("Như trích yếu công văn. Ví dụ: Kết quả học tập chuyên đề sáu tháng đầu năm."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = DayField(label=gettext_lazy("Hạn trả lời"))
    content = optional(
        forms.CharField(
            required=False, max_length=LONGEST_CONTENT, label=gettext_lazy("Nội dung yêu cầu"),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    )  # fmt: skip
    period = optional(
        forms.CharField(
            required=False, max_length=60, label=gettext_lazy("Kỳ của số liệu"),
            help_text=gettext_lazy("Chỉ cần khi hỏi số của chỉ tiêu. Ví dụ quý III/2026, tháng 10/2026, 2026."),
        )
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = version_field(required=False)

    def said(self) -> Said:
        """What was said, once valid."""
        data = self.cleaned_data
        return Said(data["title"], data["due_on"], data["content"], data["period"])


class QuestionForm(forms.Form):
    """One more line of an outline; `asks` is "words", "number" or "i12", the figure of an indicator."""

    text = optional(
        forms.CharField(
            required=False, max_length=500, label=gettext_lazy("Cần báo cáo điều gì"),
            help_text=gettext_lazy("Hỏi số của chỉ tiêu thì có thể để trống."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )  # fmt: skip
    asks = forms.ChoiceField(label=gettext_lazy("Trả lời bằng"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        offered: list[tuple[str, Any]] = [(Asks.WORDS.value, _("Lời")), (Asks.NUMBER.value, _("Con số"))]
        figures = [(f"i{one.indicator.pk}", one.name(language())) for one in may_be_asked(period_of(call))]
        choose(self, "asks", [*offered, (_("Số của chỉ tiêu, ghi vào số liệu của đơn vị"), figures)]
               if figures else offered)  # fmt: skip

    def asked(self) -> tuple[str, Asks, int | None]:
        """Text, what it asks for, the indicator's id."""
        chosen = self.cleaned_data["asks"]
        if chosen.startswith("i"):
            return self.cleaned_data["text"], Asks.INDICATOR, int(chosen[1:])
        return self.cleaned_data["text"], Asks(chosen), None


class PassForm(forms.Form):
    """Until when the units below are asked."""

    due_on = DayField(label=gettext_lazy("Hạn trả lời"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class SendForm(VersionForm):
    """To whom a request goes, and with which letter."""

    kinds = optional(
        forms.MultipleChoiceField(
            required=False, label=gettext_lazy("Mọi đơn vị bên dưới thuộc loại"), widget=forms.CheckboxSelectMultiple
        )
    )
    units = optional(
        forms.CharField(
            required=False, max_length=60_000, label=gettext_lazy("Và các đơn vị"),
            help_text=gettext_lazy("Mã đơn vị, mỗi dòng một mã."), widget=forms.Textarea(attrs={"rows": 2}),
        )
    )  # fmt: skip
    sign = optional(
        forms.CharField(
            required=False, max_length=60, label=gettext_lazy("Số, ký hiệu công văn"),
            help_text=gettext_lazy("Như in trên công văn, ví dụ 12-CV/TU. Công văn được ghi vào Văn bản chỉ đạo."),
        )
    )  # fmt: skip
    dated = optional(DayField(required=False, label=gettext_lazy("Ngày công văn")))
    directive = optional(
        forms.TypedChoiceField(
            required=False, coerce=int, empty_value=None, label=gettext_lazy("Hoặc theo văn bản đã ban hành")
        )
    )

    def __init__(
        self, *args: Any, viewer: Viewer, unit_id: int, above: Mapping[int, str] | None = None, **options: Any
    ) -> None:
        """`above`: the letter of the request that is passed on, by its id."""
        super().__init__(*args, **options)
        self.viewer = viewer
        own, _total = listed(viewer, Filter(in_force=True, whose="own", unit_id=unit_id))
        theirs = [(str(pk), words[:120]) for pk, words in (above or {}).items()]
        papers = [*theirs, *((str(one.id), f"{one.sign} · {one.summary}"[:120]) for one in own)]
        choose(self, "kinds", [(one.value, expected_word(one.value)) for one in MAY_BE_EXPECTED])
        choose(self, "directive", [("", _("— ghi công văn mới —")), *papers])

    def clean_units(self) -> tuple[int, ...]:
        """The ids of the units named; every code that names none is told at once."""
        typed = str(self.cleaned_data["units"]).replace(",", "\n").replace(";", "\n")
        codes = list(dict.fromkeys(code.strip()[:60] for code in typed.splitlines() if code.strip()))
        if len(codes) > MOST_RECIPIENTS:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %(most)s mã."), params={"most": MOST_RECIPIENTS})
        known = units_coded(self.viewer, codes)
        unknown = [code[:40] for code in codes if code not in known]
        if unknown:
            words = _("Không có đơn vị mang mã này trong phạm vi được xem: %(codes)s")
            raise forms.ValidationError(words, params={"codes": ", ".join(unknown[:10])})
        return tuple(known.values())

    def whom(self) -> Whom:
        """Who is asked, once valid."""
        return Whom(tuple(self.cleaned_data["kinds"]), self.cleaned_data["units"])

    def letter(self) -> Letter:
        """The letter, once valid."""
        data = self.cleaned_data
        return Letter(data["directive"], data["sign"], data["dated"])


class AnswerForm(VersionForm):
    """An answer, a field a line: `line_12` for the line of that id; `below`: what units below said, where asked."""

    def __init__(self, *args: Any, outline: Lines, below: Below | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.outline = outline
        for at, question in enumerate(outline.questions, 1):
            words = question.asks == Asks.WORDS
            hints = (asks_word(question, outline) if question.asks == Asks.INDICATOR else "", told(question, below))
            self.fields[f"line_{question.pk}"] = forms.CharField(
                required=False, max_length=LONGEST_ANSWER if words else 40, label=f"{at}. {question.text}",
                help_text=" ".join(hint for hint in hints if hint),
                widget=forms.Textarea(attrs={"rows": 3}) if words else forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Numbers as numbers; what is none is said beside its field."""
        data = super().clean() or self.cleaned_data
        for question in self.outline.questions:
            name = f"line_{question.pk}"
            if question.asks != Asks.WORDS and data.get(name):
                try:
                    data[name] = parse_number(data[name], language())
                except Refused as problem:
                    self.add_error(name, sentence(problem.code, problem.facts, language()))
        return data

    def said(self) -> dict[int, tuple[str, Decimal | None]]:
        """What was said to each line, once valid."""
        found: dict[int, tuple[str, Decimal | None]] = {}
        for question in self.outline.questions:
            value = self.cleaned_data[f"line_{question.pk}"]
            found[question.pk] = ("", value) if isinstance(value, Decimal) else (value, None)
        return found


class WhyForm(VersionForm):
    """An act that asks for its reason."""

    why = forms.CharField(max_length=300, label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))
