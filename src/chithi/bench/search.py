"""`chithi bench search`: documents by their words, 100.000 of them with 300 syllables each, within what one may read.

The database is the one the settings name and must hold no units; the invented documents are rolled back at the end.
Ours is the whole answer as a page shows it: ids newest first, the count, the first page with its hits marked. The rival
is what such searches usually are: LIKE over the folded column under the same condition of who may read, ids alone,
newest first, as many. The ids must be the same ones in the same order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from django.db import connection, transaction

from chithi.bench.measured import Case, Measured, peak_mib, versions_of
from chithi.core.errors import Refused
from chithi.db.guard import ScopedQuerySet
from chithi.db.pouring import pour
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.directives.models import Directive, SoughtWords
from chithi.directives.reading import addressed
from chithi.directives.search_rules import MOST_COUNTED, Wanted, place_of, sought_in
from chithi.directives.searching import ids_in, search
from chithi.org.demo import NationSize, build_nation
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Unit
from chithi.org.places import Tree, forget_since, reach_tree

Answer = TypeVar("Answer")
TODAY, SINCE, SEED, RUNS = date(2026, 11, 22), date(2021, 1, 1), 2016, 21
LIKE = "LIKE over the folded column"
FULL, SMALL = (NationSize(2, 1, 160, 8_000, 25, 5, 10, 8), 100_000), (NationSize(2, 1, 6, 300, 2, 2, 2, 1), 600)
"""The invented tree and how many documents stand in it."""
SYLLABLES = 300
ASKED = ("kế hoạch", '"chi bộ"', "dang vien guong mau", '"hiem mot"', "hiem ba nam", "khongcogi")
_WHY = "the bench looks whether the database is empty"
_SAID = (
    "chi bộ đảng viên kế hoạch học tập làm theo tư tưởng đạo đức phong cách cơ sở thực hiện nhiệm vụ cán bộ nhân dân "
    "gương mẫu tổ chức sinh hoạt chuyên đề kiểm tra giám sát tháng quý năm xã huyện tỉnh thôn bản"
)
_FREQUENT = _SAID.split()
_RARE = [f"hiếm {word}" for word in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")]


def run(small: bool) -> Measured:
    """Five readers: of everything, of one province, of 480 and of 160 units, of one cell."""
    if Unit.objects.everywhere(because=_WHY).exists():
        raise Refused("bench.not_empty")
    versions, missing = versions_of(("django",))
    measured = Measured("search", versions | {"database": connection.vendor}, left_out=missing)
    with transaction.atomic():
        size, count = SMALL if small else FULL
        built = build_nation(size, SEED)
        _store(count, [built.id_of(at) for at in range(len(built.plan))])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        for who, viewer in _readers(reach_tree(TODAY)):
            measured.cases += [_case(f"{who}: {asked}", f"{count:,} documents", viewer, asked) for asked in ASKED]
        transaction.set_rollback(True)
    forget_since(date.min)
    return measured


def _store(count: int, units: list[int]) -> None:
    stream, draws = Stream(SEED, "bench.search", ""), np.random.default_rng(SEED)
    days = [SINCE + timedelta(days=stream.below(2_000)) for _ in range(count)]
    of_unit = [units[stream.below(len(units))] for _ in range(count)]
    ids = pour(
        Directive,
        ("key", "unit_id", "kind", "is_draft", "sign", "dated", "summary", "to_all"),
        (
            (key(SEED, "d", at), of_unit[at], "plan", False, f"{at}-KH", days[at], f"Văn bản số {at}", True)
            for at in range(count)
        ),
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    pour(
        SoughtWords,
        ("key", "unit_id", "directive_id", "newest", "to_all", "folded"),
        (
            (key(SEED, "w", at), of_unit[at], ids[at], place_of(days[at], ids[at]), True, sought_in(_text(draws, at)))
            for at in range(count)
        ),
    )


def _text(draws: np.random.Generator, at: int) -> str:
    """Syllables of which few are frequent, as in language; a rare pair in one document of fifty."""
    drawn = draws.integers(0, len(_FREQUENT), (2, SYLLABLES - 4)).min(axis=0)
    words = [_FREQUENT[place] for place in drawn.tolist()]
    rare = _RARE[at // 50 % len(_RARE)] if at % 50 == 0 else "thường kỳ"
    return " ".join([*words, rare, f"so{at % 977}", f"nam{at % 7}"])


def _readers(tree: Tree) -> Iterator[tuple[str, Viewer]]:
    """Somebody who reads everything, the first province, its first 160 or 480 units, its first cell.

    Of the two in the middle one reads few enough documents to have them looked at one by one, the other too many.
    """
    shape = tree.shape
    cell = 1
    while int(shape.child_count[cell]):
        cell += 1
    spans = {who: (at, int(shape.hi[at])) for who, at in (("everything", 0), ("a province", 1), ("a cell", cell))}
    spans |= {f"{count} units": (cell, min(cell + count, len(shape.unit_ids))) for count in (160, 480)}
    for who, span in spans.items():
        reach = Reach.of(tree.id, len(shape.unit_ids), [span])
        yield who, Viewer(user_id=None, name=who, today=TODAY, reaches=MappingProxyType({Capability.READ: reach}))


def _case(name: str, size: str, viewer: Viewer, asked: str) -> Case:
    ours, busy, answer = _timed(lambda: search(viewer, asked))
    rival, _, theirs = _timed(lambda: _like(viewer, Wanted.of(asked)), runs=1)
    ids = ids_in(viewer, Wanted.of(asked))
    if ids != theirs or answer.total != min(len(ids), MOST_COUNTED):
        raise AssertionError(f"{name}: {len(ids)} found, {len(theirs)} by the rival")
    told = f"{len(ids)} hits, the same in the same order"
    details = {"p95_s": ours[int(len(ours) * 0.95)], "processor_s": busy[len(busy) // 2]}
    return Case(
        name, size, ours[len(ours) // 2], {LIKE: rival[len(rival) // 2]}, None, peak_mib(lambda: None), told, details
    )


def _timed(work: Callable[[], Answer], runs: int = RUNS) -> tuple[list[float], list[float], Answer]:
    """(seconds of all runs by the clock and of this process, ascending; the answer); a run before them warms up."""
    answer = work()
    seconds, busy = [], []
    for _ in range(runs):
        began, at_work = time.perf_counter(), time.process_time()
        answer = work()
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - at_work)
    return sorted(seconds), sorted(busy), answer


def _rows(viewer: Viewer) -> ScopedQuerySet[SoughtWords]:
    rows = SoughtWords.objects.everywhere(because="the condition beside it says who may read")
    return rows.filter(addressed(viewer, "directive_id"))


def _like(viewer: Viewer, words: Wanted) -> list[int]:
    """Ids of the newest documents that hold every run of words, by reading the column of each."""
    rows = _rows(viewer)
    for run in words.runs:
        rows = rows.filter(folded__contains=f" {' '.join(run)} ")
    return list(rows.order_by("-newest").values_list("directive_id", flat=True)[: MOST_COUNTED + 1])
