"""Kinds of files that may be brought."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is; told by content, never by name."""

    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    ODT = "odt"
    XLSX = "xlsx"
    PNG = "png"
    JPG = "jpg"
    TXT = "txt"


MEDIA: dict[FileKind, str] = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.DOC: "application/msword",
    FileKind.PDF: "application/pdf",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
    FileKind.TXT: "text/plain; charset=utf-8",
}
