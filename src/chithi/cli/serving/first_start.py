"""What a start does before anybody is served: tables, catalogue, and for a demo its data and log-ins.

Every step looks first and does nothing where nothing is to be done, so that a later start is quick.
"""

from __future__ import annotations

import click

from chithi.cli.ground import step
from chithi.cli.speech import Speech


def prepare(say: Speech) -> None:
    """Tables as this version needs them, and the shipped catalogue."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from chithi.indicators.catalogue_sync import sync_catalogue

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step(say("serve.migrate")):
            call_command("migrate", interactive=False, verbosity=0)
    with step(say("serve.catalogue")):
        sync_catalogue()


def build_demo_data(say: Speech, size: str, seed: int) -> None:
    """The demo and the sample reports, whole or not at all; `demo.not_empty` where there are units already."""
    from django.db import transaction

    from chithi.demo import build_demo

    with step(say("serve.demo")), transaction.atomic():
        build_demo(size, seed, lambda line: click.echo(f"  {line}"))


def show_logins(say: Speech) -> None:
    """Fresh one-time codes of the demo's accounts; nothing where this is no demo."""
    from chithi.demo import one_time_logins

    logins = one_time_logins()
    if not logins:
        return
    click.echo(say("serve.logins"))
    width = max(len(username) for username, *_ in logins)
    for username, role, unit, code in logins:
        click.echo(f"  {username:<{width}}  {code}  {role} · {unit}")
