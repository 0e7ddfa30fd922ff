"""What every command shares: help pages in the chosen language, typed values, errors as one line.

Click parses; the words around its help and its errors are ours, because its own exist in English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from chithi.cli.speech import LANGUAGES, Speech


class Whole(click.ParamType[int]):
    """A whole number within [low, high]."""

    name = "whole"

    def __init__(self, say: Speech, low: int, high: int) -> None:
        self.say, self.low, self.high = say, low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not text.isascii() or not text.isdigit() or len(text) > 9 or not self.low <= int(text) <= self.high:
            self.fail(self.say("error.whole", value=value, low=str(self.low), high=str(self.high)), param, ctx)
        return int(text)


class Word(click.ParamType[str]):
    """One of the listed words."""

    name = "word"

    def __init__(self, say: Speech, choices: Sequence[str]) -> None:
        self.say, self.choices = say, choices

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            self.fail(self.say("error.choice", value=value, choices=", ".join(self.choices)), param, ctx)
        return str(value)


class Day(click.ParamType[date]):
    """A day as 2016-06-30."""

    name = "day"

    def __init__(self, say: Speech) -> None:
        self.say = say

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(self.say("error.day", value=value), param, ctx)


class Command(click.Command):
    """A command whose help page speaks the chosen language; it takes --lang and --debug wherever they stand."""

    def __init__(self, name: str, say: Speech, *, key: str = "", **given: Any) -> None:
        self.say = say
        given.setdefault("options_metavar", say("frame.options_metavar"))
        if "help" not in given:
            given["help"] = say(f"help.{key or name}")
        given["params"] = [*given.get("params", []), *shared_options(say, hidden=key != "chithi")]
        super().__init__(name, **given)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.say("help.help")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=self.say("frame.usage"))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments stand together with the options: see `format_options`."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)
        arguments = [(p.make_metavar(ctx), p.help or "") for p in params if isinstance(p, Argument)]
        options = [p.get_help_record(ctx) for p in params if isinstance(p, click.Option)]
        for key, rows in (("arguments", arguments), ("options", [row for row in options if row])):
            if rows:
                with formatter.section(self.say(f"frame.{key}")):
                    formatter.write_dl(rows)


class Group(Command, click.Group):
    """The group of all commands, in the order they were given."""

    def __init__(self, name: str, say: Speech, commands: Sequence[click.Command], **given: Any) -> None:
        given.setdefault("key", name)
        super().__init__(name, say, subcommand_metavar=say("frame.command_metavar"), **given)
        for command in commands:
            self.add_command(command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        with formatter.section(self.say("frame.commands")):
            formatter.write_dl([(name, (command.help or "").strip()) for name, command in self.commands.items()])


class Argument(click.Argument):
    """An argument with a line of help."""

    def __init__(self, name: str, *, help: str, **given: Any) -> None:
        super().__init__([name], **given)
        self.help = help


def option(*names: str, say: Speech, key: str, **given: Any) -> click.Option:
    """An option with its help in the chosen language; `facts` fill the placeholders of that help."""
    facts = given.pop("facts", {})
    return click.Option(names, help=say(f"help.{key}", **facts), **given)


def shared_options(say: Speech, *, hidden: bool) -> list[click.Option]:
    """`--lang` and `--debug`; their values are read before click runs, here they are only checked."""
    return [
        click.Option(
            ["--lang"],
            type=Word(say, LANGUAGES),
            metavar="vi|en",
            help=say("help.lang"),
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(["--debug"], is_flag=True, help=say("help.debug"), expose_value=False, hidden=hidden),
    ]


class Problem(click.ClickException):
    """An error of the user's in this door's own words; exit code 2."""

    exit_code = 2


def usage_words(problem: click.UsageError, say: Speech) -> str:
    """What click found wrong, in the chosen language, with where to read on."""
    hint = say("error.hint", command=problem.ctx.command_path) if problem.ctx else ""
    return _usage_words(problem, say) + hint


def _usage_words(problem: click.UsageError, say: Speech) -> str:
    match problem:
        case click.NoSuchOption():
            return say("error.no_option", name=problem.option_name)
        case click.NoSuchCommand():
            return say("error.no_command", name=problem.command_name)
        case click.BadOptionUsage():
            return say("error.needs_value", name=problem.option_name)
        case click.MissingParameter():
            return say("error.missing", name=_name(problem))
        case click.BadParameter():
            return say("error.bad_value", name=_name(problem), why=problem.message)
    if problem.ctx is not None and isinstance(problem.ctx.command, click.Group):
        return say("error.missing_command")
    return say("error.too_many")


def _name(problem: click.BadParameter) -> str:
    """How the user knows the parameter: --date, FILE."""
    if problem.param is None:
        return str(problem.param_hint or "")
    if isinstance(problem.param, click.Argument) and problem.ctx is not None:
        return problem.param.make_metavar(problem.ctx).rstrip(".…")
    return problem.param.opts[0]
