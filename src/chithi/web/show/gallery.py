"""The gallery of components: each template of templates/components, what it says it takes, drawings of its states.

States are sample data: gallery/parts/NAME.json, a list of {said, with}, where `with` is exactly what an include passes.
What only code can make (pictures, forms) stands here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chithi.db.viewer import Viewer
from chithi.web.manage.days import DayField
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.picture_samples import bars_sample, heat_sample, trend_sample

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
COMMENT = re.compile(r"{% comment %}(.*?){% endcomment %}", re.DOTALL)

GROUPS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    (
        "khung",
        _("Khung trang"),
        (
            "top_bar", "breadcrumb", "period_chooser", "rail", "foot_bar", "user_menu", "settings_list", "keys_dialog",
            "menu_links", "icon", "tour_line", "print_head",
        ),
    ),
    (
        "so",
        _("Con số"),
        (
            "number", "mark", "sources_legend", "spoke", "change", "share_bar", "trend", "indicators_table",
            "contributions",
        ),
    ),
    ("viec", _("Việc và tình trạng"), ("status", "next_steps", "standings", "task_hints")),
    ("hinh", _("Hình"), ("picture", "heat")),
    (
        "bang",
        _("Bảng và danh sách"),
        ("listing", "sort_head", "pager", "tree_branch", "beside", "narrow", "asked_kinds", "empty"),
    ),
    ("ghi", _("Biểu mẫu"), ("field", "wrongs", "unit_input", "unit_offers", "problems")),
    ("tim", _("Tìm"), ("search_offers", "search_found", "marked")),
    ("chu", _("Văn bản"), ("quote", "runs", "document_head", "document_foot")),
    ("loi", _("Lời nhắn"), ("toast", "refusal")),
)  # fmt: skip

AROUND = frozenset(
    {
        "top_bar",
        "breadcrumb",
        "period_chooser",
        "rail",
        "foot_bar",
        "user_menu",
        "settings_list",
        "keys_dialog",
        "print_head",
    }
)
"""Parts of the frame: they stand around the gallery itself, and a second one would share their ids."""

BESIDE = frozenset({"number", "mark", "spoke", "change", "share_bar", "trend", "status", "icon"})
"""Small parts: the state's name stands beside the drawing, not over it."""


def groups(viewer: Viewer) -> list[dict[str, Any]]:
    """[{id, text, parts: list[{id, name, template, takes, around, beside, cases: list[{said, with}]}]}], all of them.

    A component that stands in no group comes last, without states.
    """
    made = _made(viewer)
    known = {name for _id, _text, names in GROUPS for name in names}
    shown = [(at, text, names) for at, text, names in GROUPS]
    others = tuple(sorted(path.stem for path in (TEMPLATES / "components").glob("*.html") if path.stem not in known))
    if others:
        shown.append(("khac", _("Khác"), others))
    return [{"id": at, "text": text, "parts": [_part(name, made) for name in names]} for at, text, names in shown]


def _part(name: str, made: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    template = f"components/{name}.html"
    said = COMMENT.search((TEMPLATES / template).read_text(encoding="utf-8"))
    return {
        "id": name,
        "name": f"{name}.html",
        "template": template,
        "takes": said[1].strip() if said else "",
        "around": name in AROUND,
        "beside": name in BESIDE,
        "cases": made.get(name) or _stored(name),
    }


def _stored(name: str) -> list[dict[str, Any]]:
    path = TEMPLATES / "gallery" / "parts" / f"{name}.json"
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return cases


class SampleForm(UnitForm):
    """Every kind of field once."""

    name = forms.CharField(label=_("Tên văn bản"))
    period = forms.CharField(
        label=_("Kỳ"), help_text=_("Ví dụ 2013, quý II/2013, tháng 6/2013, hoặc 14/5/2011–23/8/2013.")
    )
    unit = UnitField(label=_("Đơn vị"))
    day = DayField(label=_("Từ ngày"))
    kind = forms.ChoiceField(label=_("Loại"), choices=[("", _("— chọn —")), ("1", "Cụm"), ("2", _("Đơn vị làm điểm"))])
    way = forms.ChoiceField(
        label=_("Cách tính"), choices=[("1", _("Cộng từ dưới lên")), ("2", _("Không chia"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label=_("Tệp báo cáo"), required=False)
    agreed = forms.BooleanField(label="Đồng ý ghi", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].stored = "Theo kế hoạch 12"  # type: ignore[attr-defined]  # as manage/renewed.py does


def _made(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    right = SampleForm(viewer=viewer, prefix="right", initial={"name": "Báo cáo năm", "way": "1"})
    wrong = SampleForm({"wrong-period": "2025", "wrong-kind": "9"}, viewer=viewer, prefix="wrong")
    return {
        "picture": [
            {"said": "qua các kỳ", "with": {"picture": trend_sample()}},
            {"said": "theo đơn vị", "with": {"picture": bars_sample()}},
        ],
        "heat": [{"said": "ai đã báo cáo", "with": {"heat": heat_sample()}}],
        "wrongs": [{"said": "biểu mẫu chưa gửi được", "with": {"form": wrong}}],
        "field": [
            *({"said": "", "with": {"field": field, "optional": not field.field.required}} for field in right),
            {"said": "có chỗ sai", "with": {"field": wrong["name"]}},
            {"said": "chọn mục không có", "with": {"field": wrong["kind"]}},
        ],
        "unit_input": [{"said": "gõ mã hoặc tên", "with": {"widget": _unit_widget(right)}}],
    }


def _unit_widget(form: forms.Form) -> dict[str, Any]:
    field = form.fields["unit"]
    attrs = {"id": "choose-unit", "aria-label": str(field.label)}
    context: dict[str, Any] = field.widget.get_context("choose-unit", "HL-CS", attrs)["widget"]
    return context
