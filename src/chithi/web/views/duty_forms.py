"""Forms of duties: a list with its duties, what a unit reports on them, giving a report back, ending a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability, Viewer
from chithi.directives.kinds import MAY_BE_EXPECTED
from chithi.duties.actions import ListSaid
from chithi.duties.kinds import Answer, Concerns, Rhythm
from chithi.duties.queries import AnswerLine
from chithi.duties.rules import MOST_DUTIES, DutySaid, Said
from chithi.tasks.directing import offered
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import LARGEST, choose, optional, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.duties import ANSWERS, CONCERNS, EXPECTS, RHYTHMS

SPARE, FEWEST = 4, 6
"""Empty lines after the duties that are there; so many lines at least."""


def _worded(duties: tuple[DutySaid, ...]) -> dict[str, str]:
    """What the lines of a list begin with."""
    found: dict[str, str] = {}
    for at, duty in enumerate(duties):
        found |= {f"code_{at}": duty.code, f"wording_{at}": duty.wording, f"concerns_{at}": duty.concerns.value}
    return found


class ListForm(UnitForm):
    """A list with its duties, one a line: `code_N`, `wording_N`, `concerns_N`. Lines left empty are none."""

    unit = UnitField(label=gettext_lazy("Đơn vị ban hành"), may=Capability.ENTER)
    name = forms.CharField(
        max_length=200, label=gettext_lazy("Tên danh mục"),
        help_text=gettext_lazy("Ngắn, gọi đúng việc. Ví dụ: Trách nhiệm nêu gương của người đứng đầu."),
    )  # fmt: skip
    sign = optional(
        forms.CharField(
            max_length=60, required=False, label=gettext_lazy("Theo quy định số"),
            help_text=gettext_lazy("Số, ký hiệu như in trên văn bản. Ví dụ: 144-QĐ/TW."),
        )
    )  # fmt: skip
    directive = optional(
        forms.TypedChoiceField(
            required=False, coerce=int, empty_value=None, label=gettext_lazy("Văn bản trong sổ văn bản chỉ đạo")
        )
    )
    expects = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, required=False, label=gettext_lazy("Ai phải báo cáo")
    )
    rhythm = forms.TypedChoiceField(coerce=Rhythm, label=gettext_lazy("Bao lâu báo cáo một lần"))
    since = DayField(label=gettext_lazy("Có hiệu lực từ ngày"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = version_field(required=False)

    def __init__(self, *args: Any, viewer: Viewer, duties: tuple[DutySaid, ...] = (), **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        documents = [("", _("— không có —")), *((str(pk), said[:120]) for pk, said in offered(viewer))]
        kept = options.get("initial", {})
        if kept.get("directive") and str(kept["directive"]) not in {code for code, _words in documents}:
            documents.append((str(kept["directive"]), kept.get("directive_words") or "…"))
        choose(self, "directive", documents)
        choose(self, "expects", [(kind.value, EXPECTS[kind]) for kind in MAY_BE_EXPECTED])
        choose(self, "rhythm", [(one.value, RHYTHMS[one]) for one in Rhythm])
        self.initial = {**kept, **_worded(duties)}
        self.lines = self._lines(len(duties))
        for at in range(self.lines):
            self.fields[f"code_{at}"] = forms.CharField(
                max_length=20, required=False, label=_("Số %(number)s") % {"number": at + 1}
            )  # fmt: skip
            self.fields[f"wording_{at}"] = forms.CharField(
                max_length=300, required=False, label=_("Nội dung"),
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"concerns_{at}"] = forms.TypedChoiceField(
                required=False, coerce=Concerns, empty_value=Concerns.COLLECTIVE, label=_("Của ai"),
                choices=[(one.value, CONCERNS[one]) for one in Concerns],
                initial=Concerns.COLLECTIVE.value,
            )  # fmt: skip

    def _lines(self, there: int) -> int:
        """How many lines: those sent, else those there and some to spare."""
        if self.is_bound:
            sent = sum(name.startswith("wording_") for name in self.data)
            return min(max(sent, 1), MOST_DUTIES + 1)
        return min(max(there + SPARE, FEWEST), MOST_DUTIES)

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each line, for the template."""
        return [[self[f"{name}_{at}"] for name in ("code", "concerns", "wording")] for at in range(self.lines)]

    def head(self) -> list[forms.BoundField]:
        """The fields of the list itself."""
        return [field for field in self.visible_fields() if "_" not in field.name]

    def duties(self) -> tuple[DutySaid, ...]:
        """The duties, once valid; one without a number is given that of its line."""
        data, found = self.cleaned_data, []
        for at in range(self.lines):
            code, wording = data[f"code_{at}"].strip(), data[f"wording_{at}"].strip()
            if code or wording:
                found.append(DutySaid(code or str(at + 1), wording, data[f"concerns_{at}"]))
        return tuple(found)

    def said(self) -> ListSaid:
        """What is said of the list, once valid."""
        data = self.cleaned_data
        return ListSaid(
            name=data["name"], expects=tuple(data["expects"]), rhythm=data["rhythm"], since=data["since"],
            sign=data["sign"], directive=data["directive"],
        )  # fmt: skip


class ReportForm(forms.Form):
    """What a unit says about each duty: `answer_ID`, `note_ID`, `evidence_ID`."""

    version = version_field(required=False)

    def __init__(self, *args: Any, answers: tuple[AnswerLine, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.answers = answers
        for one in answers:
            at = one.duty.id
            self.initial[f"answer_{at}"] = one.answer.value if one.answer else ""
            self.initial[f"note_{at}"], self.initial[f"evidence_{at}"] = one.note, one.evidence
            self.fields[f"answer_{at}"] = forms.TypedChoiceField(
                required=False, coerce=Answer, empty_value=None, widget=forms.RadioSelect,
                label=f"{one.duty.code}. {one.duty.wording}", choices=[(a.value, ANSWERS[a]) for a in Answer],
            )  # fmt: skip
            self.fields[f"note_{at}"] = forms.CharField(
                max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                label=_("Nói rõ (nghĩa vụ %(code)s)") % {"code": one.duty.code},
            )  # fmt: skip
            self.fields[f"evidence_{at}"] = forms.CharField(
                max_length=300, required=False,
                label=_("Minh chứng (nghĩa vụ %(code)s)") % {"code": one.duty.code},
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each duty, for the template: {concerns, fields}."""
        return [
            {
                "concerns": str(CONCERNS[one.duty.concerns]),
                "fields": [self[f"{name}_{one.duty.id}"] for name in ("answer", "note", "evidence")],
            }
            for one in self.answers
        ]

    def said(self) -> dict[int, Said]:
        """What was said, by the ids of the duties, once valid."""
        data = self.cleaned_data
        ids = [one.duty.id for one in self.answers]
        return {at: Said(data[f"answer_{at}"], data[f"note_{at}"], data[f"evidence_{at}"]) for at in ids}


class EndForm(forms.Form):
    """From when on a list holds no longer."""

    on = DayField(label=gettext_lazy("Hết hiệu lực từ ngày"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)
