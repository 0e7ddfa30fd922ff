"""`chithi intake`: the figures of narrative reports, one JSON object each. Needs no database and no Django."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chithi.cli.frame import Argument, Command, Day, Problem, option
from chithi.cli.speech import Speech
from chithi.core.errors import Refused

if TYPE_CHECKING:
    from chithi.text.reading import Reading

BROKEN = 2


@dataclass(frozen=True)
class Wanted:
    """What the options ask for."""

    jsonl: bool
    questions: bool
    summary: bool
    day: date | None


def command(say: Speech) -> click.Command:
    def intake(files: tuple[str, ...], jsonl: bool, questions: bool, summary: bool, day: date | None) -> int:
        return run(say, files, Wanted(jsonl, questions, summary or not jsonl, day))

    return Command(
        "intake",
        say,
        callback=intake,
        params=[
            Argument("files", help=say("help.intake.files"), nargs=-1, required=True, metavar="FILE…"),
            option("--jsonl", say=say, key="intake.jsonl", is_flag=True),
            option("--questions", say=say, key="intake.questions", is_flag=True),
            option("--summary", say=say, key="intake.summary", is_flag=True),
            option("--date", "day", say=say, key="intake.date", type=Day(say), metavar="2016-06-30"),
        ],
    )


def run(say: Speech, files: Sequence[str], wanted: Wanted) -> int:
    """Take the files one by one; a broken one is named, the others are still read, and the exit code is 2."""
    code = 0
    for file in files:
        try:
            text, reading = read_file(say, file, wanted.day)
        except (Refused, Problem) as problem:
            words = say.refusal(problem.code, problem.facts) if isinstance(problem, Refused) else problem.message
            click.echo(say("error.line", words=say("intake.problem", file=file, words=words)), err=True)
            code = BROKEN
        else:
            write(say, file, text, reading, wanted)
    return code


def read_file(say: Speech, file: str, day: date | None) -> tuple[str, Reading]:
    """The text of a file and what the intake made of it."""
    from chithi.text.extract import extract
    from chithi.text.intake import read

    path = Path(file)
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        raise Problem(say("error.no_file", file=file)) from problem
    except IsADirectoryError as problem:
        raise Problem(say("error.folder", file=file)) from problem
    except OSError as problem:
        raise Problem(say("error.unreadable", file=file, why=problem.strerror or str(problem))) from problem
    text = extract(data, path.name).text
    return text, read(text, doc_date=day)


def write(say: Speech, file: str, text: str, reading: Reading, wanted: Wanted) -> None:
    """Figures to standard output; questions there too where asked for, else to standard error."""
    from chithi.text.intake import as_json

    if wanted.jsonl:
        doc = Path(file).name
        sys.stdout.writelines(json.dumps(as_json(f, doc), ensure_ascii=False) + "\n" for f in reading.facts)
        sys.stdout.flush()
    for line in question_lines(say, file, text, reading):
        click.echo(line, err=wanted.jsonl and not wanted.questions)
    if wanted.summary:
        click.echo(summary_line(say, file, text, reading), err=wanted.jsonl)


def question_lines(say: Speech, file: str, text: str, reading: Reading) -> list[str]:
    """One line a question, with where its first span stands (code points of the text)."""
    from chithi.text.question_wording import word

    lines = []
    for question in reading.questions:
        start, end = question.spans[0] if question.spans else (0, 0)
        words = word(question, "en" if say.language == "en" else "vi")
        quote = " ".join(text[start:end].split())
        lines.append(say("intake.question", file=file, start=str(start), words=words, quote=quote))
    return lines


def summary_line(say: Speech, file: str, text: str, reading: Reading) -> str:
    """How much was found."""
    return say(
        "intake.summary",
        file=file,
        figures=len(reading.facts),
        indicators=sum(1 for fact in reading.facts if fact.indicator),
        questions=len(reading.questions),
        characters=len(text),
    )
