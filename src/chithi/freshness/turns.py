"""Taking turns at storing totals.

Totals are reckoned outside a transaction, so that nobody who saves waits for it, and stored in a short one. Whoever
reckons notes the turn first and takes the next one in the transaction that stores: where somebody else has stored
meanwhile there is nothing to take, and what was reckoned is thrown away. So a lock that was lost costs time, never
a figure.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from chithi.freshness.models import Turn

_THE_ONE = 1


class Overtaken(Exception):  # noqa: N818 -- it says what happened
    """Somebody else stored totals since this turn was noted: reckon again."""


def turn() -> int:
    """The turn as it stands; 0 before the first. One query."""
    return Turn.objects.filter(pk=_THE_ONE).values_list("number", flat=True).first() or 0


def take_turn_after(noted: int) -> int:
    """The next turn, in the transaction that stores; raises `Overtaken`. One update by key.

    Two at once: the second waits for the first to commit, then finds another number.
    """
    if not Turn.objects.filter(pk=_THE_ONE, number=noted).update(number=noted + 1):
        if noted:
            raise Overtaken
        try:
            with transaction.atomic():
                Turn.objects.create(pk=_THE_ONE, number=1)
        except IntegrityError as other:
            raise Overtaken from other
    return noted + 1
