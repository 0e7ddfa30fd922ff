"""`chithi serve`: the web process and the worker under one supervisor."""

from __future__ import annotations

import click

from chithi.cli.frame import Command, Whole, option
from chithi.cli.speech import Speech


def command(say: Speech) -> click.Command:
    def serve(host: str, port: int | None, threads: int | None, demo: bool) -> int:
        from chithi.cli.serving.start import Asked, serve

        return serve(say, Asked(host, port, threads, demo))

    return Command(
        "serve",
        say,
        callback=serve,
        params=[
            option("--host", say=say, key="serve.host", default="127.0.0.1", metavar="ADDRESS"),
            option("--port", say=say, key="serve.port", type=Whole(say, 1, 65535), metavar="PORT"),
            option("--threads", say=say, key="serve.threads", type=Whole(say, 1, 64), metavar="N"),
            option("--demo", say=say, key="serve.demo", is_flag=True),
        ],
    )
