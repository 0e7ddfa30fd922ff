"""A form that came too late: somebody else changed the same row since the page was drawn.

Nothing was written. Where the form holds what is stored (its `initial`, which a view reads afresh for every request),
each field that differs says what stands there now, and the form takes up the version it shows: sent once more it
overwrites what was seen. Where it does not, as with a form that only ends something, the version stays as it was and
the page leads to the one that shows the row. A form names in `suggested` the fields whose `initial` is a proposal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from chithi.web.templatetags.chithi_format import day

VERSION = "version"


def renew(form: forms.Form) -> None:
    """Say that somebody was quicker and what is stored now; take up the version only where that can be seen."""
    suggested: Iterable[str] = getattr(form, "suggested", ())
    shown = [one for one in form.visible_fields() if one.name in form.initial and one.name not in suggested]
    if not shown or not _taken_up(form):
        form.came_late = True  # type: ignore[attr-defined]  # an attribute of our own, read by components/wrongs.html
        form.add_error(None, _("Có người vừa sửa nội dung này nên chưa ghi gì. Hãy xem bản mới rồi làm lại từ đó."))
        return
    for one in shown:
        if one.field.has_changed(one.initial, one.data):
            one.field.stored = _words(one.field, one.initial)  # type: ignore[attr-defined]  # read by field.html
    form.add_error(
        None,
        _(
            "Có người vừa sửa nội dung này nên chưa ghi gì. Ô nào khác thì bên dưới có điều đang lưu; "
            "xem xong, gửi lần nữa là ghi theo điều vừa gõ."
        ),
    )


def _taken_up(form: forms.Form) -> bool:
    """Put the stored version in the place of the one that was sent, which must be another."""
    stored, name = form.initial.get(VERSION), form.add_prefix(VERSION)
    if VERSION not in form.fields or stored is None or str(stored) == str(form.data.get(name, "")):
        return False
    data: Any = form.data
    data = data.copy()
    data[name] = str(stored)
    form.data = data
    return True


def _words(field: forms.Field, value: Any) -> str:
    """A stored value as its control would show it."""
    several = value if isinstance(value, list | tuple | set | frozenset) else [value]
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): str(label) for code, label in _flat(field.choices)}
        several = [labels.get(str(one), str(one)) for one in several if one is not None]
    if isinstance(field, forms.BooleanField):
        return _("có") if value else _("không")
    said = ", ".join(day(one) if isinstance(one, date) else str(one) for one in several if one not in (None, ""))
    return said or _("để trống")


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    """Choices without their groups."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
