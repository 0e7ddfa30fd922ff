"""`chithi verify`: does every number, and every day on which a task turns, still agree with what it follows from?"""

from __future__ import annotations

import sys

import click

from chithi.cli.frame import Command, option
from chithi.cli.ground import ready_django
from chithi.cli.speech import Speech

DIFFERS = 1


def command(say: Speech) -> click.Command:
    def verify(period: str | None, rebuild: bool) -> int:
        return run(say, period, rebuild)

    return Command(
        "verify",
        say,
        callback=verify,
        params=[
            option("--period", say=say, key="verify.period", metavar="2025"),
            option("--rebuild", say=say, key="verify.rebuild", is_flag=True),
        ],
    )


def run(say: Speech, period: str | None, rebuild: bool) -> int:
    """Name what differs, one line each; 1 where anything does, even when it was computed anew."""
    ready_django(say)
    from chithi.core.periods import parse
    from chithi.indicators.verify import verify
    from chithi.tasks.turning import amiss, repair, told

    code = parse(period).code if period else None
    found = verify(period_code=code, rebuild_totals=rebuild, report=_progress)
    for d in found.differences:
        click.echo(say("verify.difference", check=d.check, where=d.where, stored=d.stored, found=d.found))
    days = [] if period else list(amiss())
    for one in days:
        facts = {"stored": told(one.stored), "found": told(one.found)}
        click.echo(say("verify.difference", check="turning_days", where=f"task {one.id}", **facts))
    ok = found.ok and not days
    key = "verify.ok" if ok else "verify.differs"
    click.echo(
        say(
            key,
            differences=len(found.differences) + len(days),
            periods=found.periods,
            totals=found.totals,
            counts=found.counts,
        )
    )
    if rebuild:
        repair(days)
    if rebuild and not ok:
        click.echo(say("verify.rebuilt"))
    return 0 if ok else DIFFERS


def _progress(period: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{period} …", err=True)
