"""A real Ctrl-C while trials are simulated: what is done is told, one line says so, and the exit code is 130."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.unit.cli.process import PROGRAM

# So many that no machine is done before the signal comes.
ENDLESS = ("simulate", "practice-mnc-stage-2", "--trials", "2000000000", "--workers", "2")


# Tests that were started in the background ignore Ctrl-C, and would hand that on.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


@contextmanager
def running(*words: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command with a terminal for its error stream, on which it shows its progress; and that terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", HEARS + PROGRAM, *ENDLESS, *words],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        assert process.stdout is not None
        process.stdout.close()
        process.kill()
        process.wait()
        os.close(ours)


def read_until(terminal: int, words: str) -> str:
    """What was said up to these words. Ends where nobody speaks any more."""
    said = ""
    while words not in said:
        said += os.read(terminal, 1024).decode()
    return said


def rest(terminal: int) -> str:
    said = b""
    try:
        while more := os.read(terminal, 1024):
            said += more
    except OSError:  # how a terminal tells that its other end is closed
        pass
    return said.decode().replace("\r\n", "\n")


def test_what_is_done_is_told_for_people() -> None:
    with running() as (process, terminal):
        read_until(terminal, "of 2,000,000,000 trials")

        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=60)

        assert process.returncode == 130
        assert "NULL: THE CELLS CHANGE NOTHING" in told
        assert "STOPPED EARLY, 2000000000 were asked for" in " ".join(told.split())
        assert "SOME:" not in told
        last = rest(terminal).rsplit("\r", 1)[-1].split("\n", 1)[1]
        assert last == "cordula: stopped early; what was done by then is told above.\n"


def test_what_is_done_is_told_for_programs() -> None:
    with running("--json") as (process, terminal):
        read_until(terminal, "of 2,000,000,000 trials")

        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=60)

        (null,) = json.loads(told)
        assert process.returncode == 130
        assert 0 < null["trials"] < null["asked"] == 2_000_000_000
        assert null["trials"] % 4096 == 0


@pytest.mark.parametrize("words", [(), ("--truths", "0,1"), ("--compare", "practice-mnc-stage-2")])
def test_before_any_trial_is_done_it_ends_as_quietly(words: tuple[str, ...]) -> None:
    """The signal comes at the first sign of life, most likely while kernels are made ready."""
    with running(*words) as (process, terminal):
        assert process.stdout is not None
        if not words:
            process.stdout.readline()
        else:
            read_until(terminal, "trials")

        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

        assert process.returncode == 130
        said = rest(terminal)
        # Before the first trial begins there is nothing to tell; from then on it says what was done.
        assert "cordula: stopped" in said
        assert "Traceback" not in said
