"""Readying Django for a command that needs the database, and showing steps that take time."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TextIO

from chithi.cli.frame import Problem
from chithi.cli.speech import Speech

SHOW_AFTER = 1.0  # seconds


def ready_django(say: Speech) -> None:
    """Load the settings and the applications; a bad setting is refused by name, a data folder we cannot use too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    import django
    from django.conf import settings

    try:
        settings.CHITHI_HOME.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        folder = problem.filename or os.environ.get("CHITHI_HOME", "")
        raise Problem(say("error.home", folder=folder, why=problem.strerror or str(problem))) from problem
    django.setup()


def today() -> date:
    """The day as the installation counts it."""
    from django.utils import timezone

    return timezone.localdate()


@contextmanager
def step(label: str, out: TextIO | None = None) -> Iterator[None]:
    """Show a step that takes over a second: its name then, and how long it took at its end."""
    stream = out or sys.stdout
    timer = threading.Timer(SHOW_AFTER, lambda: print(f"{label} …", file=stream, flush=True))
    timer.daemon = True
    began = time.monotonic()
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
    took = time.monotonic() - began
    if took > SHOW_AFTER:
        print(f"{label}: {took:.0f} s", file=stream, flush=True)
