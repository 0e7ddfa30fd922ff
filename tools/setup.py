"""Makes everything a checkout needs to run: `.venv`, locked packages, front-end files, compiled messages.

Run as `python3 tools/setup.py [run|dev|docs]` with the machine's own Python; needs only the standard library. Each
step is skipped while its stamp holds the digest of the files it depends on, so a second call does nothing. `run`
installs what the product runs on, `dev` what tests and checks need besides, `docs` what builds the site. Exit code 1
with the end of the failed command's output when a step fails.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
LOG_LINES = 25
RETURN = "\r" if sys.stdout.isatty() else ""  # on a terminal the line of a step is written over

ENGLISH = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(name))), "").startswith("en")
ENGLISH = os.environ.get("CHITHI_LANGUAGE", "en" if ENGLISH else "vi") == "en"
WORDS = {
    "venv": ("Tạo môi trường Python", "Making the Python environment"),
    "installer": ("Cài bộ cài đặt gói", "Installing the package installer"),
    "base": ("Cài các gói đã khóa phiên bản", "Installing the locked packages"),
    "dev": ("Cài các gói để kiểm thử", "Installing the packages for tests"),
    "docs": ("Cài các gói để dựng tài liệu", "Installing the packages for the docs"),
    "product": ("Cài chithi", "Installing chithi"),
    "node": ("Cài npm (máy chưa có Node.js)", "Installing npm (no Node.js on this machine)"),
    "npm": ("Tải thư viện giao diện", "Fetching the front-end packages"),
    "frontend": ("Chép tệp giao diện", "Copying the front-end files"),
    "messages": ("Biên dịch bản dịch", "Compiling the translations"),
    "done": ("xong", "done"),
    "failed": ("KHÔNG XONG", "FAILED"),
    "old_python": ("Cần Python {need} trở lên; máy có {have}.", "Python {need} or later is needed; this is {have}."),
    "no_venv": (
        "Thiếu mô-đun venv của Python. Hãy chạy: apt-get install python3-venv",
        "Python's venv module is missing. Run: apt-get install python3-venv",
    ),
    "stopped": ("Đã dừng theo yêu cầu.", "Stopped."),
}


class Failed(Exception):  # noqa: N818 -- it reads as what happened
    """A step could not be done; the text says why."""


@dataclass(frozen=True)
class Step:
    """One command, what it depends on, and a file that must exist for its stamp to count."""

    name: str
    command: list[str]
    inputs: tuple[Path, ...]
    makes: Path
    also: tuple[str, ...] = ()  # steps whose stamps this one settles too


def say(name: str, **facts: str) -> str:
    return WORDS[name][1 if ENGLISH else 0].format(**facts)


def digest(step: Step) -> str:
    """Of the inputs' names and bytes and of the command."""
    found = hashlib.sha256(repr([part.replace(str(ROOT), "") for part in step.command]).encode())
    for path in sorted(step.inputs):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def holds(step: Step) -> bool:
    stamp = STAMPS / step.name
    return step.makes.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == digest(step)


def carry_out(step: Step, known: dict[str, Step]) -> None:
    """Run the step unless its stamp holds; show it when it takes over a second."""
    if holds(step):
        return
    run(step.name, step.command)
    STAMPS.mkdir(parents=True, exist_ok=True)
    for settled in (step, *(known[name] for name in step.also)):
        (STAMPS / settled.name).write_text(digest(settled), encoding="ascii")


def run(name: str, command: list[str]) -> None:
    """Run with its output kept aside; Failed with the end of that output when it does not succeed."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 -- the commands are this file's own
            command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            shown = watch(process, say(name), began)
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        took = time.monotonic() - began
        if shown:
            outcome = say("done" if process.returncode == 0 else "failed")
            print(f"{RETURN}{say(name)}: {outcome} ({took:.0f} s)", flush=True)
        if process.returncode:
            log.seek(0)
            lines = log.read().decode("utf-8", "replace").splitlines()[-LOG_LINES:]
            raise Failed(f"{say(name)}: {say('failed')}\n$ {' '.join(command)}\n" + "\n".join(lines))


def watch(process: subprocess.Popen[bytes], label: str, began: float) -> bool:
    """Wait for the end; True when it took long enough to be shown."""
    shown = False
    while True:
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            if RETURN:
                print(f"{RETURN}{label} … {time.monotonic() - began:.0f} s", end="", flush=True)
            elif not shown:
                print(f"{label} …", flush=True)
            shown = True
        else:
            return shown


def environment() -> dict[str, str]:
    """Programs of the environment come first, so that npm finds the Node beside it."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return kept | {
        "VIRTUAL_ENV": str(VENV),
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "npm_config_update_notifier": "false",
    }


