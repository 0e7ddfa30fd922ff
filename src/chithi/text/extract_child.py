"""Owns the child process that parses one Word document from standard input under limits of memory and time."""

from __future__ import annotations

import json
import sys

from chithi.core.apart import limit
from chithi.core.errors import Refused
from chithi.text.docx_text import text_of


def main() -> int:
    """Read a .docx from standard input, write {"text"} or {"refused", "facts"} as JSON to standard output."""
    limit(sys.argv[1:])
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"text": text_of(data)}
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
