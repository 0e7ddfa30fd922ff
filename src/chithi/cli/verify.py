"""`chithi verify`: does every number still agree with what it was computed from?"""

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

    code = parse(period).code if period else None
    found = verify(period_code=code, rebuild_totals=rebuild, report=_progress)
    for d in found.differences:
        click.echo(say("verify.difference", check=d.check, where=d.where, stored=d.stored, found=d.found))
    key = "verify.ok" if found.ok else "verify.differs"
    click.echo(
        say(
            key,
            differences=len(found.differences),
            periods=found.periods,
            totals=found.totals,
            counts=found.counts,
        )
    )
    if rebuild and not found.ok:
        click.echo(say("verify.rebuilt"))
    return 0 if found.ok else DIFFERS


def _progress(period: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{period} …", err=True)
