"""What a start does before anybody is served: tables, catalogue, and for a demo its data and log-ins.

Every step looks first and does nothing where nothing is to be done, so that a later start is quick.
"""

from __future__ import annotations

import time
from pathlib import Path

import click

from chithi.cli.ground import step
from chithi.cli.serving.samples import take_in_samples
from chithi.cli.speech import Speech
from chithi.core.errors import Refused


def prepare(say: Speech) -> None:
    """Tables as this version needs them, the shipped catalogue, and what an older version did not keep yet."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from chithi.indicators.catalogue_sync import sync_catalogue
    from chithi.org.spelling import never_spelt, respell_all

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step(say("serve.migrate")):
            call_command("migrate", interactive=False, verbosity=0)
    with step(say("serve.catalogue")):
        sync_catalogue()
    if never_spelt():
        with step(say("respell.step")):
            respell_all()


def build_demo_data(say: Speech, size: str, seed: int, *, reorganised: bool = False) -> None:
    """The demo with its sample reports, whole or not at all; `demo.not_empty` where there are units already."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import translation

    from chithi.demo import build_demo

    began = time.monotonic()

    def report(line: str) -> None:
        click.echo(f"  {time.monotonic() - began:3.0f} s  {line}")

    with transaction.atomic(), translation.override(say.language):
        build_demo(size, seed, report, reorganised=reorganised)
        report(say("serve.samples"))
        take_in_samples(Path(settings.PROJECT) / "samples")
    report(say("serve.demo_built"))


def build_demo_once(say: Speech, size: str, seed: int) -> None:
    """The demo where there is nothing yet."""
    try:
        build_demo_data(say, size, seed)
    except Refused as problem:
        if problem.code != "demo.not_empty":
            raise


def show_logins(say: Speech) -> None:
    """Fresh one-time codes of the demo's accounts; nothing where this is no demo. Leaves no connection open."""
    from django.db import connections

    from chithi.demo import one_time_logins

    try:
        logins = one_time_logins()
    finally:
        connections.close_all()
    if not logins:
        return
    click.echo(say("serve.logins"))
    width = max(len(username) for username, *_ in logins)
    for username, role, unit, code in logins:
        click.echo(f"  {username:<{width}}  {code}  {say(f'role.{role}')} · {unit}")
