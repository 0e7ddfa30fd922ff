"""Forms of what is done to one unit. Each says which rows of a plan it means and which units those are about.

An act from a page is a small plan, so that it is tried, told, applied and undone by what plans are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability, Viewer
from chithi.org.kinds import StepKind, UnitKind
from chithi.org.plan_drafts import FIRST_ROW
from chithi.org.plan_rows import Problem, Step
from chithi.org.queries import UnitCard, one_unit
from chithi.web.manage.plans_forms import day_field, document_field
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.plans import kind_choices, kind_name

NAME_LIMIT, SHORT_LIMIT, CODE_LIMIT = 200, 80, 40
MOST_BESIDE = 200
"""So many units can be ticked or handed out on a page; more are done by a sheet."""
WAYS: dict[str, tuple[UnitKind, bool, bool]] = {
    **{kind.value: (kind, kind is UnitKind.CELL, kind is UnitKind.GRASSROOTS) for kind in UnitKind},
    "grassroots_cell": (UnitKind.GRASSROOTS, True, True),
}
"""What a unit may be, as (kind, is a cell, is grassroots); a chi bộ cơ sở is both."""
OF_THE_DAY = frozenset(
    {"org.bad_day", "org.before_last_change", "org.not_open_then", "org.already_closed", "org.parent_not_open"}
)
"""Refusals that another day may mend."""


def way_choices() -> list[tuple[str, str]]:
    """The words of `WAYS`."""
    words = kind_choices()
    return [
        (code, kind_name(kind, is_cell=cell, is_grassroots=base) if base else words[kind])
        for code, (kind, cell, base) in WAYS.items()
    ]


class ActForm(UnitForm):
    """What every act asks: the day and the document. `unit` is the one it begins at."""

    on = day_field()
    document = document_field()
    columns: dict[str, str] = {"codes": "code", "parent_code": "parent", "heir_code": "heir"}
    """Columns of a plan's row -> fields that fill them."""

    def __init__(self, *args: Any, viewer: Viewer, unit: UnitCard, above: UnitCard | None, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        self.viewer, self.unit, self.above = viewer, unit, above
        self.order_fields([*(name for name in self.fields if name not in ("on", "document")), "on", "document"])

    def steps(self) -> list[Step]:
        """The rows of the plan."""
        raise NotImplementedError

    def about(self) -> list[int]:
        """Units the act is about, beside the one it begins at."""
        return []

    def title(self) -> str:
        """What the plan is called."""
        raise NotImplementedError

    def field_of(self, problem: Problem) -> str:
        """The field that a problem of the plan is about; "" for the form as a whole."""
        if problem.code in OF_THE_DAY:
            return "on"
        return self.columns.get(problem.column, problem.column)

    def code_of(self, unit_id: int) -> str:
        return one_unit(self.viewer, unit_id, self.viewer.today).code

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)  # noqa: S101 -- declared so by each form
        field.choices = choices


class OpenForm(ActForm):
    """Open a unit below."""

    code = forms.CharField(
        max_length=CODE_LIMIT,
        label=gettext_lazy("Mã đơn vị"),
        help_text=gettext_lazy("Chữ không dấu, số, gạch; đặt một lần, không dùng lại."),
    )
    name = forms.CharField(max_length=NAME_LIMIT, label=gettext_lazy("Tên đơn vị"))
    short_name = forms.CharField(max_length=SHORT_LIMIT, required=False, label=gettext_lazy("Tên ngắn"))
    way = forms.ChoiceField(label=gettext_lazy("Loại đơn vị"))
    columns = {"codes": "code", "kind": "way", "parent_code": ""}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("way", [("", _("— chọn —")), *way_choices()])

    def steps(self) -> list[Step]:
        said = self.cleaned_data
        kind, cell, base = WAYS[said["way"]]
        return [
            Step(
                0,
                StepKind.OPEN,
                (said["code"],),
                said["name"],
                said["short_name"],
                kind,
                is_cell=cell,
                is_grassroots=base,
                parent_code=self.unit.code,
            )
        ]

    def title(self) -> str:
        return _("Thành lập %(unit)s") % {"unit": self.cleaned_data["name"]}


class RenameForm(ActForm):
    """Another name."""

    name = forms.CharField(max_length=NAME_LIMIT, label=gettext_lazy("Tên mới"))
    short_name = forms.CharField(max_length=SHORT_LIMIT, required=False, label=gettext_lazy("Tên ngắn"))

    def steps(self) -> list[Step]:
        said = self.cleaned_data
        return [Step(0, StepKind.RENAME, (self.unit.code,), said["name"], said["short_name"])]

    def title(self) -> str:
        return _("Đổi tên %(unit)s") % {"unit": self.unit.name}


