"""Days typed into forms: as a browser's calendar gives them, or as people write them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class DayInput(forms.DateInput):
    """A calendar where the browser has one, else a field of text."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day; 01/07/2025 and 2025-07-01 are the same."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        wrong = gettext_lazy("Hãy ghi ngày như 01/07/2025.")
        super().__init__(input_formats=FORMATS, error_messages={"invalid": wrong}, **options)
