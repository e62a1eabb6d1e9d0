"""Which circuits are there? Those shipped with Cordula, by name, and any file of one's own."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from cordula.heart.circuit import Circuit
from cordula.heart.reading.circuit_file import read_circuit
from cordula.heart.refusals import CircuitRefused, Problem, unknown

_FOLDER = files("cordula.heart") / "circuits"


@cache
def names() -> tuple[str, ...]:
    """The circuits shipped with Cordula."""
    found = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def load(name: str) -> Circuit:
    """The circuit of this name; `CircuitRefused` if there is none."""
    if name not in names():
        raise CircuitRefused([Problem(f"{name}.toml", 1, unknown("circuit", name, names()))])
    return read_circuit(_text(name) or "", f"{name}.toml", _text)


def load_file(path: Path) -> Circuit:
    """A circuit from a file of one's own, which may extend one of the library."""
    return read_circuit(path.read_text(encoding="utf-8"), path.name, _text)


def _text(name: str) -> str | None:
    if name not in names():
        return None
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