def make_environment() -> None:
    """`.venv`, made anew when it is missing or broken."""
    if PYTHON.exists():
        tried = subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True)  # noqa: S603 -- our own Python
        if tried.returncode == 0:
            return
    if sys.version_info < OLDEST_PYTHON:
        need, have = ".".join(map(str, OLDEST_PYTHON)), sys.version.split()[0]
        raise Failed(say("old_python", need=need, have=have))
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Failed(say("no_venv"))
    run("venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def npm() -> str | None:
    """An npm that a recent enough Node runs, or None."""
    path = environment()["PATH"]
    node, found = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not found:
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- found on PATH
    number = re.match(r"v(\d+)", asked.stdout)
    return found if number and int(number.group(1)) >= OLDEST_NODE else None


def uv(*arguments: str) -> list[str]:
    return [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), *arguments]


def python_steps(what: str) -> Iterator[Step]:
    """The installer, the locked packages, the product itself."""
    installer, base, dev = ROOT / "tools/setup.txt", ROOT / "requirements/base.txt", ROOT / "requirements/dev.txt"
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    yield Step("installer", [*pip, "--require-hashes", "-r", str(installer)], (installer,), VENV / "bin" / "uv")
    if what == "dev":
        yield Step("dev", uv("--require-hashes", "-r", str(dev)), (dev,), VENV / "bin" / "pytest", ("base", "docs"))
    yield Step("base", uv("--require-hashes", "-r", str(base)), (base,), VENV / "bin" / "django-admin")
    docs = ROOT / "requirements/docs.txt"
    if what != "run":
        yield Step("docs", uv("--require-hashes", "-r", str(docs)), (docs,), VENV / "bin" / "properdocs")
    described = (ROOT / "pyproject.toml", ROOT / "requirements/base.in", installer)
    product = uv("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    yield Step("product", product, described, VENV / "bin" / "chithi")


def frontend_steps() -> Iterator[Step]:
    """npm where there is none, the packages, the files taken from them."""
    described = (ROOT / "package.json", ROOT / "package-lock.json")
    packages, vendor = ROOT / "node_modules", ROOT / "build/static/vendor"
    copied = Step("frontend", [str(PYTHON), "tools/frontend.py"], (*described, ROOT / "tools/frontend.py"), vendor)
    fetched = Step("npm", ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], described, packages)
    if holds(copied):  # what was fetched is not needed any more
        return
    if not holds(fetched) and npm() is None:
        node = ROOT / "requirements/node.txt"
        yield Step("node", uv("--require-hashes", "-r", str(node)), (node,), VENV / "bin" / "npm")
    yield fetched
    yield copied


def message_steps() -> Iterator[Step]:
    """Translations, where there are any."""
    texts = tuple((ROOT / "src/chithi/locale").glob("*/LC_MESSAGES/*.po"))
    if texts:
        made = [path.with_suffix(".mo") for path in texts]
        missing = next((path for path in made if not path.exists()), made[0])
        yield Step("messages", [str(PYTHON), "tools/setup_messages.py"], texts, missing)


@contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time in one checkout."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(what: str) -> None:
    with alone():
        make_environment()
        known: dict[str, Step] = {}
        steps = list(python_steps(what))
        known.update((step.name, step) for step in steps)
        for step in steps:
            carry_out(step, known)
        for more in (frontend_steps, message_steps):
            for step in more():
                carry_out(step, known)


def main() -> int:
    what = sys.argv[1] if len(sys.argv) > 1 else "run"
    if what not in {"run", "dev", "docs"}:
        print("usage: setup.py [run|dev|docs]", file=sys.stderr)
        return 2
    try:
        set_up(what)
    except Failed as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("stopped"), file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
