"""Forms of the register of people: whom, where, from which day; a namesake is asked about before somebody is added."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability, Viewer
from chithi.org.kinds import EmploymentKind
from chithi.org.people_ground import NewPerson
from chithi.org.people_queries import Sort, namesakes
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import optional, version_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.people import employment_word, told_apart
from chithi.web.whole import whole

SOMEBODY_ELSE = "moi"


class RosterFilter(UnitForm):
    """Whose people to list. In addresses: don-vi, loai, ten, rieng."""

    unit = UnitField(required=False, may=Capability.PEOPLE, label=gettext_lazy("Đơn vị"))
    sort = forms.ChoiceField(required=False, label=gettext_lazy("Những ai"))
    words = forms.CharField(max_length=80, required=False, label=gettext_lazy("Họ tên"))
    alone = forms.BooleanField(required=False, label=gettext_lazy("Chỉ riêng đơn vị này"))

    NAMES = {"unit": "don-vi", "sort": "loai", "words": "ten", "alone": "rieng"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sort"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: it is declared so above
        field.choices = [(sort.value, word) for sort, word in sorts().items()]

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)


def sorts() -> dict[Sort, str]:
    """The ways in which the list is narrowed, in words."""
    return {
        Sort.ALL: _("Tất cả"),
        Sort.MEMBERS: _("Đảng viên"),
        Sort.PROBATIONARY: _("Đảng viên dự bị"),
        Sort.EXEMPT: _("Được miễn công tác, sinh hoạt"),
        Sort.OFFICIALS: _("Cán bộ, công chức, viên chức"),
        Sort.OUTSIDE: _("Cán bộ, công chức, viên chức ngoài Đảng"),
        Sort.LEADERS: _("Cán bộ chủ chốt"),
        Sort.HOLDERS: _("Người giữ chức vụ"),
    }


class WhomForm(UnitForm):
    """Somebody known (`known` is their id) or somebody to write down, who is told apart from namesakes in reach."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Họ tên"))
    birth_year = optional(
        forms.IntegerField(required=False, min_value=0, max_value=9999, label=gettext_lazy("Năm sinh"), localize=False)
    )
    who = forms.CharField(required=False, max_length=20, label=gettext_lazy("Có người trùng tên"), widget=forms.Select)

    def __init__(self, *args: Any, viewer: Viewer, known: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.viewer, self.known, self.same = viewer, known, False
        if known is not None:
            for name in ("name", "birth_year", "who"):
                del self.fields[name]
        elif not self.is_bound:
            del self.fields["who"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "who" in self.fields and not self._told_apart(said):
            del self.fields["who"]
        return said

    def _told_apart(self, said: dict[str, Any]) -> bool:
        """Offer the namesakes, where there are any, and insist on an answer."""
        found = namesakes(self.viewer, said["name"], said.get("birth_year")) if said.get("name") else []
        if not found:
            return False
        offered = [(str(person.id), told_apart(person)) for person in found]
        widget = self.fields["who"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 -- for the type checker: it is declared so above
        widget.choices = [("", _("— chọn —")), *offered, (SOMEBODY_ELSE, _("Người khác, chưa có trong danh sách"))]
        if said.get("who") not in {SOMEBODY_ELSE, *(key for key, _word in offered)}:
            self.add_error("who", _("Đã có người mang tên này. Hãy chọn đúng người, hoặc chọn người khác."))
        return True

    def whom(self) -> int | NewPerson:
        """The person meant; call on a valid form."""
        if self.known is not None:
            return self.known
        chosen = whole(self.cleaned_data.get("who") or "")
        return chosen or NewPerson(self.cleaned_data["name"], self.cleaned_data["birth_year"])


class JoinForm(WhomForm):
    """A member of a cell."""

    unit = UnitField(may=Capability.PEOPLE, label=gettext_lazy("Chi bộ"))
    since = DayField(label=gettext_lazy("Từ ngày"))
    probationary = forms.BooleanField(required=False, label=gettext_lazy("Đảng viên dự bị"))


class EmployForm(WhomForm):
    """Somebody who works in an agency."""

    kind = forms.ChoiceField(label=gettext_lazy("Là"))
    unit = UnitField(may=Capability.PEOPLE, label=gettext_lazy("Cơ quan, đơn vị"))
    since = DayField(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: it is declared so above
        field.choices = [(kind.value, employment_word(kind.value)) for kind in EmploymentKind]


class PostForm(WhomForm):
    """Somebody who takes a post."""

    title = forms.CharField(max_length=120, label=gettext_lazy("Chức vụ"))
    is_head = forms.BooleanField(required=False, label=gettext_lazy("Là người đứng đầu"))
    is_key_leader = forms.BooleanField(required=False, label=gettext_lazy("Là cán bộ lãnh đạo chủ chốt"))
    unit = UnitField(may=Capability.PEOPLE, label=gettext_lazy("Đơn vị"))
    since = DayField(label=gettext_lazy("Từ ngày"))


class EndForm(forms.Form):
    """From which day something no longer holds."""

    suggested = ("on",)
    on = DayField(label=gettext_lazy("Từ ngày"), help_text=gettext_lazy("Ngày đầu tiên không còn tính nữa."))
    version = version_field()


class ExemptForm(forms.Form):
    """Exempt from work and meetings, from when to when, why."""

    since = DayField(label=gettext_lazy("Miễn từ ngày"))
    until = DayField(
        required=False,
        label=gettext_lazy("Đến trước ngày"),
        help_text=gettext_lazy("Để trống nếu chưa biết; có thể ghi sau."),
    )
    reason = optional(forms.CharField(max_length=120, required=False, label=gettext_lazy("Lý do")))


class CorrectForm(forms.Form):
    """A name or year of birth put right."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Họ tên"))
    birth_year = optional(
        forms.IntegerField(required=False, min_value=0, max_value=9999, label=gettext_lazy("Năm sinh"), localize=False)
    )
    version = version_field()
