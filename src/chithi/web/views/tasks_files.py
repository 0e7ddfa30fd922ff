"""Files that show what was done: chosen in a form, several at once; given again to whoever may see the task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chithi.core.errors import Refused
from chithi.files.checks import MOST_BYTES, Brought, brought
from chithi.files.kinds import MEDIA
from chithi.following.rules import why_not_files
from chithi.tasks.evidence import file_of
from chithi.web.middleware import ViewerRequest

ACCEPT = ".jpg,.jpeg,.png,.pdf,.docx,.doc,.odt,.xlsx,.txt"
"""Without the form in which some phones keep their pictures: such a phone then hands over a JPG by itself."""


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files, or none; cleans to a list of uploads."""

    def __init__(self) -> None:
        super().__init__(
            required=False, max_length=200, allow_empty_file=True, label=gettext_lazy("Tệp minh chứng"),
            widget=_Several(attrs={"accept": ACCEPT}),
            help_text=gettext_lazy(
                "Ảnh JPG, PNG, tệp PDF, Word, ODT, Excel, .txt; nhiều nhất 5 tệp. Ảnh được bỏ nơi chụp và tên máy."
            ),
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each as Django checks one."""
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(EvidenceField, self).clean(one, initial) for one in chosen]


def files_of(uploads: Sequence[UploadedFile[Any]]) -> tuple[Brought, ...]:
    """What somebody brought, looked at; a refusal is about the field `attached`. Sizes are compared before reading."""
    sizes = [upload.size or 0 for upload in uploads]
    problem = why_not_files(sizes)
    if problem is None and max(sizes, default=0) > MOST_BYTES:
        problem = Refused("text.too_large", field="attached", limit=MOST_BYTES, size=max(sizes))
    if problem is not None:
        raise problem
    try:
        return tuple(brought(upload.read(), upload.name or "") for upload in uploads)
    except Refused as found:
        found.field = "attached"
        raise


@require_safe
def task_evidence(request: ViewerRequest, evidence: int) -> HttpResponse:
    """A file as it is kept: to be saved, never shown as a page."""
    file, data = file_of(request.viewer, evidence)
    answer = HttpResponse(data, content_type=MEDIA[file.kind])
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return answer
