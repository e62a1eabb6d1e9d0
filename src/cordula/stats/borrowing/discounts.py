"""How much of one earlier trial is believed? Power priors and commensurate priors, as mixtures."""

import numpy as np

from cordula.stats.borrowing.checks import pair
from cordula.stats.borrowing.mixture import Mixture, normal_mixture, of_arrays
from cordula.stats.borrowing.update import NormalSample, Sample, log_evidence, posterior
from cordula.stats.refusals import CannotBe, whole


def power_prior(initial: Mixture, historical: Sample, exponent: float) -> Mixture:
    """initial · likelihood(historical)^a₀, with a₀ = `exponent` fixed: 0 forgets, 1 pools.

    Ibrahim & Chen 2000, doi:10.1214/ss/1009212673, eq. 2.1. Raises CannotBe."""
    return posterior(initial, historical, exponent)


def normalised_power_prior(
    initial: Mixture,
    historical: Sample,
    current: Sample,
    exponent_prior: tuple[float, float] = (1.0, 1.0),
    nodes: int = 64,
) -> tuple[Mixture, float]:
    """The posterior of θ when a₀ itself has a beta prior, and the posterior mean of a₀.

    Each a₀ has a normalised power prior (Duan, Ye & Smith 2006, doi:10.1002/env.752), so that a₀ is learnt from how
    well the two trials agree. Gauss–Jacobi nodes in a₀; the answer has nodes × K components. Raises CannotBe."""
    from scipy.special import roots_jacobi

    whole(1, nodes=nodes)
    a, b = pair("the beta prior of the exponent", exponent_prior)
    if min(a, b) <= 0:
        raise CannotBe(f"a beta prior ({a}, {b}) of the exponent: both above 0")
    at, share = roots_jacobi(nodes, b - 1, a - 1)
    exponents = (at + 1) / 2
    priors = [power_prior(initial, historical, float(exponent)) for exponent in exponents]
    told = np.array([log_evidence(prior, current) for prior in priors]) + np.log(share)
    belief = np.exp(told - np.logaddexp.reduce(told))
    posteriors = [posterior(prior, current) for prior in priors]
    return _joined(belief, posteriors), float(belief @ exponents)


def _joined(shares: "np.ndarray", mixtures: list[Mixture]) -> Mixture:
    weights, first, second = (
        np.concatenate(of) for of in zip(*(m.arrays for m in mixtures), strict=True)
    )
    repeated = np.repeat(shares, [len(m.weights) for m in mixtures])
    return of_arrays(mixtures[0].kind, weights * repeated, first, second)


def commensurate_prior(historical: NormalSample, precision: float) -> Mixture:
    """θ | θ₀ ~ N(θ₀, 1/precision), θ₀ known by the historical estimate under a flat prior: one normal.

    Hobbs et al. 2011, doi:10.1111/j.1541-0420.2011.01564.x, eq. 2. Raises CannotBe."""
    if not 0 < precision < np.inf:
        raise CannotBe(f"commensurability {precision}: a finite precision above 0")
    return normal_mixture(
        (1, historical.mean, (historical.standard_error**2 + 1 / precision) ** 0.5)
    )


def commensurate_spike_and_slab(
    historical: NormalSample,
    slab: tuple[float, float],
    spike: float,
    slab_weight: float,
    nodes: int = 32,
) -> Mixture:
    """The same with the precision uniform on `slab`, with probability `slab_weight`, or at `spike`.

    The spike is large (the trials agree), the slab low (they may not); Gauss–Legendre nodes stand for the slab.
    Hobbs, Sargent & Carlin 2012, doi:10.1214/12-BA722, section 2.2. Raises CannotBe."""
    whole(1, nodes=nodes)
    low, high = pair("the slab", slab)
    if not (0 < low < high < spike < np.inf and 0 <= slab_weight <= 1):
        raise CannotBe(
            f"slab {slab}, spike {spike}, weight {slab_weight}: 0 < low < high < spike, weight in 0–1"
        )
    at, share = np.polynomial.legendre.leggauss(nodes)
    # Even in the logarithm: the variance 1/precision changes most at the low end.
    inner = np.exp(np.log(low) + np.log(high / low) * (at + 1) / 2)
    slab_share = share * inner / (share * inner).sum()
    precisions = np.r_[inner, spike]
    weights = np.r_[slab_weight * slab_share, 1 - slab_weight]
    spread = np.sqrt(historical.standard_error**2 + 1 / precisions)
    return of_arrays("normal", weights, np.full(nodes + 1, historical.mean), spread)
