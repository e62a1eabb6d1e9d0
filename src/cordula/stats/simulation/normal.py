"""Which normal deviate has this probability below it? One number in, one out, so that draws never shift.

Wichura 1988, algorithm AS 241 (PPND16), Applied Statistics 37:477, doi:10.2307/2347330: relative error
about 1e-16. Its third branch, below 1.4e-11, is left out: a uniform of 32 bits is never smaller than
1.2e-10. `scipy.special.ndtri` is the twin."""

from math import sqrt

import numpy as np

from cordula.stats.compiled import compiled, inlined
from cordula.stats.simulation.logarithm import logarithm
from cordula.stats.simulation.philox import Floats

SPLIT, CENTRE, TAIL = 0.425, 0.180625, 1.6
STRIDE = 16


@compiled
def normal(p: float) -> float:
    """The standard normal quantile of p, for 1.4e-11 < p < 1 − 1.4e-11."""
    q = p - 0.5
    if abs(q) <= SPLIT:
        return q * _central(CENTRE - q * q)
    found = _outer(sqrt(-logarithm(p if q < 0.0 else 1.0 - p)) - TAIL)
    return -found if q < 0.0 else found


@compiled
def normals(p: Floats, out: Floats, spare: Floats) -> None:
    """The quantiles of many probabilities; spare: shape (2, as many), overwritten.

    All by the middle branch at once; those in the tails are then brought together and worked out at once too."""
    near, places = spare[0], spare[1]
    for place in range(len(p)):
        q = p[place] - 0.5
        out[place] = q * _central(CENTRE - q * q)
    tails = _tails(p, near, places)
    # Up to a whole number of a processor's strides: what stands over would be worked out one by one.
    whole = min(len(near), -(-tails // STRIDE) * STRIDE)
    near[tails:whole] = 0.5
    for tail in range(whole):
        near[tail] = _outer(sqrt(-logarithm(near[tail])) - TAIL)
    for tail in range(tails):
        place = int(places[tail])
        out[place] = -near[tail] if p[place] < 0.5 else near[tail]


@compiled
def _tails(p: Floats, near: Floats, places: Floats) -> int:
    """The distances from the nearer end of those in the tails, side by side; where they stand; how many they are."""
    found = 0
    for place in range(len(p)):
        q = p[place] - 0.5
        # Written always and kept only where it counts: a branch here would be guessed wrong too often.
        near[found] = p[place] if q < 0.0 else 1.0 - p[place]
        places[found] = place
        found += abs(q) > SPLIT
    return found


@inlined
def _central(r: float) -> float:
    above = (
        ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
        + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    )  # fmt: skip
    below = (
        ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
        + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        + 4.2313330701600911252e1) * r + 1.0
    )  # fmt: skip
    return above / below


@inlined
def _outer(r: float) -> float:
    above = (
        ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
        + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
        + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
        + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
    )  # fmt: skip
    below = (
        ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
        + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
        + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
        + 2.05319162663775882187e0) * r + 1.0
    )  # fmt: skip
    return above / below


def normal_plain(p: Floats) -> Floats:
    """The twin of `normal`, for arrays."""
    from scipy.special import ndtri

    return np.asarray(ndtri(p), dtype=np.float64)
