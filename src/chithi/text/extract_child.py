"""Owns the child process that parses one document from standard input under limits of memory and time."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from chithi.core.apart import limit
from chithi.core.errors import Refused

READERS = {kind: f"chithi.text.{kind}_text" for kind in ("docx", "odt", "pdf", "rtf", "html")}
"""The module that reads each kind; its `text_of` gives the text, or (the text, numbers of pages not read)."""


def main() -> int:
    """Read a document from standard input, write {"text", "scanned"} or {"refused", "facts"} to standard output."""
    (kind,) = limit(sys.argv[1:])
    data = sys.stdin.buffer.read()
    try:
        found = import_module(READERS[kind]).text_of(data)
        text, scanned = found if isinstance(found, tuple) else (found, [])
        answer: dict[str, object] = {"text": text, "scanned": scanned}
    except Refused as refused:
        answer = {"refused": refused.code, "facts": refused.facts}
    except (MemoryError, RecursionError):
        answer = {"refused": "text.too_large", "facts": {}}
    except Exception:
        answer = {"refused": "text.not_a_document", "facts": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
