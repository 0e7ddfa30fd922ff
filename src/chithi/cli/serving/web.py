"""The web process: gunicorn with request threads on the socket that the supervisor holds.

Run as `python -m chithi.cli.serving.web SOCKET LIFELINE THREADS` by the supervisor.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from chithi.cli.serving.lifeline import follow

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 -- gunicorn makes its heartbeat file there, unnamed


class Web(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn without its own command line, configuration files or control socket."""

    def __init__(self, socket: int, threads: int) -> None:
        self.chosen = {
            "bind": f"fd://{socket}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "timeout": 120,
            "graceful_timeout": 5,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "chithi-web",
            "control_socket_disable": True,
            **({"worker_tmp_dir": str(SHARED_MEMORY)} if SHARED_MEMORY.is_dir() else {}),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from chithi.web.wsgi import application

        return application


def main(arguments: list[str]) -> None:
    socket, lifeline, threads = map(int, arguments)
    follow(lifeline)
    Web(socket, threads).run()


if __name__ == "__main__":
    main(sys.argv[1:])
