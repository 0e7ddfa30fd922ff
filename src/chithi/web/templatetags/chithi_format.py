"""Numbers, shares and dates as the reader's language writes them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django import template
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from chithi.core.numbers import format_date, format_number

register = template.Library()

SIGN = re.compile(r"\d+-[^\W\d_][\w-]*(?:/[\w-]+)*")
"""Number and symbol of a document: "05-KH/ĐU", "144-QĐ/TW"."""


def language() -> str:
    """The language of this answer."""
    return (translation.get_language() or "vi")[:2]


@register.filter
def number(value: Decimal | int | None) -> str:
    """40.539 / 40,539; a missing value is a dash, never zero."""
    return "–" if value is None else format_number(value, language())


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """21/11/2026."""
    return "–" if value is None else format_date(value, language())


@register.filter
def signs(value: object) -> SafeString:
    """A text in which number and symbol of a document ("05-KH/ĐU") are not broken over two lines."""
    return mark_safe(SIGN.sub(r'<span class="sign">\g<0></span>', escape(str(value))))  # noqa: S308 -- escaped before
