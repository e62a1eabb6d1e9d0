"""A discounted prior lies between forgetting and pooling, and learns how much to believe."""

import numpy as np
import pytest
from scipy.integrate import dblquad

from cordula.stats.borrowing import (
    BinomialSample,
    NormalSample,
    beta_mixture,
    cdf,
    commensurate_prior,
    commensurate_spike_and_slab,
    density,
    log_evidence,
    mean,
    normal_mixture,
    normalised_power_prior,
    posterior,
    power_prior,
    sd,
)
from cordula.stats.refusals import CannotBe

FLAT = beta_mixture((1, 1, 1))
OLD = BinomialSample(12, 40)


def test_a_power_of_none_forgets_and_of_one_pools() -> None:
    assert power_prior(FLAT, OLD, 0) == FLAT
    assert power_prior(FLAT, OLD, 1) == posterior(FLAT, OLD)
    assert power_prior(FLAT, OLD, 0.25).components == ((1.0, 4.0, 8.0),)


def test_a_power_of_a_normal_estimate_divides_its_precision() -> None:
    vague = normal_mixture((1, 0, 1e6))

    assert sd(power_prior(vague, NormalSample(3, 2), 0.25)) == pytest.approx(4, rel=1e-9)


def test_the_learnt_power_is_that_of_the_double_integral() -> None:
    new = BinomialSample(9, 20)
    after, power = normalised_power_prior(FLAT, OLD, new)

    def joint(p: float, a: float) -> float:
        from scipy.special import betaln

        return float(
            np.exp(
                (12 * a + 9) * np.log(p)
                + (28 * a + 11) * np.log1p(-p)
                - betaln(12 * a + 1, 28 * a + 1)
            )
        )

    whole = dblquad(joint, 0, 1, 0, 1, epsrel=1e-9)[0]
    assert power == pytest.approx(
        dblquad(lambda p, a: a * joint(p, a), 0, 1, 0, 1)[0] / whole, rel=1e-7
    )
    assert cdf(after, 0.4) == pytest.approx(dblquad(joint, 0, 1, 0, 0.4)[0] / whole, rel=1e-7)


def test_the_learnt_power_of_normal_estimates_is_that_of_the_double_integral() -> None:
    vague, old, new = normal_mixture((1, 0, 50)), NormalSample(3, 2), NormalSample(6, 1.5)
    _, power = normalised_power_prior(vague, old, new)
    t, a = np.linspace(-400, 400, 8001), np.polynomial.legendre.leggauss(200)
    at, share = (a[0] + 1) / 2, a[1] / 2

    prior = np.exp(-0.5 * (t / 50) ** 2 - 0.5 * at[:, None] * ((t - 3) / 2) ** 2)
    told = (prior * np.exp(-0.5 * ((t - 6) / 1.5) ** 2)).sum(1) / prior.sum(1)

    assert power == pytest.approx((share * at * told).sum() / (share * told).sum(), rel=1e-6)


def test_the_evidence_of_a_discounted_estimate_is_its_integral() -> None:
    prior, sample = normal_mixture((0.4, 0, 1), (0.6, 2, 3)), NormalSample(1.5, 0.8)
    t = np.linspace(-40, 40, 40_001)
    likelihood = np.exp(-0.5 * ((1.5 - t) / 0.8) ** 2) / (0.8 * np.sqrt(2 * np.pi))

    for power in (0.3, 1.0):
        whole = (likelihood**power * density(prior, t)).sum() * 0.002
        assert log_evidence(prior, sample, power) == pytest.approx(np.log(whole), abs=1e-9)


def test_agreement_is_believed_more_than_conflict() -> None:
    agreeing = normalised_power_prior(FLAT, OLD, BinomialSample(6, 20))[1]
    opposed = normalised_power_prior(FLAT, OLD, BinomialSample(18, 20))[1]

    assert opposed < 0.2
    assert agreeing > 0.5


def test_a_commensurate_prior_widens_the_historical_estimate() -> None:
    prior = commensurate_prior(NormalSample(3, 2), precision=1 / 5)

    assert (mean(prior), sd(prior)) == pytest.approx((3, 3))


def test_the_spike_alone_pools_and_the_slab_alone_is_its_average() -> None:
    old = NormalSample(3, 2)

    spike = commensurate_spike_and_slab(old, (0.01, 1), 1e9, slab_weight=0)
    slab = commensurate_spike_and_slab(old, (0.01, 1), 1e9, slab_weight=1)

    assert sd(spike) == pytest.approx(2, rel=1e-6)
    assert sd(slab) ** 2 == pytest.approx(4 + np.log(100) / 0.99, rel=1e-6)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: power_prior(FLAT, OLD, 1.2),
        lambda: commensurate_prior(NormalSample(3, 2), 0),
        lambda: commensurate_spike_and_slab(NormalSample(3, 2), (1, 0.5), 10, 0.5),
        lambda: normalised_power_prior(FLAT, OLD, OLD, (0, 1)),
    ],
)
def test_what_cannot_be_is_refused(impossible) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotBe):
        impossible()
