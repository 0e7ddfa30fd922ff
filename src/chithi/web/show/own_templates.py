"""The fields of templates for the page that lists them, in the reader's language."""

from __future__ import annotations

from typing import Any

from chithi.reporting.own_templates.fields import (
    FIELDS,
    INDICATOR_WORDS,
    LISTS,
    PARTS,
    WORDS,
    Does,
    Field,
    every_name,
)
from chithi.web.templatetags.chithi_format import language

EXAMPLE_CODE = "study.members"


def field_rows() -> dict[str, Any]:
    """fields, indicators: list[{name, about}]; lists: list[{id, name, about, opens, closes, fields}]."""
    at = _at()
    word = INDICATOR_WORDS[at]
    opens, closes = WORDS[Does.EACH][at], WORDS[Does.END][at]
    return {
        "fields": [_row(field, at) for field in FIELDS],
        "indicators": [
            {
                "name": _braced(f"{word} {EXAMPLE_CODE}" + (f", {_name(part, at)}" if place else "")),
                "about": _about(part, at),
            }
            for place, part in enumerate(PARTS)
        ],
        "lists": [
            {
                "id": field.key,
                "name": _name(field, at),
                "about": _about(field, at),
                "opens": _braced(f"{opens} {_name(field, at)}"),
                "closes": _braced(f"{closes} {_name(field, at)}"),
                "fields": [_row(one, at, inside=opens) for one in field.inside],
            }
            for field in _lists(LISTS)
        ],
        "condition": _braced(f"{WORDS[Does.IF][at]} {_name(FIELDS[2], at)}"),
        "reverse": _braced(f"{WORDS[Does.UNLESS][at]} {_name(FIELDS[2], at)}"),
        "close": _braced(f"{closes} {_name(FIELDS[2], at)}"),
    }


def field_words(key: str) -> str:
    """A field a template uses, by its key, as its author would write it."""
    code, _, part = key.rpartition("/")
    at = _at()
    if code:
        named = next((_name(one, at) for one in PARTS if one.key == part), part)
        return f"{INDICATOR_WORDS[at]} {code}, {named}"
    return next((_name(field, at) for field in every_name().values() if field.key == key), key)


def _lists(fields: tuple[Field, ...]) -> list[Field]:
    """The lists, each followed by those inside it."""
    return [one for field in fields if field.inside for one in (field, *_lists(field.inside))]


def _row(field: Field, at: int, inside: str = "") -> dict[str, str]:
    name = f"{inside} {_name(field, at)}" if inside and field.inside else _name(field, at)
    return {"name": _braced(name), "about": _about(field, at)}


def _at() -> int:
    return 1 if language() == "en" else 0


def _name(field: Field, at: int) -> str:
    return (field.vi, field.en)[at]


def _about(field: Field, at: int) -> str:
    return (field.about_vi, field.about_en)[at]


def _braced(words: str) -> str:
    return f"{{{{ {words} }}}}"
