"""`chithi manage`: Django's own commands, with our settings."""

from __future__ import annotations

import os

import click

from chithi.cli.frame import Command
from chithi.cli.speech import Speech


def command(say: Speech) -> click.Command:
    return Command(
        "manage",
        say,
        callback=manage,
        params=[click.Argument(["arguments"], nargs=-1, type=click.UNPROCESSED, metavar="…")],
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    )


def manage(arguments: tuple[str, ...]) -> int:
    """Hand everything over; Django answers an unknown command of its own itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["chithi manage", *(arguments or ("help",))])
    return 0
