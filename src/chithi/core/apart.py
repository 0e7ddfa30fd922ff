"""Owns how a file from outside is parsed apart: in a child process with limits, so that a hostile file costs a child.

The parent calls `run`, the child's module calls `limit` before it looks at anything and `answer` at its end. What the
child writes goes into a file of bounded size; its death, whatever killed it, is an exception here and nothing more.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass


class Apart(Exception):  # noqa: N818 -- it names what did not come back
    """The child gave no answer."""


class TooSlow(Apart):
    """It was ended when its time was up."""


class Died(Apart):
    """It ended without an answer: out of memory, out of processor time, or broken by the file."""


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of address space, seconds of processor and of the clock, bytes of its answer."""

    memory: int
    processor: int
    clock: int
    answer: int


def run(module: str, data: bytes, limits: Limits, *arguments: str) -> bytes:
    """What the module, run as a program apart, wrote to its standard output, given `data` on its standard input."""
    words = (limits.memory, limits.processor, limits.answer)
    command = [sys.executable, "-I", "-m", module, *map(str, words), *arguments]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 -- our own module, no shell, no user words
                command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, timeout=limits.clock, check=False
            )
        except subprocess.TimeoutExpired as problem:
            raise TooSlow(module) from problem
        if done.returncode != 0:
            raise Died(module)
        answer.seek(0)
        return answer.read(limits.answer + 1)


def limit(arguments: Sequence[str]) -> list[str]:
    """In the child: obey the limits that `run` put first among the arguments, where the system knows such limits.

    Returns the arguments after them.
    """
    memory, processor, answer = map(int, arguments[:3])
    try:
        import resource
    except ImportError:  # not a Unix system: the parent's clock remains
        return list(arguments[3:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return list(arguments[3:])
