"""`chithi import` and `chithi export`: sheets of units, people and posts, as the installation's own operator."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chithi.cli.frame import Argument, Command, Day, Problem, Word, option
from chithi.cli.ground import ready_django, step, today
from chithi.cli.speech import Speech

if TYPE_CHECKING:
    from chithi.db.viewer import Viewer
    from chithi.imports.models import Import

KINDS = ("units", "people", "posts")  # those of chithi.imports.kinds; a test compares
ENDINGS = (".xlsx", ".csv")
WRONG = 2
SHOWN = 100


def bring(say: Speech) -> click.Command:
    """The command that takes a sheet in."""

    def run(kind: str, file: str, unit: str, dry_run: bool) -> int:
        return bring_sheet(say, kind, file, unit, dry_run)

    params = [*_kind(say, "import"), Argument("file", help=say("help.import.file"), metavar="FILE"), _unit(say)]
    params.append(option("--dry-run", "dry_run", say=say, key="import.dry_run", is_flag=True))
    return Command("import", say, callback=run, params=params)


def export(say: Speech) -> click.Command:
    """The command that writes a sheet out."""

    def run(kind: str, file: str, unit: str, day: date | None) -> None:
        write_sheet(say, kind, file, unit, day)

    params = [*_kind(say, "export"), Argument("file", help=say("help.export.file"), metavar="FILE"), _unit(say)]
    params.append(option("--date", "day", say=say, key="export.date", type=Day(say), metavar="2026-06-30"))
    return Command("export", say, callback=run, params=params)


def _kind(say: Speech, command: str) -> list[click.Parameter]:
    said = say(f"help.{command}.kind", choices=", ".join(KINDS))
    return [Argument("kind", help=said, metavar="KIND", type=Word(say, KINDS))]


def _unit(say: Speech) -> click.Option:
    return option("--unit", "unit", say=say, key="import.unit", default="", metavar="CODE")


def _operator(say: Speech, unit: str) -> tuple[Viewer, int]:
    ready_django(say)
    from chithi.access.viewers import system_viewer
    from chithi.imports.queries import topmost
    from chithi.org.queries import unit_by_code

    operator = system_viewer(today(), because="the operator imports and exports sheets from the command line")
    return operator, unit_by_code(operator, unit) if unit else topmost(operator)


def bring_sheet(say: Speech, kind: str, file: str, unit: str, dry_run: bool) -> int:
    """Check a sheet and, unless it is only tried, apply it; exit code 2 where there is something to mend."""
    path = Path(file)
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        raise Problem(say("error.no_file", file=file)) from problem
    except IsADirectoryError as problem:
        raise Problem(say("error.folder", file=file)) from problem
    except OSError as problem:
        raise Problem(say("error.unreadable", file=file, why=problem.strerror or str(problem))) from problem
    by, unit_id = _operator(say, unit)
    from chithi.imports import actions
    from chithi.imports.kinds import ImportKind, ImportState
    from chithi.imports.work import see_through
    from chithi.jobs.holders import me

    holder = me()
    batch = actions.bring(by=by, kind=ImportKind(kind), unit_id=unit_id, filename=path.name, data=data)
    with step(say("import.checking"), sys.stderr):
        batch = see_through(batch.pk, holder)
    if batch.state == ImportState.REFUSED:
        return _tell_problems(say, batch)
    _tell(say, batch, "import.would")
    if dry_run:
        actions.cancel(by=by, import_id=batch.pk, seen_version=batch.version)
        return 0
    actions.apply(by=by, import_id=batch.pk, seen_version=batch.version)
    with step(say("import.applying"), sys.stderr):
        batch = see_through(batch.pk, holder)
    if batch.state == ImportState.REFUSED:
        return _tell_problems(say, batch)
    _tell(say, batch, "import.did")
    return 0


def _tell(say: Speech, batch: Import, key: str) -> None:
    counts = batch.counts
    click.echo(say(key, new=counts["new"], changed=counts["changed"], unchanged=counts["unchanged"]))
    for row, other, name in batch.alike[:SHOWN] if key == "import.would" else ():
        beside = say("import.row", row=str(other)) if other else say("import.on_record")
        click.echo("  " + say("import.alike", row=str(row), name=name, other=beside))


def _tell_problems(say: Speech, batch: Import) -> int:
    """Each problem on a line, by row and column."""
    from chithi.imports.kinds import ImportKind
    from chithi.imports.queries import found_in
    from chithi.imports.rows import head_of

    kind = ImportKind(batch.kind)
    for problem in found_in(batch).problems[:SHOWN]:
        head = head_of(kind, problem.column, say.language)
        place = say("import.row", row=str(problem.row)) if problem.row else batch.filename
        words = problem.said(kind, say.language)
        click.echo(f"{place}{f', {head}' if head else ''}: {words}", err=True)
    if batch.problem_count > SHOWN:
        click.echo(say("import.more", count=batch.problem_count - SHOWN), err=True)
    click.echo(say("import.refused", count=batch.problem_count), err=True)
    return WRONG


def write_sheet(say: Speech, kind: str, file: str, unit: str, day: date | None) -> None:
    """Write units, people or posts into a file; its ending says which kind of file."""
    path = Path(file)
    if path.suffix.lower() not in ENDINGS:
        raise Problem(say("error.choice", value=file, choices=", ".join(f"*{ending}" for ending in ENDINGS)))
    by, unit_id = _operator(say, unit)
    from chithi.imports.exports import export as rows_of
    from chithi.imports.kinds import ImportKind
    from chithi.sheets.writing import separated, write_workbook

    table = rows_of(by, ImportKind(kind), unit_id, day or today(), say.language)
    try:
        with path.open("wb") as target:
            if path.suffix.lower() == ".csv":
                target.writelines(separated(table, say.language))
            else:
                write_workbook(target, [table])
    except OSError as problem:
        raise Problem(say("error.unwritable", file=file, why=problem.strerror or str(problem))) from problem
    click.echo(say("export.written", file=file))
