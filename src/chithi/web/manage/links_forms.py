"""Forms of ties beside the tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability
from chithi.org.kinds import LinkKind
from chithi.web.manage.days import DayField
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.show.beside import link_way


class LinkFilter(forms.Form):
    """Which ties to list."""

    loai = forms.ChoiceField(required=False, label=gettext_lazy("Cách gắn"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "loai", [("", _("tất cả"))])


class LinkForm(UnitForm):
    """Two units and how they are tied, from a day on."""

    kind = forms.ChoiceField(label=gettext_lazy("Cách gắn"))
    unit = UnitField(
        label=gettext_lazy("Cơ quan, đoàn thể hoặc thôn, bản"),
        may=Capability.TREE,
        help_text=gettext_lazy("Mã hoặc tên."),
    )
    other = UnitField(label=gettext_lazy("Tổ chức đảng, cấp ủy hoặc chi bộ"), help_text=gettext_lazy("Mã hoặc tên."))
    since = DayField(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "kind", [])


def _offer(form: forms.Form, name: str, before: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: the forms above declare it so
    field.choices = [*before, *((kind.value, link_way(kind)) for kind in LinkKind)]
