"""`chithi plan`: a reorganisation from a sheet, tried, applied or undone, as the operator of the installation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chithi.cli.frame import Argument, Command, Day, Group, Problem, Whole, option
from chithi.cli.ground import ready_django, today
from chithi.cli.speech import Speech

if TYPE_CHECKING:
    from chithi.db.viewer import Viewer
    from chithi.org.plan_preview import Preview
    from chithi.org.plan_rows import Problem as RowProblem

BROKEN = 2


def command(say: Speech) -> click.Command:
    return Group("plan", say, [_preview(say), _apply(say), _undo(say)], no_args_is_help=False)


def _preview(say: Speech) -> click.Command:
    def preview(file: str, under: str, on: date, title: str, document: str) -> int:
        return run(say, file, under, on, title, document, apply=False)

    return Command("preview", say, key="plan.preview", callback=preview, params=_params(say))


def _apply(say: Speech) -> click.Command:
    def apply(file: str, under: str, on: date, title: str, document: str) -> int:
        return run(say, file, under, on, title, document, apply=True)

    return Command("apply", say, key="plan.apply", callback=apply, params=_params(say))


def _undo(say: Speech) -> click.Command:
    def undo(number: int, on: date, document: str) -> int:
        return run_undo(say, number, on, document)

    number = Argument(
        "number", help=say("help.plan.number"), metavar="NUMBER", type=Whole(say, 1, 9_000_000_000_000_000_000)
    )
    return Command("undo", say, key="plan.undo", callback=undo, params=[number, _on(say), _document(say)])


def _params(say: Speech) -> list[click.Parameter]:
    return [
        Argument("file", help=say("help.plan.file"), metavar="FILE"),
        option("--under", say=say, key="plan.under", required=True, metavar="CODE"),
        _on(say),
        _document(say),
        option("--title", say=say, key="plan.title", default="", metavar="TEXT"),
    ]


def _on(say: Speech) -> click.Option:
    return option("--on", say=say, key="plan.on", type=Day(say), required=True, metavar="2025-07-01")


def _document(say: Speech) -> click.Option:
    return option("--document", say=say, key="plan.document", default="", metavar="TEXT")


def run(say: Speech, file: str, under: str, on: date, title: str, document: str, *, apply: bool) -> int:
    """Try the plan; with `apply` carry it out where nothing stands in the way. Exit code 2 where something does."""
    data = _read(say, file)
    ready_django(say)
    from django.db import transaction

    from chithi.org.plan_drafts import Head, Unfit, draft_sheet
    from chithi.org.plans import apply as carry_out
    from chithi.org.plans import preview
    from chithi.org.queries import unit_by_code
    from chithi.sheets import read

    by = _operator()
    head = Head(title or Path(file).stem, on, document)
    with transaction.atomic():
        try:
            rows = [list(row) for row in read(data, Path(file).name)[0].rows]
            plan, _problems = draft_sheet(by=by, unit_id=unit_by_code(by, under), head=head, rows=rows)
        except Unfit as unfit:
            return _told(say, unfit.problems)
        seen = preview(by=by, plan_id=plan.pk)
        if seen.problems or not apply:
            transaction.set_rollback(True)
        else:
            carry_out(by=by, plan_id=plan.pk)
    if seen.problems:
        return _told(say, seen.problems)
    _tell(say, seen)
    click.echo(say("plan.applied", number=str(plan.pk), day=on.isoformat()) if apply else say("plan.tried"))
    return 0


def run_undo(say: Speech, number: int, on: date, document: str) -> int:
    """Undo an applied plan from a day on; every reason against it is told, exit code 2."""
    ready_django(say)
    from chithi.org.undoing import undo, why_not_undo

    by = _operator()
    if reasons := why_not_undo(by=by, plan_id=number, on=on):
        return _told(say, reasons)
    undo(by=by, plan_id=number, on=on, document=document)
    click.echo(say("plan.undone", number=str(number), day=on.isoformat()))
    return 0


def _operator() -> Viewer:
    from chithi.access.viewers import system_viewer

    return system_viewer(today(), because="the operator reorganises from the command line")


def _read(say: Speech, file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as problem:
        raise Problem(say("error.no_file", file=file)) from problem
    except IsADirectoryError as problem:
        raise Problem(say("error.folder", file=file)) from problem
    except OSError as problem:
        raise Problem(say("error.unreadable", file=file, why=problem.strerror or str(problem))) from problem


def _told(say: Speech, problems: Sequence[RowProblem]) -> int:
    for problem in problems:
        click.echo(say("error.line", words=problem.said(say.language)), err=True)
    return BROKEN


def _tell(say: Speech, seen: Preview) -> None:
    for key, codes in (("opened", seen.opened), ("closed", seen.closed), ("moved", seen.moved)):
        click.echo(say(f"plan.{key}", count=len(codes), codes=", ".join(codes)))
    click.echo(say("plan.changed", count=len(seen.changed), codes=", ".join(seen.changed)))
    click.echo(say("plan.people", count=seen.people))
    click.echo(say("plan.records", roles=seen.roles, figures=seen.figures, recounted=seen.recounted))