class MoveForm(ActForm):
    """Another level above."""

    parent = UnitField(may=Capability.TREE, label=gettext_lazy("Cấp trên mới"))

    def steps(self) -> list[Step]:
        above = self.code_of(self.cleaned_data["parent"])
        return [Step(0, StepKind.MOVE, (self.unit.code,), parent_code=above)]

    def about(self) -> list[int]:
        return [self.cleaned_data["parent"]]

    def title(self) -> str:
        return _("Chuyển %(unit)s") % {"unit": self.unit.name}


class KindForm(ActForm):
    """Another kind."""

    way = forms.ChoiceField(label=gettext_lazy("Loại đơn vị"))
    columns = {"kind": "way", "": "way"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("way", way_choices())

    def steps(self) -> list[Step]:
        kind, cell, base = WAYS[self.cleaned_data["way"]]
        return [Step(0, StepKind.CHANGE_KIND, (self.unit.code,), kind=kind, is_cell=cell, is_grassroots=base)]

    def title(self) -> str:
        return _("Đổi loại %(unit)s") % {"unit": self.unit.name}


class CloseForm(ActForm):
    """Close with an heir."""

    heir = UnitField(
        may=Capability.TREE,
        label=gettext_lazy("Đơn vị kế thừa"),
        help_text=gettext_lazy("Nhận các đơn vị bên dưới, hồ sơ, số liệu và việc đang mở."),
    )

    def steps(self) -> list[Step]:
        heir = self.code_of(self.cleaned_data["heir"])
        return [Step(0, StepKind.CLOSE, (self.unit.code,), heir_code=heir)]

    def about(self) -> list[int]:
        return [self.cleaned_data["heir"]]

    def title(self) -> str:
        return _("Kết thúc hoạt động %(unit)s") % {"unit": self.unit.name}


class MergeForm(ActForm):
    """Merge units beside this one with it: into it, or all into a new one."""

    others = forms.MultipleChoiceField(
        label=gettext_lazy("Sáp nhập với"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một đơn vị.")},
    )
    into = forms.ChoiceField(label=gettext_lazy("Đơn vị kế thừa"))
    new_code = forms.CharField(
        max_length=CODE_LIMIT,
        required=False,
        label=gettext_lazy("Mã đơn vị mới"),
        help_text=gettext_lazy("Chỉ ghi khi lập đơn vị mới để kế thừa."),
    )
    new_name = forms.CharField(max_length=NAME_LIMIT, required=False, label=gettext_lazy("Tên đơn vị mới"))
    new_short = forms.CharField(max_length=SHORT_LIMIT, required=False, label=gettext_lazy("Tên ngắn"))
    columns = {"codes": "others", "heir_code": "into", "name": "new_name"}

    def __init__(self, *args: Any, beside: Sequence[UnitCard], **options: Any) -> None:
        super().__init__(*args, **options)
        self.beside = {unit.code: unit for unit in beside}
        self.offer("others", [(unit.code, f"{unit.name} ({unit.code})") for unit in beside])
        self.offer("into", [("this", self.unit.name), ("new", _("lập đơn vị mới"))])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("into") == "new":
            for name in ("new_code", "new_name"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Ô này phải ghi."))
        return said

    def steps(self) -> list[Step]:
        said, others = self.cleaned_data, tuple(self.cleaned_data["others"])
        if said["into"] == "this":
            return [Step(0, StepKind.MERGE, others, heir_code=self.unit.code)]
        made = Step(
            0,
            StepKind.OPEN,
            (said["new_code"],),
            said["new_name"],
            said["new_short"],
            UnitKind(self.unit.kind),
            is_cell=self.unit.is_cell,
            is_grassroots=self.unit.is_grassroots,
            parent_code=self.above.code if self.above else "",
        )
        return [made, Step(0, StepKind.MERGE, (self.unit.code, *others), heir_code=said["new_code"])]

    def field_of(self, problem: Problem) -> str:
        if self.cleaned_data.get("into") == "new" and problem.row == FIRST_ROW and problem.column in ("codes", "name"):
            return "new_code" if problem.column == "codes" else "new_name"
        return super().field_of(problem)

    def about(self) -> list[int]:
        found = [self.beside[code].id for code in self.cleaned_data["others"]]
        return [*found, *([self.above.id] if self.above and self.cleaned_data["into"] == "new" else [])]

    def title(self) -> str:
        if self.cleaned_data["into"] == "new":
            return _("Sáp nhập thành %(unit)s") % {"unit": self.cleaned_data["new_name"]}
        return _("Sáp nhập vào %(unit)s") % {"unit": self.unit.name}


class AbolishForm(ActForm):
    """Close all units of a kind below."""

    kind = forms.ChoiceField(label=gettext_lazy("Bỏ cấp"))
    heir = UnitField(
        may=Capability.TREE,
        required=False,
        label=gettext_lazy("Đơn vị kế thừa"),
        help_text=gettext_lazy("Để trống: mỗi đơn vị do cấp ngay trên kế thừa."),
    )
    columns = {"kind": "kind", "heir_code": "heir"}

    def __init__(self, *args: Any, below: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        words = kind_choices()
        self.offer("kind", [(kind, f"{words[UnitKind(kind)]} ({count})") for kind, count in below.items()])

    def steps(self) -> list[Step]:
        heir = self.cleaned_data["heir"]
        code = self.code_of(heir) if heir else ""
        return [Step(0, StepKind.ABOLISH, kind=UnitKind(self.cleaned_data["kind"]), heir_code=code)]

    def about(self) -> list[int]:
        return [self.cleaned_data["heir"]] if self.cleaned_data["heir"] else []

    def title(self) -> str:
        kind = kind_choices()[UnitKind(self.cleaned_data["kind"])]
        return _("Bỏ cấp %(kind)s trong %(unit)s") % {"kind": kind, "unit": self.unit.name}


class SplitForm(ActForm):
    """Split into new units beside it; each unit directly below goes to one of them, named members too."""

    heir = forms.ChoiceField(
        label=gettext_lazy("Đơn vị kế thừa"),
        help_text=gettext_lazy("Nhận hồ sơ, số liệu của đơn vị cũ và những gì không chia."),
    )
    columns = {"heir_code": "heir"}

    def __init__(self, *args: Any, parts: int, children: Sequence[UnitCard], **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers, self.children = range(1, parts + 1), children
        named = [(str(n), _("đơn vị mới thứ %(number)s") % {"number": n}) for n in self.numbers]
        for n in self.numbers:
            self.fields[f"code_{n}"] = forms.CharField(max_length=CODE_LIMIT, label=_("Mã đơn vị"))
            self.fields[f"name_{n}"] = forms.CharField(max_length=NAME_LIMIT, label=_("Tên đơn vị"))
            if self.unit.is_cell:
                self.fields[f"people_{n}"] = forms.CharField(
                    required=False,
                    max_length=20_000,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    label=_("Đảng viên sang đây"),
                    help_text=_("Họ tên, mỗi dòng một người; trùng tên thì ghi năm sinh trong ngoặc."),
                )
        for child in children:
            self.fields[f"child_{child.id}"] = forms.ChoiceField(choices=named, label=f"{child.name} ({child.code})")
        self.offer("heir", named)
        self.order_fields([*(name for name in self.fields if name not in ("heir", "on", "document")), "heir", "on"])

    def parts(self) -> list[dict[str, Any]]:
        """The fields of each part, for the template."""
        names = ("code", "name", "people")
        return [
            {"number": n, "fields": [self[f"{name}_{n}"] for name in names if f"{name}_{n}" in self.fields]}
            for n in self.numbers
        ]

    def handed(self) -> list[Any]:
        """The fields that say where each unit below goes."""
        return [self[f"child_{child.id}"] for child in self.children]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        codes = [said.get(f"code_{n}") for n in self.numbers]
        for n, code in zip(self.numbers, codes, strict=True):
            if code and code in codes[: n - 1]:
                self.add_error(f"code_{n}", _("Mã này đã ghi ở trên."))
        return said

    def steps(self) -> list[Step]:
        said, parent = self.cleaned_data, self.above.code if self.above else ""
        code = {str(n): said[f"code_{n}"] for n in self.numbers}
        found = [
            Step(
                0,
                StepKind.OPEN,
                (said[f"code_{n}"],),
                said[f"name_{n}"],
                "",
                UnitKind(self.unit.kind),
                is_cell=self.unit.is_cell,
                is_grassroots=self.unit.is_grassroots,
                parent_code=parent,
            )
            for n in self.numbers
        ]
        for part, made in code.items():
            going = tuple(c.code for c in self.children if said[f"child_{c.id}"] == part)
            people = tuple(p.strip() for p in said.get(f"people_{part}", "").splitlines() if p.strip())
            if going and part != said["heir"]:
                found.append(Step(0, StepKind.MOVE, going, parent_code=made))
            if people:
                found.append(Step(0, StepKind.TRANSFER, (self.unit.code,), parent_code=made, people=people))
        return [*found, Step(0, StepKind.SPLIT, (self.unit.code,), heir_code=code[said["heir"]])]

    def field_of(self, problem: Problem) -> str:
        part = problem.row - FIRST_ROW + 1
        if part in self.numbers and problem.column in ("codes", "name"):
            return f"{'code' if problem.column == 'codes' else 'name'}_{part}"
        if problem.column == "people":
            said = str(problem.facts.get("said"))
            return next((f"people_{n}" for n in self.numbers if said in self.cleaned_data.get(f"people_{n}", "")), "")
        return super().field_of(problem)

    def about(self) -> list[int]:
        return [self.above.id] if self.above else []

    def title(self) -> str:
        return _("Chia tách %(unit)s") % {"unit": self.unit.name}
