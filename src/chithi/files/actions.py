"""Keeping what a file holds, once; dropping it when no row of any concept says any more whose it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from chithi.files.checks import Brought
from chithi.files.models import Content

_WHY = "whether anything at all still has a file"


def keep(file: Brought) -> Content:
    """Its content, kept once whoever brings it."""
    digest = hashlib.sha256(file.data).hexdigest()
    return Content.objects.get_or_create(digest=digest, defaults={"data": file.data, "text": file.text})[0]


def forget_unused(content_ids: Iterable[int]) -> None:
    """Drop what belongs to no row of any concept any more."""
    for content_id in sorted(set(content_ids)):
        if not any(
            model.objects.everywhere(because=_WHY).filter(**{column: content_id}).exists()
            for model, column in _holders()
        ):
            Content.objects.filter(pk=content_id).delete()


def _holders() -> list[tuple[Any, str]]:
    """Every table with a column that points to a content, and that column; none of them names the way back."""
    relations = [one for one in Content._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    return [(one.related_model, one.field.attname) for one in relations]  # type: ignore[union-attr]  # all are relations
