"""One holder at a time, across processes, on both databases."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from django.db import Error, connection, transaction

_here: defaultdict[str, Lock] = defaultdict(Lock)
"""Locks among the threads of this process, where the database lives in its memory alone."""


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """A transaction that at most one process runs at a time under this name; others wait.

    PostgreSQL: an advisory lock held to the transaction's end. SQLite: `BEGIN IMMEDIATE` (see
    `chithi.environment`) already admits one writer.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])
        yield


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """The same without a transaction, for long reading and reckoning that must not keep writers waiting.

    Held by this process and gone with it, however it ends. Inside a transaction it is `only_one`. It keeps work from
    being done twice; what is written at the end must be safe by itself (see `chithi.freshness.turns`).
    """
    if connection.in_atomic_block:
        with only_one(name):
            yield
    elif connection.vendor == "postgresql":
        with _held_by_connection(_number(name)):
            yield
    elif (file := Path(str(connection.settings_dict["NAME"]))).is_file():
        with _held_by_file(file.with_name(f"{file.name}-{name}")):
            yield
    else:
        with _here[name]:
            yield


@contextmanager
def if_free(name: str) -> Iterator[bool]:
    """Whether nobody in the installation is at what this name stands for; if so it is ours until the block ends.

    Never waits: for work that is too much to be done twice at once and that somebody may ask for again later.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
            (free,) = cursor.fetchone()
        try:
            yield bool(free)
        finally:
            if free:
                _let_go(_number(name))
    elif (file := Path(str(connection.settings_dict["NAME"]))).is_file():
        with _file_if_free(file.with_name(f"{file.name}-{name}")) as free:
            yield free
    else:
        free = _here[name].acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                _here[name].release()


def _number(name: str) -> int:
    return zlib.crc32(name.encode())


@contextmanager
def _held_by_connection(number: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        _let_go(number)


def _let_go(number: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    except Error:  # a connection that is of no more use lets go when it is closed
        connection.close()


@contextmanager
def _file_if_free(file: Path) -> Iterator[bool]:
    opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(opened)  # lets go


@contextmanager
def _held_by_file(file: Path) -> Iterator[None]:
    opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)  # lets go
