"""What does a pair of counts, or one count, say of the shares behind it? P values and intervals, for whole arrays."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fisher(x: Floats, y: Floats, m: Floats, n: Floats) -> Floats:
    """The one-sided exact P value for “arm 0 is higher”, x of m against y of n, Fisher 1935; arrays alike.

    Discrete values have two tails that overlap: below the middle the tail above is told, and past it 1 − the
    tail below, so that a bound on either side keeps its level."""
    from scipy.stats import hypergeom

    above = hypergeom.sf(x - 1, m + n, x + y, m)
    below = hypergeom.cdf(x, m + n, x + y, m)
    return joined(above, below)


def against(x: Floats, n: Floats, share: float) -> Floats:
    """The one-sided exact P value of x of n for a share above this one, Clopper & Pearson 1934."""
    from scipy.special import bdtr, bdtrc

    whole = n.astype(np.int64)
    above = np.where(x > 0, bdtrc(np.maximum(x - 1, 0), whole, share), 1.0)
    return joined(above, np.asarray(bdtr(x, whole, share)))


def joined(above: Floats, below: Floats) -> Floats:
    """One value for two tails that overlap, as a bound on either side needs it."""
    return np.where(above <= 0.5, above, np.where(below < 0.5, 1 - below, 0.5))


def score(x: Floats, y: Floats, m: Floats, n: Floats) -> Floats:
    """The one-sided P value of the pooled score test on cumulative counts."""
    from scipy.special import ndtr

    share = (x + y) / (m + n)
    spread = np.sqrt(share * (1 - share) * (1 / m + 1 / n))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, (x / m - y / n) / spread, 0.0)
    return np.asarray(ndtr(-z))


def newcombe(x: Floats, y: Floats, m: Floats, n: Floats, level: float) -> tuple[Floats, Floats]:
    """An interval of the difference of two shares that misses with `level` on each side: Newcombe 1998
    (doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), method 10."""
    low_0, high_0 = wilson(x, m, level)
    low_1, high_1 = wilson(y, n, level)
    p, q = x / m, y / n
    below = np.sqrt((p - low_0) ** 2 + (high_1 - q) ** 2)
    above = np.sqrt((high_0 - p) ** 2 + (q - low_1) ** 2)
    return p - q - below, p - q + above


def wilson(x: Floats, n: Floats, level: float) -> tuple[Floats, Floats]:
    """Wilson 1927: the shares that a score test at this level on each side does not refuse."""
    from scipy.special import ndtri

    z = -ndtri(level)
    centre = (x + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * np.sqrt(x * (n - x) / n + z * z / 4)
    return centre - reach, centre + reach


def clopper_pearson(x: Floats, n: Floats, level: float) -> tuple[Floats, Floats]:
    """The exact interval of one share that misses with `level` at most on each side."""
    from scipy.special import betaincinv

    low = np.where(x > 0, betaincinv(np.maximum(x, 1), n - x + 1, level), 0.0)
    high = np.where(x < n, betaincinv(x + 1, np.maximum(n - x, 1), 1 - level), 1.0)
    return low, high
