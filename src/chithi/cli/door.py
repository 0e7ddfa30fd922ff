"""The door itself: language, parsing, and every error a user can cause as one line with exit code 2."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping

import click

from chithi.cli.commands import build
from chithi.cli.frame import usage_words
from chithi.cli.speech import Speech, language_of
from chithi.core.errors import Refused

USER_ERROR = 2
INTERRUPTED = 130


def run(arguments: list[str], environ: Mapping[str, str]) -> int:
    """Carry out one command line; a bug of ours still shows its traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    say = Speech(language_of(arguments, environ))
    try:
        code = build(say).main(arguments, prog_name="chithi", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        words = user_words(problem, say)
        if words is None or "--debug" in arguments:
            raise
        print(say("error.line", words=words), file=sys.stderr)
        return USER_ERROR
    return code if isinstance(code, int) else 0


def user_words(problem: Exception, say: Speech) -> str | None:
    """What to tell the user, on one line; None where the fault is ours."""
    if isinstance(problem, Refused):
        return _one_line(say.refusal(problem.code, problem.facts))
    if isinstance(problem, click.UsageError):
        return _one_line(usage_words(problem, say))
    if isinstance(problem, click.ClickException):
        return _one_line(problem.format_message())
    return _database_words(problem, say)


def _database_words(problem: Exception, say: Speech) -> str | None:
    """For a database that is not there or not set up; looked at only where Django has been loaded."""
    if "django.db.utils" not in sys.modules:
        return None
    from django.db.utils import InterfaceError, OperationalError, ProgrammingError

    text = str(problem)
    if isinstance(problem, OperationalError | ProgrammingError) and (
        "no such table" in text or ("relation" in text and "does not exist" in text)
    ):
        return say("error.no_tables")
    if isinstance(problem, OperationalError | InterfaceError):
        return say("error.database", why=_one_line(text.partition("\n")[0])[:200].rstrip("."))
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())
