"""The process that simulates for the trial office: reads what was asked, tells how far it is, writes what it found.

It is started as ``python -m cordula_web.trial_office.runner FOLDER`` and knows neither Django nor the database."""

import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from cordula.protocols.refusal import ProtocolRefused
from cordula.stats.refusals import CannotBe

NICE = 10
STOP, ASKED, PROGRESS, RESULT, PAPER, FAILED = (
    "stop", "asked.json", "progress.json", "result.json", "paper.pdf", "failed.txt",
)  # fmt: skip


class Watched:
    """Told after each block of trials how many are done; a folder that asks to stop ends the run."""

    def __init__(self, folder: Path, all_trials: int) -> None:
        self.folder, self.all_trials = folder, all_trials
        self.before, self.scenario = 0, ""

    def begin(self, scenario: str, before: int) -> None:
        self.scenario, self.before = scenario, before
        self._write(0)

    def __call__(self, done: int, trials: int) -> None:
        self._write(done)
        if self.asked_to_stop:
            raise KeyboardInterrupt

    @property
    def asked_to_stop(self) -> bool:
        return (self.folder / STOP).exists()

    def _write(self, done: int) -> None:
        told = {
            "scenario": self.scenario,
            "done": self.before + done,
            "trials": self.all_trials,
        }
        write(self.folder / PROGRESS, orjson.dumps(told))


def write(path: Path, data: bytes) -> None:
    """Whole or not at all: a page may read it at any moment."""
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(path)


def run(folder: Path) -> None:
    """Simulate what the folder asks for. A refusal is written there in words."""
    asked = orjson.loads((folder / ASKED).read_bytes())
    try:
        document = simulated_for(asked, folder)
    except KeyboardInterrupt:
        write(folder / FAILED, b"Stopped before the first trials were done.")
        return
    except (CannotBe, ProtocolRefused, OSError) as fault:
        write(folder / FAILED, str(fault).encode())
        return
    from cordula.trial.report import pdf

    write(folder / PAPER, pdf(document, datetime.now(UTC)))
    write(folder / RESULT, orjson.dumps(asdict(document)))


def simulated_for(asked: dict[str, Any], folder: Path) -> Any:
    from cordula.protocols.load import load
    from cordula.trial.design import design_of
    from cordula.trial.report import simulated
    from cordula.trial.scenarios import scenarios_of
    from cordula.trial.simulation import simulate

    own = Path(asked["site_file"]) if asked["site_file"] else None
    protocol = load(Path(asked["folder"]), own)
    design, scenarios = design_of(protocol), scenarios_of(protocol)
    names = list(scenarios) if asked["scenario"] == "all" else ["null", asked["scenario"]]
    names = list(dict.fromkeys(names))
    watched, found = Watched(folder, asked["trials"] * len(names)), []
    for place, name in enumerate(names):
        watched.begin(name, place * asked["trials"])
        try:
            found.append(
                simulate(design, scenarios[name], asked["trials"], asked["seed"], progress=watched)
            )
        except KeyboardInterrupt:
            break
        if watched.asked_to_stop:
            break
    if not found:
        raise KeyboardInterrupt
    return simulated(design, scenarios, found)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(NICE)
    run(Path(sys.argv[1]))
