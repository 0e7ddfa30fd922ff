"""Writing the journal; always inside the transaction of the deed itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models

from chithi.journal.models import Entry


class Doer(Protocol):
    """Whoever does: a viewer. `user_id` is None for the machine."""

    @property
    def user_id(self) -> int | None: ...


def record(verb: str, *, by: Doer | None, unit_id: int, about: models.Model | None = None, **facts: Any) -> Entry:
    """Note one deed. One insert."""
    return Entry.objects.create(
        verb=verb,
        by_id=by.user_id if by else None,
        unit_id=unit_id,
        about_kind=about._meta.label_lower if about else "",
        about_id=about.pk if about else None,
        facts=facts,
    )


def record_all(verb: str, about: Iterable[tuple[int, models.Model]], *, by: Doer | None) -> None:
    """Note the same deed about many things, each with its unit; a few inserts."""
    Entry.objects.bulk_create(
        (
            Entry(
                verb=verb,
                by_id=by.user_id if by else None,
                unit_id=unit_id,
                about_kind=thing._meta.label_lower,
                about_id=thing.pk,
                facts={},
            )
            for unit_id, thing in about
        ),
        batch_size=300,
    )
