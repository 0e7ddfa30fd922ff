"""Processes of their own for test_jobs: they take up work and die of SIGKILL at a given place.

    ask KEY        make the tables; ask for a piece of work on the database and a letter
    die PLACE …    at each place a child is forked that works until it dies there; prints the places it died at
    work           do what is left; prints what was written, sent, and how the work stands

The work on the database leaves a note under its own name, so that doing it twice would show. What was "sent" is a
file that grows by one line a letter.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(does: Callable[..., Any]) -> Callable[..., Any]:
    def done(*given: Any, **named: Any) -> None:
        does(*given, **named)
        die()

    return done


def count_up(key: str) -> None:
    """The effect: a heart-beat named after the work; a second of the same name would fail."""
    from django.utils import timezone

    from chithi.freshness.models import Beat

    Beat.objects.create(name=f"effect {key}", at=timezone.now())


def sent_file() -> Path:
    return Path(os.environ["CHITHI_HOME"]) / "sent"


def post(asked: Any) -> None:
    from chithi.jobs.letters import identity

    with sent_file().open("a", encoding="utf-8") as file:
        file.write(f"{identity(asked)}\n")
        file.flush()
        os.fsync(file.fileno())


def deeds(place: str = "") -> tuple[Any, ...]:
    from chithi.jobs.running import Deed

    def begin(asked: Any) -> Callable[[], object]:
        if place == "taken":
            die()
        write = partial(count_up, asked.key)
        return then_die(write) if place == "written" else die if place == "said done" else write

    def letter(asked: Any) -> Callable[[], object]:
        return (lambda: (post(asked), die())) if place == "sent" else (lambda: post(asked))

    return Deed("test.effect", begin), Deed("test.letter", letter, outward=True)


def work_and_die(place: str) -> None:
    """Only the letter is taken at "sent", else only the work on the database."""
    from django.db import connection

    from chithi.jobs import running
    from chithi.jobs.holders import me

    effect, letter = deeds(place)
    if place in ("before commit", "after commit"):
        commit, seen = connection._commit, [0]

        def at_commit() -> None:
            seen[0] += 1
            if seen[0] < 2:  # the first is that of taking the work
                commit()
                return
            if place == "after commit":
                commit()
            die()

        connection._commit = at_commit
    running.run_some([letter if place == "sent" else effect], me())


def ask(key: str) -> None:
    from django.core.management import call_command
    from django.db import transaction

    from chithi.jobs.actions import ask as ask_for

    for app in ("jobs", "freshness"):
        call_command("migrate", app, verbosity=0)
    for _ in range(2):  # asking twice is asking once
        with transaction.atomic():
            ask_for("test.effect", key, {})
            ask_for("test.letter", key, {})


def work() -> None:
    from chithi.freshness.models import Beat
    from chithi.jobs.holders import me
    from chithi.jobs.models import Job
    from chithi.jobs.running import run_some

    run_some(deeds(), me())
    letters = sent_file().read_text(encoding="utf-8").splitlines()
    states = sorted(Job.objects.values_list("state", flat=True))
    print(
        Beat.objects.filter(name__startswith="effect").count(),
        "effect",
        len(letters),
        "sent",
        len(set(letters)),
        "identity",
        *states,
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    import django

    django.setup()
    if sys.argv[1] == "ask":
        ask(sys.argv[2])
    if sys.argv[1] == "work":
        work()
    for place in sys.argv[2:] if sys.argv[1] == "die" else ():
        child = os.fork()
        if not child:
            work_and_die(place)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            print(place)
