"""What do these numbers not tell? The directions in which the answer comes from the prior, in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordula.heart.ask.fitting.search import information
from cordula.heart.ask.freedoms import Freedom
from cordula.heart.expression import Values
from cordula.heart.measured.reading import readings
from cordula.heart.outcomes import OUTCOMES
from cordula.vocabulary.words import _

# Where the readings tell less than the prior did, the prior speaks; parts below this share of a direction are left out.
AS_MUCH, NAMED = 1.0, 0.35


@dataclass(frozen=True, slots=True)
class Direction:
    """A change that the readings would hardly notice. `parts`: freedom and share, signed; `left`: the part of the
    prior's spread that remains; `would_tell`: the outcome whose reading would tell most of it, if any."""

    parts: tuple[tuple[str, float], ...]
    left: float
    would_tell: str
    says: str


def hidden(
    free: tuple[Freedom, ...],
    outcomes: tuple[str, ...],
    slopes: Values,
    read: NDArray[np.int64],
    sds: Values,
) -> tuple[Direction, ...]:
    """The directions hidden from the outcomes numbered `read`, the most hidden first.

    `slopes`: (outcomes, freedoms), by standard scores."""
    told = information(slopes[read] / sds[:, None])
    values, vectors = np.linalg.eigh(told)
    return tuple(
        _direction(free, outcomes, slopes, set(read.tolist()), vectors[:, i], float(values[i]))
        for i in np.flatnonzero(values < AS_MUCH)
    )


def _direction(
    free: tuple[Freedom, ...],
    outcomes: tuple[str, ...],
    slopes: Values,
    read: set[int],
    vector: Values,
    told: float,
) -> Direction:
    vector = vector * np.sign(vector[np.argmax(np.abs(vector))])
    order = np.argsort(-np.abs(vector))
    parts = tuple((free[i].id, float(vector[i])) for i in order if abs(vector[i]) >= NAMED)
    left = float(1 / np.sqrt(1 + max(told, 0.0)))
    best = _teller(outcomes, slopes @ vector, read)
    return Direction(parts, left, best, _said(free, parts, left, best))


def _teller(outcomes: tuple[str, ...], moved: Values, read: set[int]) -> str:
    """The unread outcome that this direction moves the most readings' standard deviations; "" if none by half of one."""
    best, most = "", 0.5
    for number, name in enumerate(outcomes):
        if number in read or name not in readings() or readings()[name].relative:
            continue
        signal = abs(float(moved[number])) / readings()[name].sd
        if signal > most:
            best, most = name, signal
    return best


def _said(
    free: tuple[Freedom, ...], parts: tuple[tuple[str, float], ...], left: float, best: str
) -> str:
    titles = {one.id: _(one.title) for one in free}
    first, *rest = [
        (_("more {what}") if share > 0 else _("less {what}")).format(what=titles[name])
        for name, share in parts
    ]
    and_ = _(" and ").join(rest)
    together = _("{first} together with {rest}").format(first=first, rest=and_) if rest else first
    told = (
        _("a reading of the {outcome} would tell most of it").format(outcome=_(OUTCOMES[best][1]))
        if best
        else _("no single further reading known here would tell it")
    )
    return _("{together}: {left} % is still not known, and {told}.").format(
        together=f"{together[0].upper()}{together[1:]}", left=f"{100 * left:.0f}", told=told
    )
