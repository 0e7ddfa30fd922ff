"""`chithi demo`: build the demo in an empty database and show its log-ins."""

from __future__ import annotations

import click

from chithi.cli.frame import Command, Whole, Word, option
from chithi.cli.ground import ready_django
from chithi.cli.speech import Speech

SEED = 2016
SIZES = ("nation", "province", "district", "tiny")  # those of chithi.demo.sizes; a test compares


def command(say: Speech) -> click.Command:
    def demo(size: str, seed: int, reorganised: bool) -> None:
        run(say, size, seed, reorganised=reorganised)

    return Command(
        "demo",
        say,
        callback=demo,
        params=[
            option(
                "--size",
                say=say,
                key="demo.size",
                facts={"choices": ", ".join(SIZES)},
                type=Word(say, SIZES),
                default="district",
                metavar="SIZE",
            ),
            option("--seed", say=say, key="demo.seed", type=Whole(say, 0, 999_999_999), default=SEED, metavar="N"),
            option("--reorganised", say=say, key="demo.reorganised", is_flag=True),
        ],
    )


def run(say: Speech, size: str, seed: int, *, reorganised: bool = False) -> None:
    """Refused where the database holds units already."""
    ready_django(say)
    from chithi.cli.serving.first_start import build_demo_data, prepare, show_logins

    prepare(say)
    build_demo_data(say, size, seed, reorganised=reorganised)
    show_logins(say)
