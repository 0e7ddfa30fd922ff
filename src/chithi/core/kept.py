"""Owns the making of a file on disk that is then sent: finished first, closed where it cannot be finished. Pure."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO


def kept(write: Callable[[IO[bytes]], object]) -> IO[bytes]:
    """A nameless file at its beginning, after `write` has filled it. Whoever asked closes it.

    What `write` raises comes through, and the file is gone.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever asked closes it
    try:
        write(target)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target
