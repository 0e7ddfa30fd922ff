"""`chithi unit`: the first units of an empty installation, as its operator. Later changes are made by plans."""

from __future__ import annotations

from datetime import date

import click

from chithi.cli.frame import Argument, Command, Day, Group, Problem, Word, option
from chithi.cli.ground import ready_django, today
from chithi.cli.speech import Speech

KINDS = (  # those of chithi.org.kinds; a test compares
    "centre",
    "province",
    "district",
    "bloc",
    "grassroots",
    "sub_committee",
    "cell",
    "agency",
    "mass_organisation",
    "village",
)


def command(say: Speech) -> click.Command:
    return Group("unit", say, [_open_root(say), _open(say)], key="unit", no_args_is_help=False)


def _open_root(say: Speech) -> click.Command:
    def open_root(code: str, name: str, kind: str, short: str, since: date | None) -> None:
        run(say, code, name, kind, short, since, None)

    return Command("open-root", say, key="unit.open_root", callback=open_root, params=_params(say))


def _open(say: Speech) -> click.Command:
    def opened(code: str, name: str, kind: str, short: str, since: date | None, under: str) -> None:
        run(say, code, name, kind, short, since, under)

    under = option("--under", say=say, key="unit.open.under", required=True, metavar="CODE")
    return Command("open", say, key="unit.open", callback=opened, params=[*_params(say), under])


def _params(say: Speech) -> list[click.Parameter]:
    return [
        Argument("code", help=say("help.unit.code"), metavar="CODE"),
        Argument("name", help=say("help.unit.name"), metavar="NAME"),
        option(
            "--kind",
            say=say,
            key="unit.kind",
            facts={"choices": ", ".join(KINDS)},
            type=Word(say, KINDS),
            required=True,
            metavar="KIND",
        ),
        option("--short", say=say, key="unit.short", default="", metavar="NAME"),
        option("--since", say=say, key="unit.since", type=Day(say), metavar="2026-01-01"),
    ]


def run(say: Speech, code: str, name: str, kind: str, short: str, since: date | None, under: str | None) -> None:
    """Open a unit; tables and catalogue are made first where this is a fresh installation."""
    if not code.strip():
        raise Problem(say("error.missing", name="CODE"))
    ready_django(say)
    from chithi.access.viewers import system_viewer
    from chithi.cli.serving.first_start import prepare
    from chithi.org.actions import NewUnit, open_unit
    from chithi.org.kinds import UnitKind
    from chithi.org.queries import unit_by_code

    prepare(say)
    operator = system_viewer(today(), because="the operator opens the first units from the command line")
    which = UnitKind(kind)
    new = NewUnit(
        code=code.strip(),
        name=name.strip(),
        short_name=short.strip(),
        kind=which,
        is_cell=which is UnitKind.CELL,
        is_grassroots=which is UnitKind.GRASSROOTS,
    )
    parent = None if under is None else unit_by_code(operator, under)
    on = since or date(today().year - 1, 1, 1)
    made = open_unit(by=operator, new=new, parent_id=parent, on=on)
    click.echo(say("unit.opened", code=made.code, day=on.isoformat()))
