"""Serving: what the supervisor and the worker do when things go wrong, and one real start, restart and stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from chithi.cli.frame import Problem
from chithi.cli.serving import start
from chithi.cli.serving.backoff import BREATH, BUSY_PAUSE, IDLE_PAUSE, failures_in_row, pause_after, wait_after
from chithi.cli.serving.listening import address_of, listen, port_of
from chithi.cli.serving.worker import work
from chithi.cli.speech import Speech
from tests.migrated import copy_to

CHITHI = Path(sys.executable).with_name("chithi")
PATIENCE = 180.0


def test_each_failure_doubles_the_wait_up_to_half_a_minute() -> None:
    assert [wait_after(n) for n in (0, 1, 2, 3, 6, 7, 100)] == [0.0, 0.5, 1.0, 2.0, 16.0, 30.0, 30.0]


def test_a_process_that_lived_well_is_not_held_to_have_failed_again() -> None:
    assert failures_in_row(5, lived=3.0) == 6
    assert failures_in_row(5, lived=61.0) == 1


def test_the_worker_looks_less_often_after_a_quiet_minute() -> None:
    assert pause_after(59.9) == BUSY_PAUSE == 0.05
    assert pause_after(60.0) == IDLE_PAUSE == 0.25


def test_the_worker_survives_an_error_and_loses_no_work(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    forgotten: list[int] = []
    answers: list[int | Exception] = [ConnectionError("database is away"), 3, 0]

    def drain() -> int:
        if not answers:
            stop.set()
            return 0
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    work(stop, drain, lambda: forgotten.append(1))
    assert not answers
    assert forgotten == [1]
    assert "database is away" in caplog.text


def test_the_worker_rests_a_little_after_a_run_so_that_saves_share_the_next_one() -> None:
    answers, rests = [3, 5, 0, 2], list[float]()

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            rests.append(timeout or 0.0)
            if not answers:
                self.set()
            return self.is_set()

    work(Stop(), lambda: answers.pop(0), lambda: None)
    assert rests == [BREATH, BREATH, BUSY_PAUSE, BREATH]


@pytest.mark.parametrize(
    ("url", "port"),
    [("", 8000), ("http://127.0.0.1:8123", 8123), ("https://chithi.example", 8000), ("http://x:port", 8000)],
)
def test_the_port_is_the_one_the_public_address_names(url: str, port: int) -> None:
    assert port_of({"CHITHI_PUBLIC_URL": url}) == port


def test_an_address_for_every_interface_is_shown_as_one_a_browser_can_open() -> None:
    assert address_of("::", 8000) == "http://[::1]:8000"
    assert address_of("::1", 8000) == "http://[::1]:8000"


def test_an_address_of_another_machine_is_the_users_error() -> None:
    with pytest.raises(Problem, match=r"cannot listen on 192\.0\.2\.1:8000"):
        listen(Speech("en"), "192.0.2.1", 8000)


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_start_of_the_demo_gives_out_codes(demo: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    monkeypatch.setattr(start, "answers", lambda address: True)
    monkeypatch.setattr(start.first_start, "show_logins", lambda say: shown.append(1))
    start._Greeting(Speech("en"), "http://127.0.0.1:1", "http://127.0.0.1:1", demo).look()
    assert len(shown) == demo


# One real installation


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served:
    """A running `chithi serve` on an embedded database of its own, its output kept in a file."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.log = home / "log"
        kept = {n: v for n, v in os.environ.items() if not n.startswith("CHITHI_") and n != "DJANGO_SETTINGS_MODULE"}
        self.environ = kept | {"CHITHI_HOME": str(home), "CHITHI_LANGUAGE": "en"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(self.command, env=self.environ, stdout=log, stderr=subprocess.STDOUT)

    @property
    def command(self) -> list[str]:
        return [str(CHITHI), "serve", "--port", str(self.port)]

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def status(self, path: str) -> int:
        """The HTTP status of a page; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def until(self, what: str) -> None:
        """Wait until the output holds these words."""
        deadline = time.monotonic() + PATIENCE
        while what not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def children(self) -> list[int]:
        found = []
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
            except OSError:
                continue
            if re.search(rf"^PPid:\t{self.process.pid}$", text, re.MULTILINE):
                found.append(int(status.parent.name))
        return sorted(found)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    yield from running(tmp_path)


@pytest.fixture
def served_again(tmp_path: Path) -> Iterator[Served]:
    """The same where the tables are there already."""
    copy_to(tmp_path / "chithi.sqlite3")
    yield from running(tmp_path)


def running(home: Path) -> Iterator[Served]:
    found = Served(home)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.kill()
        found.process.wait()


def alive(process: int) -> bool:
    """Whether a process is still there and not merely waiting to be noticed as ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_installation_starts_survives_a_killed_process_and_stops_cleanly(served: Served) -> None:
    served.until("chithi serves http://127.0.0.1")
    assert served.status("/healthz") == 200
    assert served.status("/vao/") == 200

    again = subprocess.run(served.command, env=served.environ, capture_output=True, text=True, timeout=PATIENCE)
    assert again.returncode == 2
    assert again.stderr.splitlines() == [
        f"Error: port {served.port} of 127.0.0.1 is in use by another program; choose another with --port."
    ]

    web, worker = served.children()
    os.kill(web, signal.SIGKILL)
    served.until("The web process ended (code -9)")
    assert served.status("/healthz") == 200, "the socket waits for the new process"
    assert worker in served.children()

    family = served.children()
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(PATIENCE) == 0
    assert "Traceback" not in served.said()
    assert served.said().rstrip().endswith("Stopped; the data is kept.")
    assert not any(alive(child) for child in family)
    assert (served.home / "chithi.sqlite3").stat().st_size > 0


def test_no_child_outlives_a_killed_supervisor(served_again: Served) -> None:
    served = served_again
    served.until("chithi serves http://127.0.0.1")
    family = served.children()
    assert len(family) == 2
    served.process.kill()
    deadline = time.monotonic() + PATIENCE
    while any(alive(child) for child in family):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert served.status("/healthz") == 0


def test_a_database_that_is_not_there_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    nobody = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    environ = dict(os.environ) | {"CHITHI_HOME": str(tmp_path), "CHITHI_DATABASE_URL": nobody, "CHITHI_LANGUAGE": "en"}
    command = [str(CHITHI), "serve", "--port", str(free_port())]
    found = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=PATIENCE)
    assert found.returncode == 2
    assert found.stdout == ""
    [line] = found.stderr.splitlines()
    assert line.startswith("Error: the database cannot be reached:")


def test_a_start_that_is_interrupted_leaves_nothing_half_done(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHITHI_")}
    environ = kept | {"CHITHI_HOME": str(tmp_path), "CHITHI_LANGUAGE": "en"}
    copy_to(tmp_path / "chithi.sqlite3")
    command = [str(CHITHI), "serve", "--demo", "--port", str(free_port())]
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background may be deaf to it
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        signal.signal(signal.SIGINT, heard)
        assert process.stdout is not None
        for line in process.stdout:
            if re.match(r"\s*\d+ s  ", line):  # the demo is being built
                os.killpg(process.pid, signal.SIGINT)
                break
        said = process.stdout.read()
        assert process.wait(PATIENCE) == 0
    assert said.rstrip().endswith("Stopped; the data is kept."), said
    assert "Traceback" not in said
    with sqlite3.connect(tmp_path / "chithi.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM org_unit").fetchone() == (0,)
    database.close()
