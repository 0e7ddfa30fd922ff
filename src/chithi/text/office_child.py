"""Owns the child process that lets LibreOffice turn one file into another, in a folder that is emptied after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from chithi.core.apart import limit

SECONDS = 50  # less than the parent waits, so that LibreOffice never outlives this process
FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>
</oor:items>
"""


def main() -> int:
    """Read a file from standard input, write the one made of it to standard output; nothing where that failed.

    Arguments after the limits: the program, the ending of what is given, the ending of what is wanted.
    """
    program, ending, wanted = limit(sys.argv[1:])
    data = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source, made = folder / f"given.{ending}", folder / "made" / f"given.{wanted}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            FILTERS[wanted],
            "--outdir",
            str(made.parent),
            str(source),
        ]
        if not _ended_well(command, folder) or not made.is_file():
            return 1
        sys.stdout.buffer.write(made.read_bytes())
    return 0


def _ended_well(command: list[str], folder: Path) -> bool:
    surroundings = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    running = subprocess.Popen(  # noqa: S603 -- the path is found by the parent, no shell, no user words
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        cwd=folder,
        start_new_session=True,
    )
    try:
        return running.wait(SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


if __name__ == "__main__":
    sys.exit(main())
