"""Further values from R, asked of the API as a stranger would ask: by the reference page and the docstrings alone."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cordula.stats import (
    bayes,
    borrowing,
    exact,
    models,
    multiplicity,
    sample_size,
    sequential,
    stopping,
    survival,
    synthesis,
)
from cordula.stats.refusals import NotConverged
from tests.unit.stats.further import counts, outcomes, sequences
from tests.unit.stats.reference import FOLDER, Case

Answers = dict[str, Any]
LISTED = json.loads((FOLDER / "more.json").read_text())["cases"]
CASES = {c["id"]: Case(**{k: c.get(k) for k in Case.__dataclass_fields__}) for c in LISTED}

# The remission times of Gehan 1965: placebo, then 6-mercaptopurine.
WEEKS = [1, 22, 3, 12, 8, 17, 2, 11, 8, 12, 2, 5, 4, 15, 8, 23, 5, 11, 4, 1, 8,
         10, 7, 32, 23, 22, 6, 16, 34, 32, 25, 11, 20, 19, 6, 17, 35, 6, 13, 9, 6, 10]  # fmt: skip
RELAPSED = [1] * 21 + [1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0]
GROUP = [0] * 21 + [1] * 21
Y, SE = [5.1, 3.2, 6.4, -0.5, 4.4], [2.1, 1.4, 2.8, 1.2, 1.9]
FEW = ([1, 1, 2, 3], [12, 20, 31, 40], [2, 3, 4, 6], [11, 21, 29, 41])
RARE = ([0, 1, 2, 0], [12, 20, 31, 10], [1, 3, 4, 0], [11, 21, 29, 10])
ZERO = ([0, 1, 2], [12, 20, 31], [1, 3, 4], [11, 21, 29])
FIRST, SECOND = [3.1, 4.2, 2.8, 5.5, 3.9], [6.1, 5.8, 7.2, 4.9, 6.6]


def bounds(*args: Any, **kwargs: Any) -> Answers:
    plan = sequential.design(*args, **kwargs)
    return {
        "criticalValues": plan.critical,
        "stageLevels": plan.levels,
        "alphaSpent": plan.spent,
        "futilityBounds": plan.futility[:-1],
    }


def characteristics() -> Answers:
    found = sequential.characteristics(sequential.design(3, spending=sequential.Pocock()), 0.9)
    return {
        "inflationFactor": found.inflation,
        "shift": found.drift**2,
        "averageSampleNumber1": found.expected_alternative,
        "averageSampleNumber01": found.expected_half,
        "averageSampleNumber0": found.expected_null,
    }


def power_of_means() -> Answers:
    plan = sequential.design(3, spending=sequential.OBrienFlemingSpending())
    found = sample_size.sequential_power_means(plan, 60, 5, 8)
    return {
        "overallReject": sum(found.power.rejected),
        "rejectPerStage": found.power.rejected,
        "expectedNumberOfSubjects": found.expected_n,
    }


def by_stages() -> Answers:
    plan = sequential.design(3, spending=sequential.Pocock())
    seen = [(6, 2, 5, 6), (5, 3, 6, 5), (7, 1, 5, 6)]
    stages = [sequential.TwoMeans(a, b, s, t, 10, 10) for a, b, s, t in seen]
    return {
        "combInverseNormal": sequential.inverse_normal(plan, [one.z() for one in stages]),
        "pValues": [one.p() for one in stages],
    }


def final_p() -> Answers:
    plan = sequential.design(3)
    first = sequential.TwoMeans(6, 1, 5, 5, 10, 10)
    both = sequential.TwoMeans(7, 1.5, (470 / 19) ** 0.5, (455 / 19) ** 0.5, 20, 20)
    return {
        "overallPValues": (first.p(), both.p()),
        "pFinal": sequential.stagewise_p(plan, 2, both.z()),
    }


def pooled(method: str, test: str = "z") -> synthesis.Pooled:
    found = synthesis.random_effects(Y, SE, method=method, test=test)
    assert not isinstance(found, NotConverged)
    return found


def dersimonian_laird() -> Answers:
    found = pooled("DL")
    names = {"estimate", "se", "tau2", "Q", "I2"}
    return {name: getattr(found, name) for name in names} | {"Qp": found.Q_p}


def hksj() -> Answers:
    found = pooled("REML", "knha")
    names = {"estimate", "se", "lower", "upper", "tau2"}
    limits = {"tau2_limits": (found.tau2_lower, found.tau2_upper), "p": found.p_value}
    return {name: getattr(found, name) for name in names} | limits


def mantel_haenszel() -> Answers:
    def both(measure: str) -> tuple[float, float]:
        found = synthesis.mantel_haenszel(*FEW, measure=measure)
        return found.estimate, found.se

    chi_squared, _, p = synthesis.breslow_day(*FEW)
    return {name: both(name) for name in ("OR", "RR", "RD")} | {"tarone": (chi_squared, p)}


def peto() -> Answers:
    found = synthesis.peto(*RARE)
    return {"peto": (found.estimate, found.se, found.p_value)}


def bcg() -> tuple[synthesis.Effects, Any]:
    from tests.unit.stats.reference import dataset

    told = {name: np.asarray(values) for name, values in dataset("dat.bcg").items()}
    treated, control = told["tpos"] + told["tneg"], told["cpos"] + told["cneg"]
    return synthesis.log_risk_ratio(told["tpos"], treated, told["cpos"], control), told["ablat"]


def on_latitude() -> Answers:
    effects, latitude = bcg()
    found = synthesis.meta_regression(effects.y, effects.se, latitude)
    assert not isinstance(found, NotConverged)
    names = ("tau2", "QM", "R2")
    lines = {
        "b": [c.estimate for c in found.coefficients],
        "se": [c.se for c in found.coefficients],
    }
    return {name: getattr(found, name) for name in names} | lines | {"QMp": found.QM_p}


def egger() -> Answers:
    effects, _ = bcg()
    found = synthesis.egger(effects.y, effects.se, model="classical")
    assert not isinstance(found, NotConverged)
    return {"t": found.statistic, "p": found.p_value}


def filled_tables() -> Answers:
    odds = synthesis.log_odds_ratio(*ZERO, add=0.5)
    risk = synthesis.log_risk_ratio(*ZERO, add=0.5)
    return {"OR": [odds.y, odds.se], "RR": [risk.y, risk.se]}


def proportions() -> Answers:
    logit = synthesis.logit_proportion([2, 3, 5], [12, 20, 31])
    double = synthesis.freeman_tukey([0, 3, 5], [12, 20, 31], warned=True)
    return {"PLO": logit.y, "PLO_se": logit.se, "PFT": double.y, "PFT_se": double.se}


def of_means() -> Answers:
    told = ([6, 5], [5, 6], [10, 12], [2, 3], [6, 5], [10, 11])
    g, ratio = synthesis.standardised_mean_difference(*told), synthesis.ratio_of_means(*told)
    return {"SMD": g.y, "SMD_se": g.se, "ROM": ratio.y, "ROM_se": ratio.se}


def trimmed() -> Answers:
    found = synthesis.trim_and_fill([*Y, 8.9], [*SE, 3.5], method="FE")
    assert not isinstance(found, NotConverged)
    return {"k0": found.missing, "estimate": found.pooled.estimate}


def free_of_relapse() -> Answers:
    at = survival.kaplan_meier(WEEKS[21:], RELAPSED[21:]).at([10, 20])
    return {"surv": at.survival, "se": at.se, "lower": at.lower, "upper": at.upper}


def log_rank() -> Answers:
    found = survival.log_rank(WEEKS, RELAPSED, GROUP)
    return {"obs": found.observed, "exp": found.expected, "chisq": found.chi_squared}


def cox() -> Answers:
    def fitted(ties: Any) -> survival.Cox:
        found = survival.cox(WEEKS, RELAPSED, np.reshape(GROUP, (-1, 1)), ties=ties)
        assert not isinstance(found, NotConverged)
        return found

    efron, breslow = fitted("efron"), fitted("breslow")
    lines = {n: [f.coefficients[0], f.covariance[0, 0] ** 0.5]
             for n, f in (("efron", efron), ("breslow", breslow))}  # fmt: skip
    return lines | {"loglik": efron.log_likelihood, "score": efron.score.statistic}


def restricted_means() -> Answers:
    arms = survival.rmst_difference(WEEKS, RELAPSED, GROUP, 20).arms
    return {"rmean": [one.value for one in arms], "se": [one.se for one in arms]}


def two_causes() -> Answers:
    time, cause = range(1, 11), [1, 2, 0, 1, 1, 0, 2, 1, 0, 2]
    at = survival.cumulative_incidence(list(time), cause).at([4, 8])
    return {"cause1": at.incidence[0], "cause2": at.incidence[1], "se1": at.se[0]}


def ancova() -> Answers:
    baseline = np.reshape([30, 35, 28, 40, 33, 31, 34, 41, 29, 36], (-1, 1))
    (found,) = models.ancova([*FIRST, *SECOND], [0] * 5 + [1] * 5, baseline).effects
    return {"effect": (found.value, found.se), "t": found.statistic, "p": found.p}


def t_tests() -> Answers:
    def told(test: models.TTest) -> list[float]:
        found = test.difference
        return [found.statistic, found.df, found.p, found.lower, found.upper]

    return {
        "student": told(models.student_t(SECOND, FIRST)),
        "welch": told(models.welch_t(SECOND, FIRST)),
        "paired": told(models.paired_t(SECOND, FIRST)),
    }


def ranks() -> Answers:
    found = models.rank_sum(SECOND, FIRST)
    return {"W": found.statistic, "p": found.p}


def logistic() -> Answers:
    risk = [1, 3, 2, 5, 4, 6, 2, 3, 1, 5, 4, 6]
    design = np.column_stack([np.ones(12), [0] * 6 + [1] * 6, risk])
    found = models.logistic(design, [0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1])
    assert not isinstance(found, NotConverged)
    se = np.sqrt(np.diag(found.covariance))
    return {"coef": found.coefficients, "se": se, "loglik": found.log_likelihood}


def random_intercept() -> Answers:
    y = [3.1, 3.9, 4.4, 5.0, 5.6, 6.9, 2.2, 2.9, 3.1, 4.1, 5.2, 5.0, 6.3, 6.8, 7.7, 3.6, 3.9, 5.1]
    design = np.column_stack([np.ones(18), [0, 1, 2] * 6])
    found = models.random_intercept(y, np.repeat(range(6), 3), design)
    assert not isinstance(found, NotConverged)
    sds = (found.between_sd, found.within_sd)
    return {"coef": found.coefficients, "se": found.standard_errors, "sds": sds}


def two_visits() -> Answers:
    outcome = [[3.1, 3.9], [4.4, 5.0], [2.2, 2.9], [4.1, 5.2], [6.3, 6.8], [5.6, 6.9], [4.6, 5.9], [5.2, 7.3]]  # fmt: skip
    model = models.repeated_trial(outcome, [0] * 4 + [1] * 4, df="satterthwaite")
    assert not isinstance(model, NotConverged)
    found = model.model
    return {
        "coef": found.coefficients,
        "se": found.standard_errors,
        "loglik": found.log_likelihood,
    }


def adjusted() -> Answers:
    p = [0.011, 0.02, 0.035, 0.008, 0.2]
    by = {"BH": multiplicity.benjamini_hochberg, "BY": multiplicity.benjamini_yekutieli}
    names = ("holm", "hochberg", "hommel", "bonferroni")
    return {name: getattr(multiplicity, name)(p) for name in names} | {
        n: f(p) for n, f in by.items()
    }


def better_arm() -> Answers:
    one, other = bayes.BetaPosterior(8, 14), bayes.BetaPosterior(4, 18)
    return {
        "above": bayes.probability_beta_above(one, other),
        "margin": bayes.probability_beta_above(one, other, 0.1),
    }


def stopping_counts() -> Answers:
    return {"counts": stopping.beta_binomial_boundary(tuple(range(3, 21)), 0.15, 0.9).counts}


def robust_after() -> Answers:
    prior = borrowing.beta_mixture((0.8, 5, 20), (0.2, 1, 1))
    after = borrowing.posterior(prior, borrowing.BinomialSample(5, 20))
    return {"weights": after.weights, "mean": borrowing.mean(after)}


def three_of_nineteen() -> Answers:
    found = exact.clopper_pearson(3, 19)
    p = {"p": exact.binomial_p(3, 19, 0.05), "greater": exact.binomial_p(3, 19, 0.05, "greater")}
    return {"interval": (found.low, found.high)} | p


def wilson() -> Answers:
    found = exact.wilson(3, 19)
    return {"interval": (found.low, found.high)}


def fisher() -> Answers:
    table = (1, 19, 7, 19)
    odds = exact.conditional_odds_ratio(*table)
    p = {"p": exact.fisher_p(*table), "less": exact.fisher_p(*table, "less")}
    return p | {"odds": odds.estimate, "interval": (odds.low, odds.high)}


def chi_squared() -> Answers:
    table = (2, 20, 9, 21)
    plain = exact.pooled_test(*table, continuity=False).p
    return {"yates": exact.pooled_test(*table).p, "plain": plain}


def survival_size() -> Answers:
    found = sample_size.survival_size(
        0.6, sample_size.constant(0.03), sample_size.even_accrual(12), 12
    )
    events = {"schoenfeld": found.events, "freedman": sample_size.freedman_events(0.6)}
    return events | {"n": found.n}


def rules() -> dict[str, Callable[[], Answers]]:
    of = sequential
    user = of.UserSpending((0.005, 0.01, 0.015, 0.025))
    wedge = of.pampallona_tsiatis(3, 0.025, 0.2)
    beta = of.BetaSpending(0.2, of.HwangShihDeCani(-2))
    return {
        "gsb21": lambda: bounds(4, spending=of.Pocock()),
        "gsb22": lambda: bounds((0.3, 0.7, 1), spending=of.KimDeMets(2)),
        "gsb23": lambda: bounds(5, 0.05, 2, of.OBrienFlemingSpending()),
        "gsb24": lambda: bounds(3, 0.05, 2, of.HwangShihDeCani(1)),
        "gsb25": lambda: bounds(4, spending=user),
        "gsb26": lambda: bounds(10),
        "gsb27": lambda: {"criticalValues": wedge.critical, "futilityBounds": wedge.futility[:-1]},
        "gsb28": lambda: bounds(3, spending=of.HwangShihDeCani(-4), futility=beta),
        "gsp21": characteristics,
        "gsp22": power_of_means,
        "cp21": by_stages,
        "cp22": final_p,
        "cp23": lambda: {"criticalValues": of.fisher_design(2, 0.025, "full level").critical},
    }


ASKED: dict[str, Callable[[], Answers]] = (
    rules()
    | {
        "ss21": lambda: {"n": sum(_both(sample_size.two_means(5, 8, power=0.9)))},
        "ss22": lambda: {"n": sum(_both(sample_size.two_rates(0.15, 0.4)))},
        "ss23": lambda: {"n": sample_size.one_mean(3, 6)},
        "ss24": survival_size,
        "ss25": lambda: {"power": sample_size.power_two_means(19, 19, 0.93, 1, 0.05, 2)},
        "ex21": three_of_nineteen,
        "ex22": wilson,
        "ex23": fisher,
        "ex24": chi_squared,
        "mf_md_DL": dersimonian_laird,
        "mf_md_REML_hksj": hksj,
        "mf_md_all": lambda: {m: pooled(m).tau2 for m in ("ML", "HE", "EB", "SJ", "HS", "PM")},
        "mf_mh2": mantel_haenszel,
        "mf_peto2": peto,
        "mf_reg2": on_latitude,
        "mf_egger2": egger,
        "mf_escalc2": filled_tables,
        "mf_prop2": proportions,
        "mf_smd2": of_means,
        "mf_tf2": trimmed,
        "sv21": free_of_relapse,
        "sv22": log_rank,
        "sv23": cox,
        "sv24": restricted_means,
        "sv25": two_causes,
        "an21": ancova,
        "an22": t_tests,
        "an23": ranks,
        "gl21": logistic,
        "mm21": random_intercept,
        "mm22": two_visits,
        "mu21": adjusted,
        "bay21": better_arm,
        "tox21": stopping_counts,
        "map21": robust_after,
    }
    | sequences.ASKED
    | counts.ASKED
    | outcomes.ASKED
)


def _both(size: sample_size.Size) -> tuple[float, float]:
    return size.n_1, size.n_2


@pytest.mark.parametrize("id", CASES)
def test_the_answer_is_that_of_r(id: str) -> None:
    got = ASKED[id]()
    for name in CASES[id].expected:
        CASES[id].near(name, got[name])


def test_every_question_has_its_value_from_r() -> None:
    assert ASKED.keys() == CASES.keys()
