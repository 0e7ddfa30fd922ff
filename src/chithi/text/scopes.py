"""Owns for whom a figure speaks: the whole unit below (`toàn huyện`), or one person's or village's example."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from chithi.text.sentences import Span

_WHOLE = re.compile(
    r"(?<![\w])(?:(?:toàn|cả|trên địa bàn) (?:tỉnh|huyện|xã|thành phố|thị xã|phường|quận|đảng bộ|ngành|khối|hội|"
    r"lực lượng|quốc)|"
    r"(?:tỉnh|huyện|xã|thành phố|thị xã|ngành|đảng bộ (?:tỉnh|huyện|xã)) (?:đã|có|hiện)|"
    r"các cấp ủy(?: đảng)?|riêng (?:đơn vị|cơ quan|chi bộ|đảng bộ)|"
    r"toàn (?:Hội|Đoàn|Khối|Ngành|Đảng bộ))(?![\w])",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]*"
_PERSON = re.compile(
    rf"(?<![\w])(?:(?:[Gg]ia đình )?(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|Em|[Cc]ô giáo|[Tt]hầy giáo|[Tt]hầy|"
    rf"[Đđ]ồng chí|[Hh]ộ ông|[Hh]ộ bà)|"
    rf"[Nn]hân dân [Tt]hôn|[Nn]hân dân [Bb]ản|[Nn]hân dân ấp) {_CAPITAL}(?: {_CAPITAL}){{0,4}}"
)
_TITLES = frozenset({"Phó", "Bí", "Chủ", "Trưởng", "Giám", "Tổng", "Thứ", "Ủy", "Đại", "Thượng", "Trung", "Thiếu"})
_SPEAKS = re.compile(
    r"(?:cho biết|phát biểu|nhấn mạnh|khẳng định|cho rằng|đánh giá|chủ trì|trao|tặng|phó bí thư tỉnh|"
    r"chủ tịch ubnd tỉnh)",
    re.IGNORECASE,
)
_VERB = re.compile(r"\s(?:đã|có|hiện)$")
REACH = 160


class Speaker(NamedTuple):
    """A name or whole unit and where it stands."""

    start: int
    words: str


class Scope(NamedTuple):
    """What the figures of one sentence may speak for, those carried over from the paragraph first."""

    whole: tuple[Speaker, ...]
    people: tuple[Speaker, ...]


def scopes_of(text: str, spans: Sequence[Span]) -> list[Scope]:
    """The whole units and the people of each sentence; both carry over to the end of their paragraph; linear."""
    out: list[Scope] = []
    whole: Speaker | None = None
    person: Speaker | None = None
    for span in spans:
        if span.opens_line:
            whole = person = None
        wholes = [whole] if whole else []
        wholes += [
            Speaker(found.start(), _VERB.sub("", found.group()))
            for found in _WHOLE.finditer(text, span.start, span.end)
        ]
        people = [person] if person else []
        people += [
            Speaker(found.start(), found.group())
            for found in _PERSON.finditer(text, span.start, span.end)
            if _is_example(text, found)
        ]
        whole = wholes[-1]._replace(start=-1) if wholes else None
        person = people[-1]._replace(start=-1) if people else None
        out.append(Scope(tuple(wholes), tuple(people)))
    return out


def speaker_at(speakers: Sequence[Speaker], start: int) -> Speaker | None:
    """The last one named before `start`."""
    place = bisect_right(speakers, start, key=lambda speaker: speaker.start)
    return speakers[place - 1] if place else None


def _is_example(text: str, found: re.Match[str]) -> bool:
    """Not a title, and not somebody who reports, presides or hands over."""
    words = found.group().split()
    if any(word in _TITLES for word in words[1:3]) and len(words) > 2 and words[1] in _TITLES | {"chí"}:
        return False
    return not _SPEAKS.search(text[found.end() : found.end() + REACH])
