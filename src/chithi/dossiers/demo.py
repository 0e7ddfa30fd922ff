"""Invented: what belongs into the files on the directive of the province, what units say is in theirs, helper sections.

Some units have everything, most lack something, a few have nothing but their plan. Sections of the province and its
districts stand for every document; those below are for the directive alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q

from chithi.db.pouring import pour
from chithi.directives.models import Directive
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.models import Entry, Seat, Section, Tick
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Membership, Post, Unit, UnitState, valid_on

AS_OF, RENEWED, LEFT = date(2026, 9, 30), date(2025, 1, 20), date(2026, 3, 31)
SHARES = {"top": 100, "grassroots": 88, "cell": 60}
"""Of a hundred units of a level so many have a helper section."""
ALONE, TICKED = 6, 82
"""Of a hundred sections in so many nobody sits beside the head; of a hundred units with a section so many say that an
entry is there, of the others half as many."""
BESIDE = 4
_AT = datetime(2025, 1, 20, 2, tzinfo=UTC)
_WHY = "the demo fills an empty database"
_ENTRIES: tuple[tuple[Known, str], ...] = (
    (Known.PLAN, "Kế hoạch triển khai của đơn vị"),
    (Known.SECTION, "Quyết định thành lập bộ phận giúp việc"),
    (Known.MEMBERS, "Phân công trong bộ phận giúp việc"),
    (Known.BY_HAND, "Biên bản hội nghị quán triệt chuyên đề"),
    (Known.BY_HAND, "Bảng tổng hợp đăng ký làm theo"),
    (Known.TASKS, "Nhiệm vụ đã giao"),
)
_NAMES = {
    "top": "Bộ phận giúp việc cấp ủy",
    "grassroots": "Bộ phận giúp việc chuyên đề năm 2025",
    "cell": "Tổ giúp việc của chi bộ",
}
_NOTES = (
    "Lưu ở cặp chuyên đề, tủ văn phòng",
    "Có chữ ký của người ghi và người chủ trì",
    "Bản chính ở văn phòng, bản sao ở nhà văn hóa",
    "Ghi trong sổ nghị quyết, từ trang 14",
)


@dataclass(frozen=True)
class _Unit:
    """A unit that may have a section: `level` is a key of `SHARES`."""

    id: int
    code: str
    level: str
    symbol: str


@dataclass(frozen=True)
class _Section:
    """A section that was stored."""

    id: int
    unit: _Unit
    since: date


def build(root_id: int, seed: int) -> int:
    """Store entries, helper sections with who sits there, and what units said by hand; how many sections there are."""
    found = Directive.objects.everywhere(because=_WHY).filter(unit_id=root_id, is_draft=False)
    directive = found.order_by("dated", "pk").values_list("pk", flat=True).first()
    if directive is None:
        return 0
    units = list(_units(root_id))
    sections = _sections(units, directive, seed)
    pour(
        Seat, ("key", "unit_id", "section_id", "part", "post_id", "person_id", "since", "until"), _seats(sections, seed)
    )
    _files(root_id, directive, units, {one.unit.id for one in sections}, seed)
    return len(sections)


def _units(root_id: int) -> Iterator[_Unit]:
    """The province, its districts and blocs, grassroots organisations and cells, in the order they were made."""
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    tops = Q(kind__in=("district", "bloc")) | Q(unit_id=root_id)
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(AS_OF))
    rows = states.filter(tops | Q(is_grassroots=True) | Q(is_cell=True)).order_by("unit_id")
    for unit, kind, cell in rows.values_list("unit_id", "kind", "is_cell"):
        symbol = "TU" if unit == root_id else {"district": "HU", "bloc": "ĐUK"}.get(kind, "CB" if cell else "ĐU")
        level = {"CB": "cell", "ĐU": "grassroots"}.get(symbol, "top")
        yield _Unit(unit, codes[unit], level, symbol)


def _sections(units: list[_Unit], directive: int, seed: int) -> list[_Section]:
    rows: list[tuple[Any, ...]] = []
    kept: list[tuple[_Unit, date]] = []
    for unit in units:
        stream = Stream(seed, "dossiers.section", unit.code)
        if not stream.chance(SHARES[unit.level]):
            continue
        since = RENEWED if unit.level == "top" else stream.day(date(2025, 2, 3), date(2025, 5, 30))
        decision = f"{stream.between(3, 60):02d}-QĐ/{unit.symbol}"
        about = None if unit.level == "top" else directive
        named = (_NAMES[unit.level], decision, since - timedelta(days=3), since)
        rows.append((key(seed, "section", unit.code), unit.id, about, *named))
        kept.append((unit, since))
    columns = ("key", "unit_id", "directive_id", "name", "decision", "decided_on", "since")
    ids = pour(Section, columns, rows, at=_AT)
    return [_Section(pk, unit, since) for pk, (unit, since) in zip(ids, kept, strict=True)]


def _seats(sections: list[_Section], seed: int) -> Iterator[tuple[Any, ...]]:
    """The head by the post that leads the unit; beside it other posts there, or members where there is none."""
    posts, members = _posts(), _members()
    for one in sections:
        held = posts.get(one.unit.id, [])
        chosen: list[tuple[int | None, int | None]] = [(post, None) for post, _person in held[: BESIDE + 1]]
        known = {person for _post, person in held}
        chosen += [(None, person) for person in members.get(one.unit.id, ()) if person not in known]
        stream = Stream(seed, "dossiers.seats", one.unit.code)
        wanted = 1 if stream.chance(ALONE) else stream.between(3, BESIDE + 1)
        for at, (post, person) in enumerate(chosen[:wanted]):
            part = Part.HEAD if at == 0 else Part.DEPUTY if at == 1 and wanted > 3 else Part.MEMBER
            until = LEFT if at == BESIDE and one.unit.level != "cell" else None
            name = key(seed, "seat", one.unit.code, at)
            yield name, one.unit.id, one.id, part.value, post, person, one.since, until


def _posts() -> dict[int, list[tuple[int, int]]]:
    """By unit the posts held there, that of the head first, each with who holds it."""
    found: dict[int, list[tuple[int, int]]] = {}
    held = Post.objects.everywhere(because=_WHY).filter(valid_on(AS_OF), valid_on(RENEWED)).order_by("-is_head", "pk")
    for unit, post, person in held.values_list("unit_id", "pk", "person_id"):
        found.setdefault(unit, []).append((post, person))
    return found


def _members() -> dict[int, list[int]]:
    """By unit who is a member there."""
    found: dict[int, list[int]] = {}
    joined = Membership.objects.everywhere(because=_WHY).filter(valid_on(AS_OF), valid_on(RENEWED)).order_by("pk")
    for unit, person in joined.values_list("unit_id", "person_id"):
        found.setdefault(unit, []).append(person)
    return found


def _files(root_id: int, directive: int, units: list[_Unit], with_section: set[int], seed: int) -> None:
    """The entries, and of those known by hand what units asked for a document of their own say is there."""
    rows = ((key(seed, "entry", at), root_id, directive, known.value, title, at) for at, (known, title) in _numbered())
    ids = pour(Entry, ("key", "unit_id", "directive_id", "known", "title", "place"), rows)
    by_hand = [pk for pk, (_at, (known, _title)) in zip(ids, _numbered(), strict=True) if known is Known.BY_HAND]
    ticks = []
    for unit in units:
        stream = Stream(seed, "dossiers.ticks", unit.code)
        share = TICKED if unit.id in with_section else TICKED // 2
        for at, entry in enumerate(by_hand):
            told, on, note = stream.chance(share), stream.day(date(2025, 2, 10), date(2025, 6, 20)), stream.pick(_NOTES)
            if told and unit.level != "top":
                ticks.append((key(seed, "tick", unit.code, at), unit.id, entry, on + timedelta(days=60 * at), note))
    pour(Tick, ("key", "unit_id", "entry_id", "done_on", "note"), ticks, at=_AT)


def _numbered() -> list[tuple[int, tuple[Known, str]]]:
    return list(enumerate(_ENTRIES, 1))
