"""Forms of templates: a new one, a newer file of one, another name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Capability
from chithi.reporting.own_templates.fields import NAME_LENGTH
from chithi.web.manage.desk import version_field
from chithi.web.manage.unit_field import UnitField, UnitForm

_FILE_HINT = gettext_lazy("Tệp Word loại .docx, tối đa 5 MB. Tệp được điền thử trước khi lưu.")


def _file() -> forms.FileField:
    return forms.FileField(label=gettext_lazy("Tệp mẫu"), help_text=_FILE_HINT, max_length=200)


class NewTemplateForm(UnitForm):
    """A unit's new template."""

    unit = UnitField(
        label=gettext_lazy("Đơn vị"),
        may=Capability.REPORT,
        help_text=gettext_lazy("Đơn vị này và cấp dưới sẽ chọn được mẫu. Gõ mã hoặc tên."),
    )
    name = forms.CharField(
        max_length=NAME_LENGTH,
        label=gettext_lazy("Tên mẫu"),
        help_text=gettext_lazy("Ví dụ: Báo cáo quý gọn một trang."),
    )
    file = _file()


class NewVersionForm(forms.Form):
    """A newer file of a template."""

    file = _file()
    version = version_field(required=False)


class TemplateNameForm(forms.Form):
    """Another name."""

    name = forms.CharField(max_length=NAME_LENGTH, label=gettext_lazy("Tên mẫu"))
    version = version_field(required=False)
