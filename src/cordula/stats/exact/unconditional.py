"""Is the difference of two rates more than chance, whatever the common rate may be?

The P value is the greatest over the unknown rate of the probability of a table at least as extreme. A region of
tables has that probability Σ_s g_s·binomial(s; N, p), g_s being its share among the tables with s events: a smooth
function of one number."""

from dataclasses import dataclass

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.exact.fisher_exact import fisher_p
from cordula.stats.exact.one_rate import Alternative, check_counts, clopper_pearson, pmf
from cordula.stats.refusals import CannotBe, at_most, whole

GRID = 1001
SAME = 1e-9  # statistics nearer than this are one value


@dataclass(frozen=True, slots=True)
class Unconditional:
    """The P value and the common rate at which it is reached."""

    p: float
    rate: float


@asked
def barnard(
    events_1: int,
    n_1: int,
    events_2: int,
    n_2: int,
    alternative: Alternative = "two-sided",
    pooled: bool = True,
    gamma: float = 0.0,
) -> Unconditional:
    """Barnard's test with tables ordered by the score statistic (Barnard 1947; Suissa & Shuster 1985).

    pooled: variance from the common rate, else from each arm's. gamma: look only at rates in the exact interval
    of this error, and add it to P (Berger & Boos 1994, JASA 89, 1012)."""
    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
    statistic = _signed(score_table(n_1, n_2, pooled), alternative)
    return _greatest(statistic, events_1, events_2, gamma)


@asked
def boschloo(
    events_1: int,
    n_1: int,
    events_2: int,
    n_2: int,
    alternative: Alternative = "two-sided",
    gamma: float = 0.0,
) -> Unconditional:
    """Boschloo's test: tables ordered by Fisher's P value of the same alternative, so never above it
    (Boschloo 1970, Stat Neerl 24, 1)."""
    check_counts(events_1, n_1)
    check_counts(events_2, n_2)
    statistic = np.array(
        [[-fisher_p(x, n_1, y, n_2, alternative) for y in range(n_2 + 1)] for x in range(n_1 + 1)]
    )
    return _greatest(statistic, events_1, events_2, gamma)


@asked
def exact_size(region: np.ndarray) -> Unconditional:
    """The greatest probability, over the common rate, of this set of tables, shape (n₁ + 1, n₂ + 1) of bool."""
    tables = np.asarray(region, dtype=bool)
    if tables.ndim != 2 or min(tables.shape) < 2:
        raise CannotBe(f"the region has shape {tables.shape}; (n₁ + 1, n₂ + 1) is needed")
    shares = _shares(tables)
    rates = np.linspace(0.0, 1.0, GRID)
    return _refined(shares, rates)


@asked
def score_table(n_1: int, n_2: int, pooled: bool = True) -> np.ndarray:
    """z of the difference for every table, shape (n₁ + 1, n₂ + 1); 0 where nothing varies."""
    whole(1, n_1=n_1, n_2=n_2)
    at_most(4_000_000, number_of_tables=(n_1 + 1) * (n_2 + 1))
    p_1, p_2 = np.arange(n_1 + 1)[:, None] / n_1, np.arange(n_2 + 1)[None, :] / n_2
    common = (n_1 * p_1 + n_2 * p_2) / (n_1 + n_2)
    if pooled:
        variance = common * (1 - common) * (1 / n_1 + 1 / n_2)
    else:
        variance = p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2
    apart = p_1 - p_2
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 1e-300, apart / np.sqrt(variance), np.sign(apart) * np.inf)
    return np.asarray(np.where(np.abs(apart) < 1e-15, 0.0, z))


def _signed(z: np.ndarray, alternative: Alternative) -> np.ndarray:
    if alternative == "two-sided":
        return np.asarray(np.abs(z))
    return z if alternative == "greater" else -z


def _greatest(statistic: np.ndarray, x: int, y: int, gamma: float) -> Unconditional:
    if not 0 <= gamma < 1:
        raise CannotBe(f"γ is {gamma}; it must lie from 0 to below 1")
    seen = statistic[x, y]
    margin = SAME * max(1.0, abs(seen)) if np.isfinite(seen) else 0.0
    n = sum(statistic.shape) - 2
    low, high = 0.0, 1.0
    if gamma:
        within = clopper_pearson(x + y, n, 1 - gamma)
        low, high = within.low, within.high
    found = _refined(_shares(statistic >= seen - margin), np.linspace(low, high, GRID))
    return Unconditional(min(1.0, found.p + gamma), found.rate)


def _shares(region: np.ndarray) -> np.ndarray:
    """For each number s of events in all, the probability of the region given s; shape (N + 1,)."""
    n_1, n_2 = region.shape[0] - 1, region.shape[1] - 1
    # At rate ½ every binomial weight is the number of ways over 2^n, which is all that is needed.
    ways = np.outer(pmf(n_1, 0.5), pmf(n_2, 0.5)) * region
    total = np.add.outer(np.arange(n_1 + 1), np.arange(n_2 + 1))
    sums = np.bincount(total.ravel(), ways.ravel(), minlength=n_1 + n_2 + 1)
    return np.asarray(sums / pmf(n_1 + n_2, 0.5))


def _refined(shares: np.ndarray, rates: np.ndarray) -> Unconditional:
    """The greatest value on the grid, and between its neighbours; the three best peaks are looked into."""
    from scipy.optimize import minimize_scalar

    n = len(shares) - 1
    values = np.array([pmf(n, rate) @ shares for rate in rates])
    best = Unconditional(float(values.max()), float(rates[values.argmax()]))
    inside = np.flatnonzero((values[1:-1] >= values[:-2]) & (values[1:-1] >= values[2:])) + 1
    for peak in inside[np.argsort(values[inside])[::-1][:3]]:
        found = minimize_scalar(
            lambda rate: -float(pmf(n, rate) @ shares),
            bounds=(rates[peak - 1], rates[peak + 1]), method="bounded", options={"xatol": 1e-12},
        )  # fmt: skip
        if -found.fun > best.p:
            best = Unconditional(float(-found.fun), float(found.x))
    return best
