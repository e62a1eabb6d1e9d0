"""With which versions was this worked out? A result names them, so that it can be repeated."""

from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from cordula.stats.compiled import AVAILABLE

PACKAGES = ("cordula", "numpy", "scipy", "numba")


def versions() -> dict[str, str]:
    """The versions of the program and of what it counts with; “kernels” says whether they were compiled."""
    found = {"python": python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found | {"kernels": "compiled" if AVAILABLE else "plain NumPy"}
