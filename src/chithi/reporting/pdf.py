"""A report as PDF: made by LibreOffice of the Word file that was kept, once, and kept beside it.

A PDF that was sent must be had again byte for byte, which LibreOffice does not promise: so the first one stays, under
the digest of the Word file it was made of. At most `AT_ONCE` are made at a time on a machine, whoever asks: pages,
API and command line share locks on files, which the system lets go of when a process dies.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from chithi.core.errors import Refused
from chithi.db.viewer import Capability, Viewer
from chithi.reporting.models import Report, ReportPdf
from chithi.text import office

AT_ONCE = 2
WAITS = 8.0
"""Seconds a request waits for its turn before it is told to come again."""
_PAUSE = 0.2


def can_make() -> bool:
    """Whether LibreOffice is here."""
    return office.program() is not None


def pdf_of(viewer: Viewer, report: Report, word: bytes | None = None) -> bytes:
    """The PDF of a report the viewer has in hand: the kept one, else a new one, which is kept.

    `word` is another Word file that belongs to the report: as it was issued, or the letter that went with it.
    No transaction is held while it is made. Refused: `reporting.pdf_no_office`, `.pdf_busy`, `.pdf_too_slow`,
    `.pdf_failed`.
    """
    file = bytes(report.file) if word is None else word
    digest = hashlib.sha256(file).hexdigest()
    kept = _kept(viewer, report, digest)
    if kept is not None:
        return kept
    if not can_make():
        raise Refused("reporting.pdf_no_office")
    with _turn():
        kept = _kept(viewer, report, digest)  # who waited may find it made
        if kept is not None:
            return kept
        made = office.pdf_of(file)
    try:
        with transaction.atomic():
            ReportPdf(unit_id=report.unit_id, report=report, sha256=digest, file=made).save()
    except IntegrityError:  # made twice at once: the first stays
        return _kept(viewer, report, digest) or made
    return made


def _kept(viewer: Viewer, report: Report, digest: str) -> bytes | None:
    rows = ReportPdf.objects.visible_to(viewer.reach(Capability.READ)).filter(report_id=report.pk, sha256=digest)
    found = rows.values_list("file", flat=True).first()
    return None if found is None else bytes(found)


@contextmanager
def _turn() -> Iterator[None]:
    """One of the places at LibreOffice; `reporting.pdf_busy` where none came free in time."""
    folder = Path(settings.CHITHI_HOME)
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + WAITS
    while True:
        for place in range(1, AT_ONCE + 1):
            held = os.open(folder / f"pdf-{place}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(held)
                continue
            try:
                yield
            finally:
                os.close(held)
            return
        if time.monotonic() >= until:
            raise Refused("reporting.pdf_busy")
        time.sleep(_PAUSE)
