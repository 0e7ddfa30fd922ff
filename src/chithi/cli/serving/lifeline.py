"""A child ends when its supervisor does, however that ended: it holds the reading end of a pipe.

The supervisor alone holds the writing end, so the child reads end-of-file the moment the supervisor is gone.
"""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Lifeline:
    """The two ends of the pipe, as file descriptors."""

    follows: int
    held: int

    @classmethod
    def new(cls) -> Lifeline:
        return cls(*os.pipe())

    def follow(self) -> None:
        """In a child: from now on it is asked to end (SIGTERM) when the supervisor is gone."""
        os.close(self.held)
        threading.Thread(target=self._watch, args=(os.getpid(),), name="lifeline", daemon=True).start()

    def _watch(self, process: int) -> None:
        while os.read(self.follows, 64):
            pass
        os.kill(process, signal.SIGTERM)

    def close(self) -> None:
        """In the supervisor, when its children have ended."""
        os.close(self.held)
        os.close(self.follows)
