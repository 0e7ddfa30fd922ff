"""From the options of `chithi serve` to a running supervisor, and back to an exit code."""

from __future__ import annotations

import gc
import http.client
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType

import click

from chithi.cli.door import INTERRUPTED, USER_ERROR, user_words
from chithi.cli.ground import ready_django
from chithi.cli.serving import first_start
from chithi.cli.serving.listening import address_of, listen, port_of
from chithi.cli.serving.supervisor import Child, Supervisor
from chithi.cli.serving.web import serve_web
from chithi.cli.serving.worker import run_worker
from chithi.cli.speech import Speech

DEMO_SIZE, DEMO_SEED = "district", 2016


@dataclass(frozen=True)
class Asked:
    """The options of the command; None where the settings decide."""

    host: str
    port: int | None
    threads: int | None
    demo: bool


def serve(say: Speech, asked: Asked) -> int:
    """Until Ctrl-C or SIGTERM; 0 then, also when that came before anything was served."""
    signal.signal(signal.SIGTERM, _interrupt)
    port = asked.port or port_of(os.environ)
    address = address_of(asked.host, port)
    os.environ.setdefault("CHITHI_PUBLIC_URL", address)
    gc.disable()  # nothing loaded now is ever garbage: looking for some would take a quarter of the start
    try:
        ready_django(say)
        with listen(say, asked.host, port) as listening:
            if failed := _prepare_and_load(partial(_prepare, say, asked.demo)):
                return failed
            _supervise(say, listening, address, asked)
    except KeyboardInterrupt:
        click.echo()
    click.echo(say("serve.stopped"))
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prepare_and_load(prepare: Callable[[], None]) -> int:
    """Prepare the database in a process of its own while this one loads every page; the exit code of the former.

    What is broken in a page shows here, before anybody is served, and children forked later start at once.
    """
    process = multiprocessing.get_context("fork").Process(target=prepare)
    process.start()
    try:
        from django.urls import get_resolver
        from gunicorn.workers import gthread  # noqa: F401 -- loaded for the web process to come

        _ = get_resolver().url_patterns
        gc.freeze()
        gc.enable()
        process.join()
    except BaseException:
        process.terminate()
        process.join()
        raise
    return process.exitcode or 0


def _prepare(say: Speech, demo: bool) -> None:
    """In the process of its own: the user's errors are told here; what was interrupted is undone."""
    gc.enable()
    try:
        first_start.prepare(say)
        if demo:
            first_start.build_demo_once(say, DEMO_SIZE, DEMO_SEED)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except Exception as problem:
        words = user_words(problem, say)
        if words is None or "--debug" in sys.argv:
            raise
        click.echo(say("error.line", words=words), err=True)
        raise SystemExit(USER_ERROR) from None


def _supervise(say: Speech, listening: socket.socket, address: str, asked: Asked) -> None:
    from django.conf import settings

    children = (
        Child(say("serve.web"), partial(serve_web, listening.fileno(), asked.threads or settings.THREADS)),
        Child(say("serve.worker"), run_worker),
    )

    def died(name: str, code: int, wait: float) -> None:
        click.echo(say("serve.died", name=name, code=str(code), wait=f"{wait:g}"), err=True)

    supervisor = Supervisor(children, died)
    supervisor.listen_for_signals()
    supervisor.run(_Greeting(say, address, str(settings.PUBLIC_URL), asked.demo).look)


class _Greeting:
    """Tells the address, and those of the demo its log-ins, once, when the web process answers."""

    def __init__(self, say: Speech, address: str, public: str, demo: bool) -> None:
        self.say, self.address, self.public, self.demo, self.done = say, address, public, demo, False

    def look(self) -> None:
        if self.done or not answers(self.address):
            return
        self.done = True
        click.echo(self.say("serve.ready", address=self.address))
        if self.public != self.address:
            click.echo(self.say("serve.public", address=self.public))
        if self.demo:
            first_start.show_logins(self.say)
        click.echo(self.say("serve.how_to_stop"))


def answers(address: str) -> bool:
    """Whether a web server answers there within a second, whatever it says."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    connection = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=1)
    try:
        connection.request("GET", "/healthz")
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
