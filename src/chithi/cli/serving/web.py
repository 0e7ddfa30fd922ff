"""The web process: gunicorn with request threads on the socket that the supervisor holds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 -- gunicorn makes its heartbeat file there, unnamed


def serve_web(socket: int, threads: int) -> None:
    """Until asked to end; requests under way have five seconds to finish."""
    from gunicorn.app.base import BaseApplication

    chosen: dict[str, object] = {
        "bind": f"fd://{os.dup(socket)}",  # gunicorn closes what it is given
        "workers": 1,
        "worker_class": "gthread",
        "threads": threads,
        "timeout": 120,
        "graceful_timeout": 5,
        "keepalive": 5,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    if SHARED_MEMORY.is_dir():
        chosen["worker_tmp_dir"] = str(SHARED_MEMORY)

    class Web(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
        """Gunicorn without a command line or configuration files of its own."""

        def load_config(self) -> None:
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from chithi.web.wsgi import application

            return application

    Web().run()
