"""A definition made in one process is known to the others at once, and its totals are there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.migrated import copy_to

SCRIPT = Path(__file__).with_name("definitions_process.py")
ROOT = SCRIPT.parents[2]


def test_a_process_that_has_read_the_definitions_notices_a_new_one(tmp_path: Path) -> None:
    left_out = ("CHITHI_DATABASE_URL",)
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    env |= {"CHITHI_HOME": str(tmp_path), "CHITHI_SECRET_KEY": "x" * 40, "PYTHONPATH": str(ROOT)}

    def command(verb: str) -> list[str]:
        return [sys.executable, str(SCRIPT), verb]

    copy_to(tmp_path / "chithi.sqlite3")
    subprocess.run(command("build"), env=env, cwd=ROOT, check=True)
    watching = subprocess.Popen(
        command("watch"), env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert watching.stdin is not None
    assert watching.stdout is not None

    def asked() -> str:
        watching.stdin.write("?\n")  # type: ignore[union-attr]
        watching.stdin.flush()  # type: ignore[union-attr]
        return watching.stdout.readline().strip()  # type: ignore[union-attr]

    try:
        before = asked()
        assert not before.startswith("own.")
        assert before.endswith(" 0")
        subprocess.run(command("define"), env=env, cwd=ROOT, check=True)
        assert asked() == "own.10001 3 1"
    finally:
        watching.stdin.close()
        watching.wait(30)
        watching.stdout.close()
