"""Files of a report as answers to be kept: Word and PDF."""

from __future__ import annotations

from django.http import HttpResponse

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def word_file(content: bytes, name: str) -> HttpResponse:
    """A Word file called `name`, without its ending."""
    return _file(content, WORD, f"{name}.docx")


def pdf_file(content: bytes, name: str) -> HttpResponse:
    """A PDF called `name`, without its ending."""
    return _file(content, PDF, f"{name}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
