"""How is a share or a mean of many trials written, so that nobody reads more into it than is there?"""

from cordula.trial.simulation.characteristics import Mean, Rate

# An error smaller than this share is written with a digit more.
FINE = 0.001


def rate(one: Rate | None) -> str:
    """``31.2 % ± 0.3``: the share, and its Monte Carlo standard error in the same unit."""
    if one is None:
        return "–"
    if one.error == 0:
        return f"{100 * one.value:.2f} %, exactly"
    digits = 1 if one.error >= FINE else 2
    return f"{100 * one.value:.{digits}f} % ± {100 * one.error:.{digits}f}"


def mean(one: Mean | None, unit: str = "", digits: int = 1) -> str:
    """``57.1 ± 0.1 children``."""
    if one is None:
        return "–"
    error = "" if not one.error else f" ± {one.error:.{digits}f}"
    return f"{_plain(one.value, digits):.{digits}f}{error} {unit}".rstrip()


def amount(value: float, unit: str) -> str:
    return f"{_plain(value, 2):.2f} {unit}".rstrip()


def signed(one: Mean | None, unit: str) -> str:
    """A bias: its sign always stands before it."""
    if one is None:
        return "–"
    return f"{_plain(one.value, 2):+.2f} ± {one.error or 0:.2f} {unit}".rstrip()


def _plain(value: float, digits: int) -> float:
    """Rounded, and without the sign of a nought."""
    return round(value, digits) + 0.0
