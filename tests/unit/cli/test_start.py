"""A command loads what it needs and no more, so that it answers at once. No time is measured here."""

import subprocess
import sys

import pytest

from cordula.cli.commands import OWN

PROGRAM = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from cordula.cli.main import main
main(sys.argv[1:])
"""


def loaded(*words: str) -> set[str]:
    """The modules that a process of its own has loaded when the command is done."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, check=True, text=True
    )
    return set(done.stderr.splitlines()[-1].split())


def rooms(modules: set[str]) -> set[str]:
    """Which of Cordula's rooms are among them."""
    return {name.split(".")[1] for name in modules if name.startswith("cordula.")}


def test_the_help_of_all_commands_loads_none_of_them() -> None:
    modules = loaded("--help")

    assert rooms(modules) == {"cli"}
    assert not modules & {"numpy", "numba", "scipy", "django", "cryptography"}


@pytest.mark.parametrize("name", OWN)
def test_the_help_of_a_command_needs_no_numbers(name: str) -> None:
    assert not loaded(name, "--help") & {"numpy", "numba", "scipy", "matplotlib", "dask", "django"}


@pytest.mark.parametrize("name", OWN)
def test_the_help_of_all_says_of_each_what_its_own_help_begins_with(name: str) -> None:
    place = OWN[name]

    assert place.says == place.command().get_short_help_str(1000)


def test_a_simulation_loads_what_it_works_with_and_no_more() -> None:
    modules = loaded("simulate", "practice-mnc-stage-2", "--trials", "2", "--workers", "1")

    assert {"numpy", "scipy.special"} <= modules
    assert not modules & {
        "scipy.interpolate",
        "scipy.optimize",
        "scipy.stats",
        "scipy.sparse",
        "matplotlib",
        "dask",
        "distributed",
        "pandas",
        "typst",
        "django",
        "cordula.trial.report",
        "cordula.trial.simulation.survival",
        "cordula.trial.simulation.longitudinal",
    }
    assert not rooms(modules) & {"journey", "units", "infants", "evidence", "decision_aid", "heart"}


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("protocol", "list"), {"numpy", "numba", "scipy"}),
        (("evidence", "list"), {"numba", "matplotlib", "scipy.optimize"}),
        (("heart", "list"), {"numba", "matplotlib", "scipy.optimize"}),
        (("scan", "=A99992100000100"), {"numpy", "numba", "scipy", "cryptography"}),
    ],
)
def test_a_quick_command_stays_without_the_slow_rooms(
    words: tuple[str, ...], spared: set[str]
) -> None:
    assert not loaded(*words) & spared
