"""How probable is it that one arm is better than the other? Exactly, for each kind of outcome.

Two probabilities: the finite sum where a parameter is whole (Miller 2015), else quadrature; a whole lattice of
results by recurrences that change one parameter by one (Cook 2005)."""

import numpy as np
from scipy import special

from cordula.stats.bayes.checks import beta_prior
from cordula.stats.bayes.posteriors import (
    Array,
    BetaPosterior,
    GammaPosterior,
    NormalPosterior,
    StudentPosterior,
)
from cordula.stats.refusals import CannotBe, NotConverged, finite, whole


def probability_beta_above(
    one: BetaPosterior, other: BetaPosterior, margin: float = 0.0
) -> float | NotConverged:
    """P(p₁ > p₂ + margin) for independent beta posteriors; −1 < margin < 1. Raises CannotBe."""
    if not -1 < margin < 1:
        raise CannotBe(f"a margin of {margin} between two probabilities: between −1 and 1")
    if margin == 0:
        for parameters, turned in _views(one, other):
            if parameters[0] == int(parameters[0]) and parameters[0] <= 10_000:
                found = _summed(*parameters)
                return 1 - found if turned else found
    return _by_quadrature(one, other, margin)


def probability_gamma_above(one: GammaPosterior, other: GammaPosterior) -> float:
    """P(λ₁ > λ₂) for independent gamma posteriors: λ₁/(λ₁ + λ₂), rescaled, is beta."""
    share = one.rate / (one.rate + other.rate)
    return float(special.betaincc(one.shape, other.shape, share))


def probability_normal_above(
    one: NormalPosterior, other: NormalPosterior, margin: float = 0.0
) -> float:
    """P(μ₁ > μ₂ + margin) for independent normal posteriors. Raises CannotBe."""
    finite(margin=margin)
    return float(special.ndtr((one.mean - other.mean - margin) / np.hypot(one.sd, other.sd)))


def probability_student_above(
    one: StudentPosterior, other: StudentPosterior, margin: float = 0.0
) -> float | NotConverged:
    """P(μ₁ > μ₂ + margin) for independent means of unknown variance (Behrens–Fisher), by quadrature.

    Below 1 degree of freedom the tails are too long for it: NotConverged."""
    finite(margin=margin)
    before = np.inf
    for level in range(3, 10):
        t = np.arange(-45.0, 45.0 + 2.0**-level, 2.0**-level)
        z = np.sinh(t)
        height = -special.betaln(one.df / 2, 0.5) - 0.5 * np.log(one.df)
        height = height - (one.df + 1) / 2 * np.log1p(z * z / one.df)
        mass = np.exp(height) * np.cosh(t) * 2.0**-level
        found = float(mass @ other.cdf(one.mean + one.scale * z - margin))
        if abs(found - before) < 1e-11 and abs(float(mass.sum()) - 1) < 1e-9:
            return found
        before = found
    return NotConverged("comparison of two Student posteriors", "quadrature had not settled", level)


def _views(one: BetaPosterior, other: BetaPosterior) -> list[tuple[tuple[float, ...], bool]]:
    """The same probability with each parameter first; or its complement (True)."""
    return [
        ((one.a, one.b, other.a, other.b), False),
        ((other.b, other.a, one.b, one.a), False),
        ((other.a, other.b, one.a, one.b), True),
        ((one.b, one.a, other.b, other.a), True),
    ]


def _summed(a1: float, b1: float, a2: float, b2: float) -> float:
    """Σᵢ B(a₂ + i, b₁ + b₂) / ((b₁ + i) B(1 + i, b₁) B(a₂, b₂)), i < a₁."""
    i = np.arange(int(a1))
    told = special.betaln(a2 + i, b1 + b2) - np.log(b1 + i) - special.betaln(1 + i, b1)
    return float(min(np.exp(told - special.betaln(a2, b2)).sum(), 1.0))


def _by_quadrature(one: BetaPosterior, other: BetaPosterior, margin: float) -> float | NotConverged:
    from cordula.stats.borrowing import beta_mixture, difference_cdf

    pair = beta_mixture((1, one.a, one.b)), beta_mixture((1, other.a, other.b))
    found = difference_cdf(*pair, margin) if margin else difference_cdf(*pair, 0.0, "logit")
    return found if isinstance(found, NotConverged) else 1.0 - float(found)


def superiority_table(
    prior_1: tuple[float, float], prior_2: tuple[float, float], number_1: int, number_2: int
) -> Array | NotConverged:
    """P(p₁ > p₂ | x₁ of number_1, x₂ of number_2) for every pair of counts, shape (number_1 + 1, number_2 + 1).

    From one corner by g(a + 1, b) − g(a, b) = h/a, h = B(a₁ + a₂, b₁ + b₂)/(B(a₁, b₁) B(a₂, b₂)) (Cook 2005)."""
    for prior in (prior_1, prior_2):
        beta_prior(prior)
    whole(0, number_1=number_1, number_2=number_2)
    (a1, b1), (a2, b2) = prior_1, prior_2
    corner = probability_beta_above(
        BetaPosterior(a1, b1 + number_1), BetaPosterior(a2, b2 + number_2)
    )
    if isinstance(corner, NotConverged):
        return corner
    x1, x2 = np.arange(number_1, dtype=np.float64), np.arange(number_2, dtype=np.float64)
    p, q = a1 + x1, b1 + number_1 - x1 - 1
    up = (
        np.exp(_log_h(p[:, None], q[:, None], *_counts(a2, b2, number_2)))
        * (1 / p + 1 / q)[:, None]
    )
    r, s = a2 + x2, b2 + number_2 - x2 - 1
    across = np.exp(_log_h(a1, b1 + number_1, r, s)) * (1 / r + 1 / s)
    first = corner - np.r_[0.0, np.cumsum(across)]
    return np.asarray(np.clip(np.vstack([first, first + np.cumsum(up, axis=0)]), 0.0, 1.0))


def _counts(a: float, b: float, number: int) -> tuple[Array, Array]:
    x = np.arange(number + 1.0)
    return (a + x)[None, :], (b + number - x)[None, :]


def _log_h(a1: Array | float, b1: Array | float, a2: Array, b2: Array) -> Array:
    joint = special.betaln(a1 + a2, b1 + b2)
    return np.asarray(joint - special.betaln(a1, b1) - special.betaln(a2, b2))
