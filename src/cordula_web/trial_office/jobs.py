"""Simulations that run beside the site: each is a process and a folder, so that any worker of the site can tell of it.

    job = start(site, asked)      # refused while another runs at this site
    find(site, id).state          # RUNNING, DONE, STOPPED or FAILED
    job.ask_to_stop()             # what is done by then is kept

A folder holds what was asked, how far it is, and what was found; nothing of it is about a real child."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from threading import Thread
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from fasteners import InterProcessLock

# The newest so many are kept at each site.
KEPT = 20
ID = re.compile(r"[0-9a-f]{16}")
ASKED, PROGRESS, RESULT, PAPER, FAILED, PID, STOP = (
    "asked.json", "progress.json", "result.json", "paper.pdf", "failed.txt", "pid", "stop",
)  # fmt: skip


class State(StrEnum):
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class NotStarted(Exception):
    """Another simulation runs at this site. The message says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be simulated: `folder` and `site_file` are where the protocol is read from."""

    protocol: str
    title: str
    folder: str
    site_file: str
    scenario: str
    trials: int
    seed: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """In which scenario it is, and how many trials of all scenarios are done."""

    scenario: str = ""
    done: int = 0
    trials: int = 0

    @property
    def percent(self) -> int:
        return 100 * self.done // self.trials if self.trials else 0


@dataclass(frozen=True, slots=True)
class Job:
    """One simulation by its folder."""

    folder: Path

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def asked(self) -> Asked:
        row = orjson.loads((self.folder / ASKED).read_bytes())
        return Asked(**{**row, "at": datetime.fromisoformat(row["at"])})

    @property
    def progress(self) -> Progress:
        row = _read(self.folder / PROGRESS)
        return Progress(**row) if row else Progress()

    @property
    def result(self) -> Any:
        """The report that the process wrote, as values; None where there is none."""
        return _read(self.folder / RESULT)

    @property
    def paper(self) -> Path:
        return self.folder / PAPER

    @property
    def stopping(self) -> bool:
        return (self.folder / STOP).exists()

    @property
    def failure(self) -> str:
        path = self.folder / FAILED
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def state(self) -> State:
        if (self.folder / RESULT).exists():
            return State.STOPPED if self.stopping else State.DONE
        if (self.folder / FAILED).exists():
            return State.STOPPED if self.stopping else State.FAILED
        return State.RUNNING if self._alive() else State.FAILED

    def ask_to_stop(self) -> None:
        if self.state is State.RUNNING:
            (self.folder / STOP).touch()

    def _alive(self) -> bool:
        """Whether its process still runs. Before it has a number it is just being started."""
        try:
            os.kill(int((self.folder / PID).read_text()), 0)
        except FileNotFoundError:
            return True
        except (ProcessLookupError, ValueError):
            return False
        return True


def start(site: str, asked: Asked) -> Job:
    """Begin, or raise NotStarted: at one site one simulation runs at a time."""
    home = _home(site)
    home.mkdir(parents=True, exist_ok=True)
    with InterProcessLock(str(home / "lock")):
        if any(one.state is State.RUNNING for one in all_of(site)):
            raise NotStarted(
                _("A simulation is running at this site. Wait for it, or stop it, and start again.")
            )
        _tidy(site)
        job = Job(home / token_hex(8))
        job.folder.mkdir()
        (job.folder / ASKED).write_bytes(orjson.dumps(asdict(asked)))
        _begin(job)
    return job


def all_of(site: str) -> list[Job]:
    """Every simulation kept at this site, the newest first."""
    home = _home(site)
    found = [Job(path) for path in home.iterdir() if _is_job(path)] if home.exists() else []
    return sorted(found, key=lambda job: job.asked.at, reverse=True)


def find(site: str, name: str) -> Job | None:
    path = _home(site) / name
    return Job(path) if _is_job(path) else None


def _begin(job: Job) -> None:
    """A process of its own: it neither slows the pages nor ends with a worker of the site."""
    command = [sys.executable, "-m", "cordula_web.trial_office.runner", str(job.folder)]
    process = subprocess.Popen(  # noqa: S603  our own module, and a folder we have just made
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    (job.folder / PID).write_text(str(process.pid))
    # Somebody must ask how it ended, or its number stays taken and it looks as if it ran for ever.
    Thread(target=process.wait, daemon=True).start()


def _tidy(site: str) -> None:
    for old in all_of(site)[KEPT - 1 :]:
        shutil.rmtree(old.folder, ignore_errors=True)


def _home(site: str) -> Path:
    return Path(settings.CORDULA_SIMULATIONS) / site


def _is_job(path: Path) -> bool:
    return bool(ID.fullmatch(path.name)) and (path / ASKED).exists()


def _read(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return None
