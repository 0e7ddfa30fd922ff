"""Who holds work: a worker's name, and whether that worker is gone from this machine."""

from __future__ import annotations

import os
import socket
import uuid


def me() -> str:
    """This worker's name: machine, process, and a word of its own."""
    return f"{socket.gethostname()[:40]} {os.getpid()} {uuid.uuid4().hex[:12]}"


def is_gone(holder: str) -> bool:
    """Whether a worker of this machine no longer runs. One of another machine is believed until its time is up."""
    machine, process, _ = holder.split(" ")
    if machine != socket.gethostname()[:40]:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
