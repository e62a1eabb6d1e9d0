"""How far apart are the means of two arms: in units, in standard deviations, or as a ratio?"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.checks import Vector, positive, same_length, sizes, vector
from cordula.stats.synthesis.effects import Effects, effects

Arms = tuple[Vector, Vector, Vector, Vector, Vector, Vector]


def mean_difference(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
    *,
    equal_variances: bool = False,
) -> Effects:
    """MD = m1 − m2 in the unit of the outcome; each argument (k,), arm 1 against arm 2.

    The variance is sd1²/n1 + sd2²/n2, or with `equal_variances` from the pooled SD. Raises CannotBe
    where an SD is not positive or an arm has fewer than two patients."""
    m1, sd1, n1, m2, sd2, n2 = _arms(m1, sd1, n1, m2, sd2, n2)
    apart = sd1**2 / n1 + sd2**2 / n2
    together = _pooled_variance(sd1, n1, sd2, n2) * (1 / n1 + 1 / n2)
    return effects("MD", m1 - m2, together if equal_variances else apart)


def standardised_mean_difference(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
) -> Effects:
    """Hedges' g with the exact correction J and the large-sample variance.

    g = J(n1+n2−2)·(m1−m2)/pooled SD; v = 1/n1 + 1/n2 + g²/(2(n1+n2)).
    Hedges 1981, doi:10.3102/10769986006002107, eq. 6e; Hedges & Olkin 1985, ch. 5."""
    m1, sd1, n1, m2, sd2, n2 = _arms(m1, sd1, n1, m2, sd2, n2)
    d = (m1 - m2) / np.sqrt(_pooled_variance(sd1, n1, sd2, n2))
    g = hedges_correction(n1 + n2 - 2) * d
    return effects("SMD", g, 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2)))


def standardised_mean_difference_unequal(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
) -> Effects:
    """SMDH: as Hedges' g, with the average of two unequal variances as the yardstick.

    v is J² times Bonett 2009, doi:10.1037/a0015619, eq. 6, at g."""
    m1, sd1, n1, m2, sd2, n2 = _arms(m1, sd1, n1, m2, sd2, n2)
    average = (sd1**2 + sd2**2) / 2
    j = hedges_correction(n1 + n2 - 2)
    g = j * (m1 - m2) / np.sqrt(average)
    shape = sd1**4 / (n1 - 1) + sd2**4 / (n2 - 1)
    level = sd1**2 / (n1 - 1) + sd2**2 / (n2 - 1)
    return effects("SMDH", g, j**2 * (g**2 * shape / (8 * average**2) + level / average))


def ratio_of_means(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
) -> Effects:
    """ROM = log(m1/m2), by the delta method. Both means must have one sign.

    Hedges, Gurevitch & Curtis 1999, doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2, eq. 1."""
    m1, sd1, n1, m2, sd2, n2 = _arms(m1, sd1, n1, m2, sd2, n2)
    if (m1 * m2 <= 0).any():
        at = int(np.flatnonzero(m1 * m2 <= 0)[0])
        raise CannotBe(
            f"the means of study {at + 1} are {m1[at]:g} and {m2[at]:g}; a ratio needs two of one sign"
        )
    v = sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2)
    return effects("ROM", np.log(m1 / m2), v)


def hedges_correction(df: ArrayLike) -> Vector:
    """J(m) = Γ(m/2) / (√(m/2) Γ((m−1)/2)), exact, not the usual 1 − 3/(4m−1). Shape as `df`, > 1."""
    m = np.asarray(df, dtype=np.float64)
    if not ((m > 1) & (m < np.inf)).all():
        raise CannotBe(
            f"Hedges' correction of {m} degrees of freedom; more than 1 and finite are needed"
        )
    return np.asarray(np.exp(gammaln(m / 2) - gammaln((m - 1) / 2) - 0.5 * np.log(m / 2)))


def _pooled_variance(sd1: Vector, n1: Vector, sd2: Vector, n2: Vector) -> Vector:
    return np.asarray(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))


def _arms(
    m1: ArrayLike, sd1: ArrayLike, n1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n2: ArrayLike
) -> Arms:
    arms = (
        vector("the mean of arm 1", m1),
        positive("the SD of arm 1", sd1),
        sizes("the size of arm 1", n1),
        vector("the mean of arm 2", m2),
        positive("the SD of arm 2", sd2),
        sizes("the size of arm 2", n2),
    )
    same_length(**dict(zip(("m1", "sd1", "n1", "m2", "sd2", "n2"), arms, strict=True)))
    return arms
