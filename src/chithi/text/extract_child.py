"""Owns the child process that parses one Word document from standard input under limits of memory and time."""

from __future__ import annotations

import json
import sys

from chithi.core.errors import Refused
from chithi.text.docx_text import text_of

MEMORY = 1_500_000_000
CPU_SECONDS = 20


def main() -> int:
    """Read a .docx from standard input, write {"text"} or {"refused", "facts"} as JSON to standard output."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"text": text_of(data)}
    except Refused as refused:
        answer = {"refused": refused.code, "facts": refused.facts}
    except (MemoryError, RecursionError):
        answer = {"refused": "text.too_large", "facts": {"limit": MEMORY}}
    except Exception:
        answer = {"refused": "text.not_a_document", "facts": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


def _limit() -> None:
    """Address space and processor time, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # not a Unix system: the wall-clock limit of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
