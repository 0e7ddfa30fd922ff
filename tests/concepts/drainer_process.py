"""A process of its own for test_drainer: drains once at each of the given places and dies there of SIGKILL.

For each place a child is forked, so that the program is loaded once. Prints the places at which a child really died.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

PLACES = ("marks read", "period reckoned", "turn taken", "totals written", "marks taken away")


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(does: Callable[..., Any]) -> Callable[..., Any]:
    def done(*given: Any, **named: Any) -> None:
        does(*given, **named)
        die()

    return done


def drain_and_die(place: str) -> None:
    """The last place is just before the commit of the transaction that has deleted the marks."""
    from django.db import connection

    from chithi.indicators import drain as drainer
    from chithi.indicators import storing

    changed: dict[str, tuple[Any, str, Callable[..., Any]]] = {
        "marks read": (drainer, "carry_up", die),
        "period reckoned": (drainer, "carry_up", then_die(drainer.carry_up)),
        "turn taken": (storing, "take_turn_after", then_die(vars(storing)["take_turn_after"])),
        "totals written": (storing, "_upsert", then_die(storing._upsert)),
        "marks taken away": (connection, "_commit", die),
    }
    setattr(*changed[place])
    drainer.drain()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    import django

    django.setup()
    for place in sys.argv[1:] or PLACES:
        child = os.fork()
        if not child:
            drain_and_die(place)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            print(place)
