"""What the interface sets once when it starts: how every form says that something has not been filled in."""

from __future__ import annotations

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy

REQUIRED = (
    (forms.Field, gettext_lazy("Ô này phải ghi.")),
    (forms.ChoiceField, gettext_lazy("Hãy chọn một mục.")),
    (forms.FileField, gettext_lazy("Hãy chọn tệp.")),
)


class WebConfig(AppConfig):
    """The pages."""

    name = "chithi.web"

    def ready(self) -> None:
        """Before any form is made: Django's own words for a missing value are a programmer's."""
        for field, words in REQUIRED:
            field.default_error_messages = {**field.default_error_messages, "required": words}
