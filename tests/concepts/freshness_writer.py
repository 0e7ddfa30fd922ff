"""A process of its own for test_freshness: `write CODE COUNT` saves figures, `drain FILE` drains until FILE appears."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")

import django

django.setup()

from chithi.access.viewers import system_viewer
from chithi.core.periods import month
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain
from chithi.indicators.models import Measure
from chithi.org.queries import unit_by_code
from tests.worlds import TODAY


def write(code: str, count: int) -> None:
    """Save `count` figures of one class each, over the months of two years and again as replacements."""
    viewer = system_viewer(TODAY, because="a writer of the freshness test")
    unit_id = unit_by_code(viewer, code)
    measure = Measure.objects.get(code="study.classes").pk
    seen: dict[int, int] = {}
    for number in range(count):
        place = number % 12
        slot = Slot(unit_id=unit_id, measure_id=measure, period=month(2025, place + 1))
        figure = enter(by=viewer, slot=slot, saying=Saying(number + 1), seen=seen.get(place))
        seen[place] = figure.pk


def drain_until(stop: Path) -> None:
    """Drain again and again until the file appears, then once more."""
    pause = Event()
    while not stop.exists():
        if not drain().marks:
            pause.wait(0.02)  # as the worker does when idle, so that writers get the processor
    while drain().marks:
        pass


if __name__ == "__main__":
    verb, argument, *rest = sys.argv[1:]
    if verb == "write":
        write(argument, int(rest[0]))
    else:
        drain_until(Path(argument))
