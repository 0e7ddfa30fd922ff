"""`chithi bench intake`: reading the figures out of narrative reports.

There is no rival that answers the same question, so none is claimed. The floor is one regular expression that
finds every group of digits in the text: what any reader of figures must at least do.
"""

from __future__ import annotations

import os
import random
import re
import time
from bisect import bisect_left
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from chithi.bench.measured import Case, Measured, best_of, peak_mib, versions_of
from chithi.text.intake import read

SEED = 2016
RUNS = 3
PAGE = 2000  # characters
PAGES_SMALL, PAGES = (3,), (30, 300)
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

HEADS = ("I. Kết quả thực hiện", "II. Hạn chế", "III. Nhiệm vụ trong thời gian tới")
SENTENCES = (
    "Đến nay có {a}/{b} chi bộ xây dựng kế hoạch, đạt {p}%.",
    "Toàn huyện mở {a} lớp học tập cho {b} lượt đảng viên.",
    "Năm {y}, {a} hộ hiến {b} m2 đất làm {c} km đường bê tông.",
    "Các cơ quan tuyên truyền bằng nhiều hình thức, được nhân dân đồng tình.",
    "Một số nơi còn lúng túng khi cụ thể hóa nội dung đăng ký.",
    "Biểu dương {c} tập thể và {a} cá nhân tiêu biểu nhân dịp 19/5/{y}.",
    "Nhân dân góp {a} triệu đồng và {b} ngày công.",
)


def run(small: bool) -> Measured:
    """Texts of our own making, the same on every machine."""
    versions, missing = versions_of(("numpy",))
    measured = Measured("intake", versions, left_out=missing)
    for pages in PAGES_SMALL if small else PAGES:
        measured.cases.append(_case(pages))
    measured.cases.append(_side_by_side(max(PAGES_SMALL if small else PAGES)))
    return measured


def _side_by_side(pages: int) -> Case:
    """One report a core, each in a process of its own, as workers read; pages a second of all together.

    On a machine that has other work to do the clock tells little: what all together would read in the time that the
    slowest of them was given a processor stands beside it.
    """
    text = report_of(pages * PAGE)
    cores = len(os.sched_getaffinity(0))
    alone = len(read(text).facts)
    first = (report_of(PAGE),)  # what a process reads only once is read before
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_figures, initargs=first) as workers:
        seconds, found = best_of(1, lambda: list(workers.map(_figures, [text] * cores)))
    if [count for count, _ in found] != [alone] * cores:
        raise ValueError(f"side by side {found} figures were read, alone {alone}")
    given = max(processor for _, processor in found)
    return Case(
        case="read a report on each core",
        size=f"{cores} times {pages} pages of {PAGE} characters",
        ours_s=seconds,
        rivals={},
        floor_s=None,
        peak_mib=peak_mib(lambda: None),
        checked="every process read as many figures as one alone",
        details={
            "pages_per_second": cores * pages / seconds,
            "pages_per_second_of_processor": cores * pages / given,
        },
    )


def _figures(text: str) -> tuple[int, float]:
    """How many figures were read, and the seconds of processor it took."""
    started = time.process_time()
    count = len(read(text).facts)
    return count, time.process_time() - started


def _case(pages: int) -> Case:
    text = report_of(pages * PAGE)
    ours_s, reading = best_of(RUNS if pages < max(PAGES) else 1, lambda: read(text))
    floor_s, places = best_of(RUNS, lambda: [found.start() for found in DIGITS.finditer(text)])
    strange = [fact for fact in reading.facts if text[fact.start : fact.end] != fact.quote]
    without = [fact for fact in reading.facts if not _holds_one(places, fact.start, fact.end)]
    if strange or without or not reading.facts:
        raise ValueError(f"{len(strange)} quotes and {len(without)} figures do not stand where they are said to")
    return Case(
        case="read a report",
        size=f"{pages} pages of {PAGE} characters, {len(reading.facts)} figures",
        ours_s=ours_s,
        rivals={},
        floor_s=floor_s,
        peak_mib=peak_mib(lambda: read(text)),
        checked="every quote stands at its place and holds digits that the floor found",
    )


def _holds_one(places: list[int], start: int, end: int) -> bool:
    """Whether one of the sorted places lies in [start, end)."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def report_of(characters: int) -> str:
    """A report of at least that many characters, by a seeded random stream."""
    stream = random.Random(SEED)  # noqa: S311 -- a test text, not a secret
    lines: list[str] = []
    length = 0
    while length < characters:
        if len(lines) % 40 == 0:
            lines.append(HEADS[len(lines) // 40 % len(HEADS)])
        base = stream.randint(20, 900)
        part = stream.randint(1, base)
        share = f"{part / base * 100:.1f}".replace(".", ",")
        pattern = stream.choice(SENTENCES)
        lines.append(pattern.format(a=part, b=base, c=stream.randint(2, 19), p=share, y=stream.randint(2012, 2025)))
        length += len(lines[-1]) + 1
    return "\n".join(lines)
