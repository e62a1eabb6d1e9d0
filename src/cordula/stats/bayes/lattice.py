"""How often does a two-arm yes-or-no trial stop, when and why? Every table of results carried forward, exactly.

What reaches a decision at a look is taken out; the rest is convolved with the next infants. Kernel and twin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from cordula.stats.bayes.monitoring import (
    FUTILE,
    SUPERIOR,
    BinaryMonitoring,
    Table,
    decision_tables,
)
from cordula.stats.bayes.posteriors import Array
from cordula.stats.compiled import compiled, kernel_or_twin
from cordula.stats.refusals import CannotBe, NotConverged


@dataclass(frozen=True)
class TwoArmCharacteristics:
    """For each pair of true rates (shape S): P(superior) and P(futile) at each look, shape S + (K,), the expected
    numbers of both arms together, and the Monte Carlo standard error of P(superior) in all (0: exact)."""

    superior: Array
    futile: Array
    expected_number: Array
    monte_carlo_error: Array

    @property
    def success(self) -> Array:
        return np.asarray(self.superior.sum(axis=-1))


@compiled
def _moved_kernel(held: Array, more_1: Array, more_2: Array) -> Array:
    """The chances of the counts after further infants, whose own counts have chances more_1 and more_2."""
    rows, columns = held.shape
    wide = np.zeros((rows, columns + len(more_2) - 1))
    for i in range(rows):
        for j in range(columns):
            if held[i, j] != 0.0:
                for b in range(len(more_2)):
                    wide[i, j + b] += held[i, j] * more_2[b]
    full = np.zeros((rows + len(more_1) - 1, wide.shape[1]))
    for i in range(rows):
        for a in range(len(more_1)):
            for j in range(wide.shape[1]):
                full[i + a, j] += wide[i, j] * more_1[a]
    return full


def _moved_twin(held: Array, more_1: Array, more_2: Array) -> Array:
    full = np.zeros((held.shape[0] + len(more_1) - 1, held.shape[1] + len(more_2) - 1))
    for a, p in enumerate(more_1):
        for b, q in enumerate(more_2):
            full[a : a + held.shape[0], b : b + held.shape[1]] += held * (p * q)
    return full


_moved = kernel_or_twin(_moved_kernel, _moved_twin)


def exact_characteristics(
    design: BinaryMonitoring, rates_1: ArrayLike, rates_2: ArrayLike
) -> TwoArmCharacteristics | NotConverged:
    """Exact operating characteristics at pairs of true rates, broadcast to shape S. Raises CannotBe."""
    tables = decision_tables(design)
    if isinstance(tables, NotConverged):
        return tables
    one, two = _pairs(np.asarray(rates_1, float), np.asarray(rates_2, float))
    check_rates(one, two)
    walked = [
        _walked(design, tables, float(p), float(q)) for p, q in zip(one.flat, two.flat, strict=True)
    ]
    stopped = np.array(walked).reshape(*one.shape, 2, len(tables))
    return told(design, stopped[..., 0, :], stopped[..., 1, :], np.zeros(one.shape))


def _pairs(one: Array, two: Array) -> tuple[Array, Array]:
    try:
        pairs = np.broadcast_arrays(one, two)
    except ValueError as error:
        raise CannotBe(
            f"rates of shape {one.shape} and {two.shape}; one of arm 2 for each of arm 1 is needed"
        ) from error
    if not pairs[0].size:
        raise CannotBe("no true rate; one at least for each arm is needed")
    return pairs[0], pairs[1]


def check_rates(*rates: Array) -> None:
    for each in rates:
        if not np.all((each >= 0) & (each <= 1)):
            raise CannotBe(f"true rates {each}: between 0 and 1")


def told(
    design: BinaryMonitoring, superior: Array, futile: Array, error: Array
) -> TwoArmCharacteristics:
    """The characteristics that follow from what stops at each look."""
    totals = np.array([one + two for one, two in design.looks], float)
    early = (superior + futile)[..., :-1]
    expected = totals[-1] - (early * (totals[-1] - totals[:-1])).sum(axis=-1)
    return TwoArmCharacteristics(superior, futile, np.asarray(expected), error)


def _walked(design: BinaryMonitoring, tables: tuple[Table, ...], p: float, q: float) -> Array:
    held, before = np.ones((1, 1)), (0, 0)
    stopped = np.zeros((2, len(tables)))
    for look, (numbers, table) in enumerate(zip(design.looks, tables, strict=True)):
        more = [
            binomial_chances(n - m, rate)
            for n, m, rate in zip(numbers, before, (p, q), strict=True)
        ]
        held, before = _moved(held, *more), numbers
        stopped[0, look] = held[table == SUPERIOR].sum()
        stopped[1, look] = held[table == FUTILE].sum()
        held = np.where(table == 0, held, 0.0)
    return stopped


def binomial_chances(number: int, rate: float) -> Array:
    """P(x events of `number`), x = 0 … number."""
    x = np.arange(number + 1.0)
    ways = -special.betaln(x + 1, number - x + 1) - np.log(number + 1)
    return np.asarray(np.exp(ways + special.xlogy(x, rate) + special.xlog1py(number - x, -rate)))
