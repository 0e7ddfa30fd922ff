"""A file is finished before anybody gets it, and closed where it cannot be."""

from __future__ import annotations

from typing import IO

import pytest

from chithi.core.kept import kept


def test_a_finished_file_is_read_from_its_beginning() -> None:
    with kept(lambda target: target.write(b"abc")) as made:
        assert made.read() == b"abc"


def test_a_file_that_cannot_be_finished_is_closed() -> None:
    begun: list[IO[bytes]] = []

    def write(target: IO[bytes]) -> None:
        begun.append(target)
        raise LookupError

    with pytest.raises(LookupError):
        kept(write)
    assert begun[0].closed
