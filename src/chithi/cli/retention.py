"""`chithi retention`: apply the rules on how long personal data is kept, or only say what they reach."""

from __future__ import annotations

import click

from chithi.cli.frame import Command, Word, option
from chithi.cli.ground import ready_django, step, today
from chithi.cli.speech import Speech

KINDS = (  # those of chithi.privacy.kinds; a test compares
    "person_name",
    "birth_year",
    "account",
    "exemption_reason",
    "notes",
    "failed_sign_ins",
    "document_text",
    "evidence_file",
)


def command(say: Speech) -> click.Command:
    def retention(kind: str | None, dry_run: bool) -> None:
        run(say, kind, dry_run)

    return Command(
        "retention",
        say,
        callback=retention,
        params=[
            option(
                "--kind",
                say=say,
                key="retention.kind",
                facts={"choices": ", ".join(KINDS)},
                type=Word(say, KINDS),
                metavar="KIND",
            ),
            option("--dry-run", "dry_run", say=say, key="retention.dry_run", is_flag=True),
        ],
    )


def run(say: Speech, kind: str | None, dry_run: bool) -> None:
    """One line a kind: how many rows the rule reached, or would reach."""
    ready_django(say)
    from chithi.access.viewers import system_viewer
    from chithi.privacy.actions import apply_rules
    from chithi.privacy.kinds import Kept
    from chithi.privacy.queries import preview, rules_now

    operator = system_viewer(today(), because="the operator applies the rules from the command line")
    kinds = [Kept(kind)] if kind else list(Kept)
    if dry_run:
        found = {one: sum(preview(operator, one).values()) for one in kinds}
    else:
        with step(say("retention.step")):
            found = apply_rules(by=operator, kinds=kinds)
    key = "retention.would" if dry_run else "retention.did"
    for one in kinds:
        months = rules_now()[one].months
        if months is None:
            click.echo(say("retention.for_ever", kind=one.value))
        else:
            click.echo(say(key, kind=one.value, count=found.get(one, 0), months=months))
