"""The frame of a unit's document: what its committee is called, its symbol, who signs, who receives. Pure.

Source: the document-format guidance (symbols TU, ĐU, CB; HU only for documents before 1 July 2025, when the district
level ended; a cell signs T/M CHI BỘ).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from chithi.org.kinds import UnitKind
from chithi.reporting.formats import Words

DISTRICT_LEVEL_ENDED = date(2025, 7, 1)

_COMMITTEES = (
    ("Đảng bộ tỉnh ", "Tỉnh ủy "),
    ("Đảng bộ thành phố ", "Thành ủy "),
    ("Đảng bộ huyện ", "Huyện ủy "),
    ("Đảng bộ thị xã ", "Thị ủy "),
    ("Đảng bộ quận ", "Quận ủy "),
    ("Đảng bộ ", "Đảng ủy "),
)
_SCOPES = {
    "Đảng bộ tỉnh ": "toàn tỉnh",
    "Đảng bộ thành phố ": "toàn thành phố",
    "Đảng bộ huyện ": "toàn huyện",
    "Đảng bộ thị xã ": "toàn thị xã",
    "Đảng bộ quận ": "toàn quận",
    "Đảng bộ xã ": "toàn xã",
    "Đảng bộ phường ": "toàn phường",
    "Đảng bộ thị trấn ": "toàn thị trấn",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLACES = ("tỉnh ", "thành phố ", "huyện ", "thị xã ", "quận ", "xã ", "phường ", "thị trấn ")


def committee_name(name: str) -> str:
    """The body that issues documents: "Đảng bộ huyện An" speaks through "Huyện ủy An"; a cell speaks itself."""
    for organisation, committee in _COMMITTEES:
        if name.startswith(organisation):
            return committee + name.removeprefix(organisation)
    return name


def scope_word(name: str) -> str:
    """How its reports say "all of us": toàn tỉnh, toàn huyện …; else toàn Đảng bộ or toàn chi bộ."""
    for organisation, scope in _SCOPES.items():
        if name.startswith(organisation):
            return scope
    return "toàn chi bộ" if name.startswith("Chi bộ") else "toàn Đảng bộ"


def place_name(name: str) -> str:
    """The place at the head of the document: the proper name alone."""
    rest = name.removeprefix("Đảng bộ ").removeprefix("Chi bộ ")
    for place in _PLACES:
        if rest.startswith(place):
            return rest.removeprefix(place)
    return rest


def issuer_symbol(kind: str, day: date) -> str:
    """What stands after the slash of the document number."""
    if kind == UnitKind.PROVINCE:
        return "TU"
    if kind == UnitKind.DISTRICT:
        return "HU" if day < DISTRICT_LEVEL_ENDED else "ĐU"
    return "CB" if kind == UnitKind.CELL else "ĐU"


def archive_of(kind: str, name: str) -> tuple[str, ...]:
    """How the archive's copy is named where the profile's words do not fit: a cell has no office of its own."""
    return ("Lưu Chi bộ",) if kind == UnitKind.CELL or name.startswith("Chi bộ") else ()


def office_symbol(name: str) -> str:
    """What stands for an office of the State in a number: UBND, else the first letters up to the name of its place."""
    letters = []
    for word in name.split():
        if f"{word.lower()} " in _PLACES:
            break
        letters.append(_without_tone(word[0].upper()))
    return "".join(letters[:6])


def _without_tone(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))


def collective_of(name: str) -> str:
    """The collective that an office of the State signs for: "Ủy ban nhân dân"; "" where its head signs in person."""
    collectives = ("ủy ban nhân dân", "hội đồng nhân dân")
    return next((name[: len(body)] for body in collectives if name.lower().startswith(body)), "")


def printed_recipients(recipients: Sequence[str], words: Words) -> tuple[str, ...]:
    """The list as it is printed, each with its dash: the archive's copy comes last, by the office's own name for it
    where the list holds one ("Lưu …"), else by the profile's."""
    given = [item.strip().rstrip(" .,;") for item in recipients]
    archive = next((item for item in given if item.startswith("Lưu")), words.archive.rstrip("."))
    others = [item for item in given if item and not item.startswith("Lưu")]
    return (*(f"- {item}{words.recipient_end}" for item in others), f"- {archive}.")


def printed_basis(basis: Sequence[str], words: Words) -> tuple[str, ...]:
    """The grounds, one a line, closed as the profile says."""
    given = [item.strip().rstrip(" .,;") for item in basis if item.strip()]
    ends = [words.basis_between] * (len(given) - 1) + [words.basis_end]
    return tuple(f"{words.basis_open}{item}{end}" for item, end in zip(given, ends, strict=False))


def signing_body(kind: str, committee: str) -> str:
    """On whose behalf the secretary signs."""
    if kind in (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.BLOC):
        return "BAN THƯỜNG VỤ"
    return "CHI BỘ" if kind == UnitKind.CELL or committee.startswith("Chi bộ") else "ĐẢNG ỦY"
