"""`chithi report`: the report of a unit and period, as Word or PDF, as the operator of the installation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from chithi.cli.frame import Argument, Command, Day, Problem, option
from chithi.cli.ground import ready_django, today
from chithi.cli.speech import Speech


def command(say: Speech) -> click.Command:
    def report(unit: str, period: str, output: str | None, dated: date | None, template: str | None) -> None:
        run(say, unit, period, output, dated, template)

    return Command(
        "report",
        say,
        callback=report,
        params=[
            Argument("unit", help=say("help.report.unit"), metavar="UNIT"),
            Argument("period", help=say("help.report.period"), metavar="PERIOD"),
            option("-o", "--output", "output", say=say, key="report.output", metavar="FILE"),
            option("--date", "dated", say=say, key="report.date", type=Day(say), metavar="2026-11-21"),
            option("--template", "template", say=say, key="report.template", metavar="NAME"),
        ],
    )


def run(
    say: Speech, unit: str, period_text: str, output: str | None, dated: date | None, template: str | None = None
) -> None:
    """Make the report and write it whole or not at all; as PDF, or its annex as a workbook, where the name ends so."""
    ready_django(say)
    from chithi.access.viewers import system_viewer
    from chithi.core.errors import Refused
    from chithi.core.periods import parse
    from chithi.org.queries import unit_by_code
    from chithi.registry.queries import issued_of
    from chithi.reporting.actions import make_report
    from chithi.reporting.excel_files import annex_of
    from chithi.reporting.own_templates.queries import template_named
    from chithi.reporting.pdf import can_make, pdf_of

    period = parse(period_text)
    operator = system_viewer(today(), because="the operator makes a report from the command line")
    unit_id = unit_by_code(operator, unit)
    path = Path(output) if output else Path(f"{unit}-{period.code}.docx".replace("..", "_"))
    as_pdf = path.suffix.lower() == ".pdf"
    if as_pdf and not can_make():
        raise Refused("reporting.pdf_no_office")
    template_id = None if template is None else template_named(operator, unit_id, template)
    made = make_report(by=operator, unit_id=unit_id, period=period, dated=dated, template_id=template_id)
    if path.suffix.lower() == ".xlsx":
        with annex_of(operator, made) as file:
            content = file.read()
    else:
        content = pdf_of(operator, made) if as_pdf else bytes(made.file)
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise Problem(say("error.unwritable", file=str(path), why=problem.strerror or str(problem))) from problem
    click.echo(say("report.written", file=str(path), code=made.code))
    for paper in issued_of(operator, [made.code]):
        click.echo(say("report.issued", sign=paper.sign))
