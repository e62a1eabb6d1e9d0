"""What cannot be is refused with a reason, whoever asks: never NaN for an answer, never a bare Python error."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from cordula.stats import (
    bayes,
    borrowing,
    exact,
    models,
    multiplicity,
    randomisation,
    sample_size,
    sequential,
    stopping,
    survival,
    win_ratio,
)
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream

PLAN = sequential.design(3)
ONE, TWO = [3.1, 4.2, 2.8], [6.1, 5.8, 7.2]
WATCHED = bayes.BinaryMonitoring(((10, 10), (20, 20)), (0.99, 0.975))
TIME, SEEN = [1.0, 3, 5, 8, 9, 12], [1, 1, 0, 1, 1, 0]
VISITS = [[1, 0.5], [0.5, 1]]

REFUSED: dict[str, Callable[[], Any]] = {
    "half a look": lambda: sequential.design(2.5),  # type: ignore[arg-type]
    "looks that are no number": lambda: sequential.design(nan),  # type: ignore[arg-type]
    "half a combination": lambda: sequential.fisher_design(2.5),  # type: ignore[arg-type]
    "α above 1": lambda: sequential.fixed_drift(1.5, 1, 0.9),
    "a power of 1": lambda: sequential.fixed_drift(0.025, 1, 1.0),
    "look two and a half": lambda: sequential.stagewise_p(PLAN, 2.5, 2.0),  # type: ignore[arg-type]
    "a repeated look of nan": lambda: sequential.repeated_p(PLAN, nan, 2.0),  # type: ignore[arg-type]
    "conditional power at an unknown drift": lambda: sequential.conditional_power(PLAN, 1, 1.0, nan),
    "prediction from an unknown prior": lambda: sequential.predictive_power(PLAN, 1, 1.0, nan, 1.0),
    "assurance of an unknown mean": lambda: sequential.assurance(PLAN, nan, 1.0),
    "a bound of nan": lambda: sequential.stopping_probabilities((1, 2), (nan, 2)),
    "information of nan": lambda: sequential.stopping_probabilities((nan, 2), (3, 2)),
    "a stage without a mean": lambda: sequential.TwoMeans(nan, 2, 5, 6, 10, 10),
    "an unknown difference": lambda: sequential.two_means_drift(nan, 5, 20),
    "a product of P below 0": lambda: sequential.product_level(-1, 2),
    "unknown degrees of freedom": lambda: sequential.t_critical(PLAN, (nan, 18, 28)),
    "a size for nan": lambda: sample_size.two_means(nan, 8),
    "a power for nan": lambda: sample_size.power_one_mean(30, nan, 8),
    "repeated measures for nan": lambda: sample_size.mmrm_size(nan, 6, VISITS, (1, 0.9)),
    "fitted rates above 1": lambda: sample_size.fitted_ratio(1.5, 0.4, 1, 1),
    "fitted at a ratio of 0": lambda: sample_size.fitted_difference(0.1, 0.4, 0, 0.1),
    "accrual without an end": lambda: sample_size.even_accrual(nan),
    "a negative loss": lambda: sample_size.lachin_foulkes(0.6, 0.03, 12, 12, loss=-1.0),
    "a single rate above 1": lambda: sample_size.sequential_power_one_rate(PLAN, 30, 0.1, 1.5),
    "half an event": lambda: exact.binomial_p(2.5, 19, 0.1),  # type: ignore[arg-type]
    "an infinite arm": lambda: exact.fisher_p(1, inf, 7, 19),  # type: ignore[arg-type]
    "half an event of an arm": lambda: exact.barnard(1, 19, 2.5, 19),  # type: ignore[arg-type]
    "more responses than infants": lambda: exact.unbiased(exact.TwoStage(0, 9, 2, 17), 99),
    "a rate of nan after two stages": lambda: exact.two_stage_inference(exact.TwoStage(0, 9, 2, 17), 4, nan),
    "one stage at a rate of −1": lambda: exact.one_stage_test(25, 0.1, -1.0),
    "a table of no infants": lambda: exact.score_table(0, 19),
    "bounds of nan": lambda: exact.SingleArm((10, 29), (nan, 5), (11, 6)),  # type: ignore[arg-type]
    "a graph of nothing": lambda: multiplicity.holm_graph(0),
    "a weight of nan": lambda: multiplicity.Graph((nan, 0.5), ((0, 1), (1, 0))),
    "a prior with one number": lambda: bayes.binomial((1,), 3, 19),  # type: ignore[arg-type]
    "an unknown mean": lambda: bayes.normal_known_variance((0, 10), nan, 19, 6),
    "a table below its prior": lambda: bayes.superiority_table((-1, 1), (1, 1), 2, 2),
    "a certainty of nan": lambda: bayes.OneArmDesign((10, 20), 0.2, nan, 0.05),
    "an arm without its number": lambda: bayes.predictive_success_normal((4, 1), (10,), (20, 20), (6, 6), 0.9),  # type: ignore[arg-type]
    "a component of two": lambda: borrowing.normal_mixture((1, 2.9)),  # type: ignore[arg-type]
    "a threshold of nan": lambda: borrowing.Rule((0.975,), (nan,)),
    "an unknown estimate": lambda: models.estimated(nan, 1.0),
    "no degrees of freedom": lambda: models.estimated(1.0, 1.0, 0),
    "pooled without freedom": lambda: models.pooled([1.8, 2.2], [0.4, 0.4], -1),
    "an infinite arm number": lambda: models.ancova(ONE + TWO, [inf, 0, 0, 1, 1, 1], ONE + TWO),
    "nobody to permute": lambda: models.permutation_test([], models.difference_in_means(ONE), rng=stream(1, "x")),
    "an infant too few": lambda: models.mmrm_long(ONE, [1, 2], [1, 1, 1], np.ones((3, 1))),
    "a group that is no number": lambda: survival.log_rank(TIME, SEEN, [nan, 0, 0, 1, 1, 1]),
    "an infinite horizon": lambda: survival.restricted_mean(TIME, [1] * 6, inf),
    "an infinite cause": lambda: survival.cumulative_incidence(TIME, [inf, 1, 0, 2, 1, 0]),
    "nobody to compare": lambda: win_ratio.win_ratio([], [win_ratio.Score([])]),
    "a final look of nan": lambda: sequential.final_inference(PLAN, nan, 2.0),  # type: ignore[arg-type]
    "nobody in a stage": lambda: sequential.TwoMeans(6, 2, 5, 6, 10, 1),
    "a loss of nan": lambda: sample_size.course_of(0.6, sample_size.constant(0.1), sample_size.even_accrual(12), loss=nan),
    "half steps": lambda: exact.sprt(0.1, 0.3, 0.05, 0.2, 5, 20, 2.5),  # type: ignore[arg-type]
    "an infinite arm by look": lambda: exact.two_arm(sequential.design(2), (inf, 20), (10, 20)),  # type: ignore[arg-type]
    "half a trial": lambda: bayes.simulated_characteristics(WATCHED, 0.6, 0.2, 2.5, 1),  # type: ignore[arg-type]
    "a look that is not there": lambda: bayes.posterior_table(WATCHED, 2),
    "stopping after nan infants": lambda: stopping.beta_binomial_boundary((nan, 10), 0.15, 0.9),  # type: ignore[arg-type]
    "stopping without a look": lambda: stopping.pocock_boundary((), 0.1, 0.05),
    "a rule at no rate": lambda: stopping.operating_characteristics(stopping.StoppingRule((5,), (3,)), []),
    "half a list": lambda: randomisation.permuted_blocks(12, 2.5, stream(1, "x")),  # type: ignore[arg-type]
    "a stick without a limit": lambda: randomisation.BigStick(nan),  # type: ignore[arg-type]
    "an urn of nan": lambda: randomisation.Urn(nan, 1),
    "an arm of nan": lambda: randomisation.minimise([["girl"]], [nan], ["girl"]),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_a_reason(what: str) -> None:
    with pytest.raises(CannotBe) as refused:
        REFUSED[what]()
    assert len(str(refused.value).split()) > 4
