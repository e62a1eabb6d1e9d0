"""Small numbers, counted exactly: rates, two arms, two stages, and designs that look as they count.

Inputs, the same everywhere here unless a function says otherwise:

    events, n: events seen, and of how many infants; whole numbers, 0 ≤ events ≤ n
    events_1, n_1: of arm 1; for designs with looks, the infants of arm 1 by each look, shape (K,)
    events_2, n_2: of arm 2, likewise
    level: of the interval, between 0 and 1; two-sided unless said otherwise
    alternative: “two-sided”, “greater” (arm 1 has the greater rate, or the rate is above H₀'s), “less”
    null: what H₀ says of the difference (0), the ratio (1) or the odds ratio (1)
    corrected: with N/(N − 1): Miettinen–Nurminen; without: Farrington–Manning
    pooled, continuity: variance from the common rate; with Yates's correction (Wald: ½(1/n₁ + 1/n₂) added)
    gamma: search only rates in the exact interval of this error, and add it to P
    region: the tables that reject, bool, shape (n₁ + 1, n₂ + 1)
    p_0, p_1: the rate under H₀ and the one to be found, p₀ < p₁; beside p_2 the true rate of arm 1
    alpha, beta: errors of the first and second kind that are allowed
    greatest: the largest n that is searched
    every: infants between two looks
    responses: events in all when the trial ended
    design, plan: what the room's own designs answer; `plan`: bounds of `stats.sequential.design`
    looks: infants seen at each look, rising
    sides: 1: the error above; 2: above and below together
    statistic: z of every table, as `score_table` answers it
    rate, rates, p_2: true rates, from 0 to 1

Source where neither a function nor its module names one: Clopper & Pearson 1934; Barnard 1947; Simon 1989;
exact enumeration after Schultz et al. 1973, Biometrics 29, 293."""

from cordula.stats.exact.fisher_exact import OddsRatio, conditional_odds_ratio, fisher_p
from cordula.stats.exact.odds import odds_ratio_interval, odds_ratio_test
from cordula.stats.exact.one_rate import (
    Interval,
    binomial_p,
    clopper_pearson,
    jeffreys,
    mid_p_interval,
    upper_limit,
    wilson,
)
from cordula.stats.exact.scores import (
    ScoreTest,
    difference_interval,
    difference_test,
    ratio_interval,
    ratio_test,
)
from cordula.stats.exact.simon import (
    SimonDesigns,
    TwoStage,
    TwoStageInference,
    TwoStageOperating,
    simon,
    two_stage_inference,
    two_stage_operating,
    unbiased,
)
from cordula.stats.exact.single_arm import (
    OneStage,
    SingleArm,
    SingleArmOperating,
    one_stage,
    one_stage_test,
    single_arm_operating,
    single_arm_operating_many,
    sprt,
)
from cordula.stats.exact.textbook import newcombe, pooled_test, wald_interval
from cordula.stats.exact.two_arm import (
    TrueError,
    TwoArm,
    TwoArmOperating,
    calibrated,
    true_error,
    two_arm,
    two_arm_grid,
    two_arm_operating,
)
from cordula.stats.exact.unconditional import (
    Unconditional,
    barnard,
    boschloo,
    exact_size,
    score_table,
)

__all__ = [
    "Interval",
    "OddsRatio",
    "OneStage",
    "ScoreTest",
    "SimonDesigns",
    "SingleArm",
    "SingleArmOperating",
    "TrueError",
    "TwoArm",
    "TwoArmOperating",
    "TwoStage",
    "TwoStageInference",
    "TwoStageOperating",
    "Unconditional",
    "barnard",
    "binomial_p",
    "boschloo",
    "calibrated",
    "clopper_pearson",
    "conditional_odds_ratio",
    "difference_interval",
    "difference_test",
    "exact_size",
    "fisher_p",
    "jeffreys",
    "mid_p_interval",
    "newcombe",
    "odds_ratio_interval",
    "odds_ratio_test",
    "one_stage",
    "one_stage_test",
    "pooled_test",
    "ratio_interval",
    "ratio_test",
    "score_table",
    "simon",
    "single_arm_operating",
    "single_arm_operating_many",
    "sprt",
    "true_error",
    "two_arm",
    "two_arm_grid",
    "two_arm_operating",
    "two_stage_inference",
    "two_stage_operating",
    "unbiased",
    "upper_limit",
    "wald_interval",
    "wilson",
]
