"""The list of commands, in the order the help shows them. A new command is a module here and one line below."""

from __future__ import annotations

from importlib.metadata import version

import click

from chithi.cli import (
    account,
    bench,
    demo,
    imports,
    intake,
    manage,
    plan,
    report,
    respell,
    retention,
    serve,
    unit,
    verify,
)
from chithi.cli.frame import Group
from chithi.cli.speech import Speech

COMMANDS = (
    serve.command,
    demo.command,
    unit.command,
    plan.command,
    account.command,
    imports.bring,
    imports.export,
    intake.command,
    report.command,
    verify.command,
    respell.command,
    retention.command,
    bench.command,
    manage.command,
)


def build(say: Speech) -> Group:
    """The whole command line in one language."""

    def show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked:
            click.echo(f"chithi {version('chithi')}")
            ctx.exit()

    shown = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show_version, help=say("help.version")
    )
    return Group("chithi", say, [make(say) for make in COMMANDS], params=[shown], no_args_is_help=True)
