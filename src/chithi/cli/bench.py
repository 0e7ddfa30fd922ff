"""`chithi bench`: one measurement, as a table or as one JSON object."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout

import click

from chithi.bench import BENCHES, NEEDS_DATABASE, SIZED
from chithi.cli.demo import SIZES
from chithi.cli.frame import Argument, Command, Word, option
from chithi.cli.ground import ready_django
from chithi.cli.speech import Speech
from chithi.core.errors import Refused


def command(say: Speech) -> click.Command:
    def bench(name: str, as_json: bool, small: bool, size: str | None) -> None:
        run(say, name, as_json, small, size)

    choices = ", ".join(BENCHES)
    return Command(
        "bench",
        say,
        callback=bench,
        help=say("help.bench", choices=choices),
        params=[
            Argument("name", help=say("help.bench.name"), metavar="NAME", type=Word(say, tuple(BENCHES))),
            option("--json", "as_json", say=say, key="bench.json", is_flag=True),
            option("--small", "small", say=say, key="bench.size", is_flag=True),
            option(
                "--size",
                "size",
                say=say,
                key="bench.demo",
                facts={"choices": ", ".join(SIZES)},
                type=Word(say, SIZES),
                metavar="SIZE",
            ),
        ],
    )


def run(say: Speech, name: str, as_json: bool, small: bool, size: str | None = None) -> None:
    """Measure and show; what was left out goes to standard error as well."""
    from chithi.bench.show import as_object, table

    if size is not None and name not in SIZED:
        raise Refused("bench.no_size", field="size", name=name, known=", ".join(sorted(SIZED)))

    if name in NEEDS_DATABASE:
        ready_django(say)
        from chithi.cli.serving.first_start import prepare

        with redirect_stdout(sys.stderr):
            prepare(say)

    measured = BENCHES[name](small, size)
    for rival, reason in measured.left_out.items():
        click.echo(say("bench.left_out", name=rival, reason=reason), err=True)
    click.echo(json.dumps(as_object(measured), ensure_ascii=False) if as_json else table(measured))
