"""A child ends when its supervisor does, however that ended: it holds the reading end of a pipe.

The supervisor alone holds the writing end, so the child reads end-of-file the moment the supervisor is gone.
"""

from __future__ import annotations

import os
import signal
import threading


def follow(lifeline: int) -> None:
    """From now on this process is asked to end (SIGTERM) when nobody holds the other end any more."""
    threading.Thread(target=_watch, args=(lifeline, os.getpid()), name="lifeline", daemon=True).start()


def _watch(lifeline: int, process: int) -> None:
    while os.read(lifeline, 64):
        pass
    os.kill(process, signal.SIGTERM)
