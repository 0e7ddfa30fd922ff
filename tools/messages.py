"""Brings src/chithi/locale/*/LC_MESSAGES/django.po up to date with the texts found in templates and code.

    python tools/messages.py            write the catalogues; say what has no English yet
    python tools/messages.py --check    write nothing; exit code 1 and one line for each difference

The texts in the code are Vietnamese. The English catalogue holds their translations, which are kept as long as the text
itself stands. The Vietnamese one repeats every text: without it an installation whose CHITHI_LANGUAGE is en would show
English to Vietnamese readers, because Django falls back to the installation's language before it shows the text.
Nothing in a catalogue depends on the machine or the day; texts stand in the order of the files they are found in.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "chithi"
LOCALE = PACKAGE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "vi": "nplurals=1; plural=0;"}
FORMS = {"en": 2, "vi": 1}


class Text(NamedTuple):
    """A text as the code gives it: `many` where it is counted, `context` where the same word means two things."""

    one: str
    many: str = ""
    context: str = ""


def readable(path: Path) -> bytes:
    """What Babel's reader of Python can read: the file itself, or a template rewritten by Django as calls."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    from django.utils.translation.template import templatize

    calls = templatize(text, origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def found() -> dict[Text, list[str]]:
    """Every text with the files it stands in, in order."""
    from babel.messages.extract import extract

    texts: dict[Text, list[str]] = {}
    for path in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"))):
        place = path.relative_to(ROOT).as_posix()
        for _line, message, _notes, context in extract("python", BytesIO(readable(path)), KEYWORDS):
            given = (message,) if isinstance(message, str) else message
            text = Text(given[0], given[1] if len(given) > 1 else "", context or "")
            places = texts.setdefault(text, [])
            if place not in places:
                places.append(place)
    return texts


def catalogue(language: str, texts: dict[Text, list[str]]) -> bytes:
    """The .po of a language: English that is known already, empty where there is none; Vietnamese as it stands."""
    known = translated(language) if language == "en" else {}
    lines = [
        "# Written by tools/messages.py; by hand only the msgstr lines of the English catalogue.",
        'msgid ""',
        'msgstr ""',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {PLURALS[language]}\\n"',
    ]
    for text, places in texts.items():
        lines += ["", *(f"#: {place}" for place in places)]
        lines += ["#, python-format"] if "%(" in text.one else []
        lines += [f"msgctxt {quoted(text.context)}"] if text.context else []
        lines.append(f"msgid {quoted(text.one)}")
        count = FORMS[language] if text.many else 1
        forms = known.get(text, ("",) * count) if language == "en" else (text.one,)
        if text.many:
            lines.append(f"msgid_plural {quoted(text.many)}")
            lines += [f"msgstr[{place}] {quoted(form)}" for place, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {quoted(forms[0])}")
    return ("\n".join(lines) + "\n").encode()


def quoted(text: str) -> str:
    """A text as .po files write it, on one line."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{plain}"'


def translated(language: str) -> dict[Text, tuple[str, ...]]:
    """The translations that the stored catalogue has, one form or as many as the language counts with."""
    from babel.messages.pofile import read_po

    path = path_of(language)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        stored = [message for message in read_po(file) if message.id]
    return {
        Text(*((m.id, "") if isinstance(m.id, str) else m.id), m.context or ""): (m.string,)
        if isinstance(m.string, str)
        else tuple(m.string)
        for m in stored
    }


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def differences() -> list[str]:
    """What a fresh run would change, and what has no English, one line each."""
    texts = found()
    old = [
        f"{path_of(language).relative_to(ROOT)} is not up to date: run tools/messages.py"
        for language in PLURALS
        if not path_of(language).exists() or path_of(language).read_bytes() != catalogue(language, texts)
    ]
    return old + lacking(texts)


def lacking(texts: dict[Text, list[str]]) -> list[str]:
    """One line for each text without English."""
    known = translated("en")
    return [f"no English: {text.one}" for text in texts if not all(known.get(text, ("",)))]


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    if arguments == ["--check"]:
        problems = differences()
    elif arguments:
        problems = ["usage: python tools/messages.py [--check]"]
    else:
        texts = found()
        for language in PLURALS:
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            path_of(language).write_bytes(catalogue(language, texts))
        problems = lacking(texts)
    for line in problems:
        print(line, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
