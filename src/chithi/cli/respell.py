"""`chithi respell`: write the strings by which units and people are found anew."""

from __future__ import annotations

import click

from chithi.cli.frame import Command, option
from chithi.cli.ground import ready_django, step
from chithi.cli.speech import Speech

DIFFERS = 1


def command(say: Speech) -> click.Command:
    def respell(check: bool) -> int:
        return run(say, check)

    return Command(
        "respell", say, callback=respell, params=[option("--check", say=say, key="respell.check", is_flag=True)]
    )


def run(say: Speech, check: bool) -> int:
    """With `check` only compare; 1 where something differs."""
    ready_django(say)
    from chithi.org.spelling import amiss, respell_all

    if check:
        units, people = amiss()
        found = bool(units or people)
        click.echo(say("respell.differs" if found else "respell.ok", units=len(units), people=len(people)))
        return DIFFERS if found else 0
    with step(say("respell.step")):
        made = respell_all()
    click.echo(say("respell.done", units=made[0], people=made[1]))
    return 0
