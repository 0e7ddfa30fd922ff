"""The command line `chithi`. Starts fast: every command imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something differs, 2 the user's error, 130 interrupted."""
    from chithi.cli.door import run

    return run(list(sys.argv[1:] if arguments is None else arguments), os.environ)
