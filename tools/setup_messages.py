"""Compiles the translations src/chithi/locale/*/LC_MESSAGES/*.po to the .mo files that Django reads.

Refuses (exit code 1, one line each) what would show up wrong on a page: a translation whose named placeholders
differ from those of its text. Fuzzy entries are left out, as Django's own command does. No .po: nothing to do.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "chithi" / "locale"
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


def names(text: str) -> set[str]:
    """The named placeholders of a text."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def differing(message: Message) -> bool:
    """Whether a translated form names a placeholder that no form of the text has."""
    texts = message.id if isinstance(message.id, tuple | list) else (message.id,)
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    offered = set().union(*(names(text) for text in texts))
    return any(form and not names(form) <= offered for form in forms)


def compile_one(path: Path) -> list[str]:
    """Write the .mo beside the .po; returns the problems, one line each, and writes nothing if there are any."""
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file, domain=path.stem)
    problems = [f"{path.name}:{message.lineno}: placeholders differ" for message in catalogue if differing(message)]
    if not problems:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue, use_fuzzy=False)
    return problems


def main() -> int:
    problems = [line for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) for line in compile_one(path)]
    for line in problems:
        print(line, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
