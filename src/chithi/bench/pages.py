"""`chithi bench pages`: what a page of the demo costs at the server, through Django's client, in this process.

Measured is everything between a request and its answer: session, viewer, queries, templates. The network and the web
server's own work are not. What is loaded is kept from the garbage collector, as in `chithi serve`. Cold is the first
request of a page after this process's trees were forgotten; then come one request to warm up and `RUNS` that are
measured. Processor is this process's mean
share, without what the database's own processes and other programs took. The database is the one the settings name; an
empty one gets the demo first. The rival counts what the province's page shows by plain SQL over the tree, and its
figures must be the same.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Collection
from statistics import median

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone, translation

from chithi.access.demo import ACCOUNTS
from chithi.access.models import User
from chithi.access.viewers import viewer_for
from chithi.bench.measured import Case, Measured, best_of, peak_mib, versions_of
from chithi.bench.pages_list import Page, Places, pages, places_of
from chithi.bench.pages_rival import is_counted, plain_numbers
from chithi.core.errors import Refused
from chithi.core.periods import Period, year
from chithi.demo import build_demo
from chithi.indicators.demo.sizes import LAST_YEAR
from chithi.indicators.queries import lines
from chithi.org import places
from chithi.org.models import Unit
from chithi.reporting.actions import make_report

RUNS, RUNS_SMALL = 20, 1
FEW = 8
"""So many of a nation's numbers are counted by the rival: one takes it one to three seconds."""
SEED = 2016
SIZE, SIZE_SMALL = "province", "tiny"
NOT_TO_BE_READ = (403, 404, 405)
"""Administration that this account does not do, what is not there, and addresses that only change something."""
_WHY = "the bench looks for a demo"


def run(small: bool, size: str | None = None) -> Measured:
    """Every page of `chithi.bench.pages_list`, then the Word file of the province.

    An empty database gets the demo of this `size` first; one that holds a demo is measured as it is.
    """
    _demo(size or (SIZE_SMALL if small else SIZE))
    versions, missing = versions_of(("django", "numpy"))
    versions["units"] = str(Unit.objects.everywhere(because=_WHY).filter(closed_on__isnull=True).count())
    measured = Measured("pages", versions | {"database": _database(), "yardstick": yardstick()}, left_out=missing)
    where, period = places_of(timezone.localdate()), year(LAST_YEAR)
    _as_served()
    runs = RUNS_SMALL if small else RUNS
    clients = {account.username: _client(account.username) for account in ACCOUNTS}
    for page in pages(where, period):
        if _asked(clients[page.who], page)[1] not in NOT_TO_BE_READ:
            measured.cases.append(_measured(page, clients[page.who], runs))
    measured.cases.append(_rival(where, period))
    measured.cases.append(_word(where, period, runs))
    return measured


def _demo(size: str) -> None:
    """The demo where there is nothing yet; a database in use that holds no demo is refused (`bench.no_demo`)."""
    if not Unit.objects.everywhere(because=_WHY).exists():
        build_demo(size, SEED, lambda _line: None)
    if User.objects.filter(username__in=[account.username for account in ACCOUNTS]).count() < len(ACCOUNTS):
        raise Refused("bench.no_demo")


def _as_served() -> None:
    """Load every page and set aside what is loaded, as `chithi serve` does: else each look for garbage goes over it."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


def _database() -> str:
    if connection.vendor == "postgresql":
        number = connection.cursor().connection.info.server_version
        return f"PostgreSQL {number // 10000}.{number % 10000}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"


def yardstick() -> str:
    """How long this machine takes just now for a fixed piece of work: what figures of two runs are compared by."""
    seconds = []
    for _ in range(5):
        began, kept = time.thread_time(), {}
        for number in range(200_000):
            kept[number % 1000] = str(number)
        seconds.append(time.thread_time() - began)
    return _ms(median(seconds))


def _client(username: str) -> Client:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], raise_request_exception=False)
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _measured(page: Page, client: Client, runs: int) -> Case:
    _forget_trees()
    cold, _status = _asked(client, page)
    _asked(client, page)
    began = time.thread_time()
    seconds = sorted(_asked(client, page)[0] for _ in range(runs))
    cpu = (time.thread_time() - began) / runs
    with CaptureQueriesContext(connection) as counted:
        status = _asked(client, page)[1]
    queries = len(counted)  # now: Django forgets them at the next request
    p95 = seconds[min(len(seconds) - 1, len(seconds) * 95 // 100)]
    return Case(
        case=f"{page.name} ({page.who})",
        size=f"processor {_ms(cpu)}, cold {_ms(cold)}, p95 {_ms(p95)}, {queries} queries",
        ours_s=median(seconds),
        rivals={},
        floor_s=None,
        peak_mib=peak_mib(lambda: _asked(client, page)),
        checked=f"status {status}",
        details={"processor_s": cpu, "cold_s": cold, "p95_s": p95, "queries": queries, "status": status},
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _asked(client: Client, page: Page) -> tuple[float, int]:
    began = time.perf_counter()
    answer = client.get(page.address)
    _ = answer.content if not answer.streaming else b"".join(answer)
    return time.perf_counter() - began, answer.status_code


def _forget_trees() -> None:
    with places._cache_lock:
        places._cache.clear()


def _rival(where: Places, period: Period) -> Case:
    """The province's numbers by our query against plain SQL; stops where a number differs."""
    viewer = viewer_for(User.objects.get(username="tuyengiao"), timezone.localdate())
    ours_s, found = best_of(3, lambda: lines(viewer, where.province, period, trend=0))
    told = [line for line in found.lines if not line.numerator.computed.missing]
    ours = {
        line.meaning.code: line.numerator.computed.value
        for line in told
        if line.meaning.numerator.roll_up == "sum" and is_counted(line.meaning.numerator)
    }
    few = "nation" in where.names
    if few:
        ours = dict(sorted(ours.items())[:FEW])
    rival_s, plain = _plainly(where, period, ours)
    differing = {code: (value, plain.get(code)) for code, value in ours.items() if value != plain.get(code)}
    if differing or len(ours) < (FEW if few else 30):
        raise ValueError(f"plain counts differ from the page's: {differing}")
    return Case(
        case=f"numbers of the {where.names[0]}'s page",
        size=f"{len(ours)} of {len(told)} numbers",
        ours_s=ours_s,
        rivals={"plain SQL": rival_s},
        floor_s=None,
        peak_mib=peak_mib(lambda: lines(viewer, where.province, period, trend=0)),
        checked="every number equal",
    )


def _plainly(where: Places, period: Period, codes: Collection[str]) -> tuple[float, dict[str, int]]:
    """Seconds and numbers of the rival; a nation's only once."""
    if "nation" not in where.names:
        return best_of(3, lambda: plain_numbers(where.province, period, codes))
    began = time.perf_counter()
    found = plain_numbers(where.province, period, codes)
    return time.perf_counter() - began, found


def _word(where: Places, period: Period, runs: int) -> Case:
    """Making the report of the province with its Word file, taken back each time."""
    viewer = viewer_for(User.objects.get(username="tuyengiao"), timezone.localdate())

    def make() -> int:
        with transaction.atomic(), translation.override("vi"):
            size = len(bytes(make_report(by=viewer, unit_id=where.province, period=period).file))
            transaction.set_rollback(True)
        return size

    seconds, size = best_of(max(3, runs // 4), make)
    return Case(
        case=f"Word of the {where.names[0]}",
        size=f"{size // 1024} KiB",
        ours_s=seconds,
        rivals={},
        floor_s=None,
        peak_mib=peak_mib(make),
        checked="made and taken back",
    )
