"""What the pages of administration share: refusals beside their fields, pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.wording import sentence
from chithi.web.manage.renewed import renew
from chithi.web.templatetags.chithi_format import language, number

T = TypeVar("T")
F = TypeVar("F", bound=forms.Field)
PAGE = 50
LARGEST = 2**31 - 1
"""The largest whole number that a form takes: what a database keeps in four bytes."""


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, empty or not; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def sent_key(request: HttpRequest) -> UUID | None:
    """The key of a button that makes something, so that pressing it twice makes it once; None where none was sent."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def optional(field: F) -> F:
    """A field that may stay empty, which its label then says (components/field.html)."""
    field.mark_optional = True  # type: ignore[attr-defined]  # an attribute of our own, read by the template
    return field


def version_field(*, required: bool = True) -> forms.IntegerField:
    """The version of the row that the form was drawn from; not required where the form may be about a new row."""
    return forms.IntegerField(widget=forms.HiddenInput, required=required, min_value=0, max_value=LARGEST)


def choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Offer these in a field of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: declared so in the form
    field.choices = choices


def blame(form: forms.Form, problem: Refused) -> None:
    """Put a refusal beside the field it is about, else at the top of the form."""
    words = sentence(problem.code, problem.facts, language())
    form.add_error(problem.field if problem.field in form.fields else None, words)


def tried(form: forms.Form, do: Callable[[], T]) -> T | None:
    """Do what a valid form asks; None where the form or the deed was refused, which the form then says.

    What is out of reach stays a 404: `Absent` passes, unless it is about one of the form's own fields. Where somebody
    else was quicker, the form shows what is stored now and may be sent again (`chithi.web.manage.renewed`).
    """
    if not form.is_valid():
        return None
    try:
        return do()
    except Absent as problem:
        if problem.field not in form.fields:
            raise
        blame(form, problem)
    except Stale:
        renew(form)
    except Refused as problem:
        blame(form, problem)
    return None


def pager(request: HttpRequest, page: int, total: int, size: int = PAGE) -> dict[str, str] | None:
    """For components/pager.html: which rows of how many, with the addresses of the pages beside; None for one page."""
    if total <= size and page == 1:
        return None
    first, last = (page - 1) * size + 1, min(page * size, total)
    text = _("%(first)s–%(last)s của %(total)s") % {
        "first": number(first),
        "last": number(last),
        "total": number(total),
    }
    return {
        "text": text if first <= total else _("Trang %(page)s") % {"page": page},
        "before": _at(request, page - 1) if page > 1 else "",
        "after": _at(request, page + 1) if last < total else "",
    }


def ends_today(text: str, href: str, version: int, today: date, *, field: str = "on") -> list[dict[str, Any]]:
    """Acts of a row that ends something: at once from today, or on a day that is chosen on the page at `href`."""
    fields = [{"name": "version", "value": version}, {"name": field, "value": today.isoformat()}]
    return [{"text": text, "href": href, "fields": fields}, {"text": _("Chọn ngày"), "href": href}]


def nothing(request: HttpRequest, text: str, href: str = "", action: str = "") -> dict[str, str]:
    """For `listing`: what a list without rows says and leads to.

    `text` says what belongs here and what to do next, `action` is the link to it ("" where the reader may not). Where a
    filter or a page beyond the last left nothing, that is said instead, with the way back.
    """
    asked = {name for name in request.GET if request.GET.get(name, "").strip()}
    if asked - {"trang"}:
        return {"none": _("Không có gì như đã lọc."), "none_href": request.path, "none_action": _("Bỏ lọc")}
    if asked:
        said = _("Trang này không còn dòng nào.")
        return {"none": said, "none_href": request.path, "none_action": _("Về trang đầu danh sách")}
    return {"none": text, "none_href": href if action else "", "none_action": action}


def listing(
    label: str, heads: list[str | dict[str, Any]], rows: list[dict[str, Any]], *, none: str, **more: Any
) -> dict[str, Any]:
    """For components/listing.html. `more`: pager, none_href, none_action.

    Acts get a head of their own where none was given; each cell is told its head, which a phone shows before it.
    """
    plain = {"href": "", "sorted": "", "figure": False, "hint": ""}
    dressed = [head if isinstance(head, dict) else {"text": head, **plain} for head in heads if head != ""]
    acts = any(row.get("acts") for row in rows)
    if acts and len(dressed) == 1 + max(len(row["cells"]) for row in rows):
        dressed.append({"text": _("Làm"), **plain, "figure": True})
    told = [
        {
            **row,
            "cells": [{"label": head["text"], **cell} for cell, head in zip(row["cells"], dressed[1:], strict=False)],
        }
        for row in rows
    ]
    return {"label": label, "heads": dressed, "rows": told, "acts": acts, "none": none, **more}


def _at(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(page)
    return f"?{query.urlencode(safe='@:=')}"
