"""What the API says to the further cases of times, outcomes, pooled studies and priors."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cordula.stats import borrowing, models, survival, synthesis

Answers = dict[str, Any]
nan = float("nan")

# The remission times of Gehan 1965: 6-mercaptopurine, then placebo; three strata and a made covariate.
T = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35,
     1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]  # fmt: skip
E_ = [1] * 9 + [0] * 12 + [1] * 21
G = [1] * 21 + [0] * 21
S = [0, 1, 2] * 14
X = [round(float(x), 2) for x in np.sin(np.arange(42)) * 2]
CT = [1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12]
CC = [1, 2, 1, 0, 1, 2, 0, 1, 1, 2, 0, 1, 2, 1, 0, 2]
YY, SE = [0.12, -0.55, 0.9, 0.31, 1.4, -0.2], [0.3, 0.25, 0.41, 0.18, 0.5, 0.22]
Y1 = [3.2, 4.1, 5.5, 2.8, 6.0, 4.4, 5.1, 7.3, 6.6, 4.9, 8.1, 7.7]
A1 = [0] * 6 + [1] * 6
B1 = [[1.0, 2], [2.2, 1], [3.1, 3], [0.4, 2], [3.9, 5], [2.0, 4],
      [1.9, 1], [3.3, 2], [2.7, 6], [0.9, 3], [4.0, 4], [3.5, 1]]  # fmt: skip
OUT = [[3.1, 3.9, 4.4], [4.4, 5.0, nan], [2.2, 2.9, 3.3], [4.1, 5.2, 5.0], [3.6, nan, nan],
       [6.3, 6.8, 7.9], [5.6, 6.9, 7.1], [4.6, 5.9, nan], [5.2, 7.3, 7.7], [4.9, 5.1, 6.6]]  # fmt: skip
FEW = ([2, 0, 5, 1], [15, 9, 40, 22], [4, 3, 11, 0], [16, 10, 38, 20])
MEANS = (
    [5.5, 9.1, 3.3],
    [2.2, 4.0, 1.1],
    [9, 31, 6],
    [4.1, 8.8, 1.9],
    [2.9, 3.1, 0.8],
    [11, 27, 7],
)


def km(at: list[float], interval: Any, level: float) -> Answers:
    found = survival.kaplan_meier(T, E_, interval=interval, level=level).at(at)
    limits = {"lower": found.lower, "upper": found.upper}
    return {"surv": found.survival, "se": found.se, "risk": found.at_risk} | limits


def median() -> Answers:
    found = survival.kaplan_meier(T[21:], E_[21:], interval="log").median
    return {"m": [found.time, found.lower, found.upper]}


def lr(group: list[int], **kwargs: Any) -> Answers:
    found = survival.log_rank(T, E_, group, **kwargs)
    return {"chi": found.chi_squared, "p": found.p, "exp": found.expected}


def cx(strata: Any, ties: Any) -> Answers:
    found: Any = survival.cox(T, E_, np.column_stack([G, X]), strata=strata, ties=ties)
    told = {"coef": found.coefficients, "ll": found.log_likelihood}
    return told | {"se": np.sqrt(np.diag(found.covariance))}


def cif(at: list[float]) -> Answers:
    found = survival.cumulative_incidence(CT, CC).at(at)
    told = {"c1": found.incidence[0], "c2": found.incidence[1]}
    return told | {"se1": found.se[0], "se2": found.se[1]}


def gray(time: Any, cause: Any, group: Any, rho: float = 0.0) -> Answers:
    found = [
        survival.gray_test(time, cause, group, of_cause=k, rho=rho)
        for k in sorted(set(cause) - {0})
    ]
    told = {f"c{k}": one.chi_squared for k, one in enumerate(found, start=1)}
    return told | {"p": [one.p for one in found]}


def grays(n: int, width: int, censored: bool, groups: int, rho: float = 0.0) -> Answers:
    i = np.arange(1, n + 1)
    kind = i * 13 % 17
    cause = kind % 3 if censored else 1 + kind % 2
    return gray(i * 37 % 101 // width, cause, i % 2 if groups == 2 else i * 5 % 7 % 3, rho)


def grays_of_one_cause() -> Answers:
    i = np.arange(1, 41)
    return gray(i * 37 % 101, (i * 13 % 17 % 3 > 0).astype(int), i % 2)


def rm(who: slice, horizon: float) -> Answers:
    found = survival.restricted_mean(T[who], E_[who], horizon)
    return {"v": found.value, "se": found.se}


def pool(method: str, test: str) -> Answers:
    found: Any = synthesis.random_effects(YY, SE, method=method, test=test)
    told = {"b": found.estimate, "se": found.se, "tau2": found.tau2, "I2": found.I2}
    return told | {"ci": [found.lower, found.upper], "Q": found.Q, "p": found.p_value}


def hier(y: list[float], se: list[float], prior: Any, mean: float, sd: float) -> Answers:
    found: Any = synthesis.hierarchical(y, se, prior, mu_mean=mean, mu_sd=sd)
    mu = found.mu
    return {
        "mu": [mu.mean, mu.sd],
        "q": [mu.lower, mu.median, mu.upper],
        "pred": found.prediction.sd,
    }


def ancova() -> Answers:
    (found,) = models.ancova(Y1, A1, B1).effects
    return {"e": [found.value, found.se, found.p, found.lower, found.upper]}


def sandwiches() -> Answers:
    column = np.array(B1)[:, :1]
    kinds: Any = ("HC0", "HC1", "HC2", "HC3")
    return {
        k: models.ancova(Y1, A1, column, slopes="by_arm", covariance=k).effects[0].se for k in kinds
    }


def t_tests() -> Answers:
    def told(found: models.TTest) -> list[float]:
        one = found.difference
        return [one.statistic, one.df, one.p, one.lower, one.upper]

    return {
        "s": told(models.student_t(Y1[:4], Y1[4:], 0.9)),
        "w": told(models.welch_t(Y1[:4], Y1[4:], 0.9)),
        "p": told(models.paired_t(Y1[:6], Y1[6:]))[:3],
    }


def ranks() -> Answers:
    first, second = [1, 2, 2, 3, 5, 7], [2, 3, 4, 4, 8, 9, 9]
    found = models.rank_sum(first, second)
    normal = models.rank_sum(first, second, exact=False).p
    return {"w": found.statistic, "exact": found.p, "less": found.p_less, "normal": normal}


def three_visits() -> Answers:
    found: Any = models.repeated_trial(OUT, [0] * 5 + [1] * 5, df="satterthwaite")
    model = found.model
    first = {"coef": model.coefficients[0], "se": model.standard_errors[0]}
    return {"ll": model.log_likelihood} | first


def clusters() -> Answers:
    y = [3.1, 3.9, 4.4, 5.0, 5.6, 6.9, 2.2, 2.9, 3.1, 4.1, 5.2, 5.0, 6.3, 6.8, 7.7]
    design = np.column_stack([np.ones(15), [0, 1, 2] * 5])
    found: Any = models.random_intercept(y, np.repeat(range(5), 3), design)
    slope = found.estimate([0, 1])
    sds = [found.between_sd, found.within_sd]
    told = {"coef": found.coefficients, "se": found.standard_errors, "sd": sds}
    return told | {"df": slope.df, "p": slope.p}


def imputed() -> Answers:
    found = models.pooled([1.2, 0.8, 1.5, 1.1], [0.2, 0.25, 0.18, 0.3], 20).estimate
    return {"q": found.value, "t": found.se**2, "df": found.df}


def logistic() -> Answers:
    design = np.column_stack([np.ones(42), G, X])
    found: Any = models.logistic(design, [int(t > 9) for t in T])
    return {"coef": found.coefficients, "se": np.sqrt(np.diag(found.covariance))}


def near(found: Any) -> list[float]:
    return [found.estimate, found.se]


def rare() -> Answers:
    told = {k: near(synthesis.mantel_haenszel(*FEW, measure=k)) for k in ("OR", "RR", "RD")}
    return told | {"peto": near(synthesis.peto(*FEW))}


def regression() -> Answers:
    moderators = np.column_stack([[1, 2, 3, 4, 5, 7], [0, 1, 0, 1, 1, 0]])
    found: Any = synthesis.meta_regression(YY, SE, moderators, test="z")
    lines = {
        "b": [k.estimate for k in found.coefficients],
        "se": [k.se for k in found.coefficients],
    }
    return lines | {"tau2": found.tau2, "QM": found.QM}


def effects() -> Answers:
    by = {
        "MD": synthesis.mean_difference,
        "SMD": synthesis.standardised_mean_difference,
        "SMDH": synthesis.standardised_mean_difference_unequal,
        "ROM": synthesis.ratio_of_means,
    }
    return {name: [method(*MEANS).y, method(*MEANS).se] for name, method in by.items()}


def glmm() -> Answers:
    one_arm = near(synthesis.one_arm_glmm([2, 0, 5, 1], [15, 9, 40, 22]))
    return {"um": near(synthesis.unconditional_glmm(*FEW)), "plo": one_arm}


def after_events() -> Answers:
    prior = borrowing.beta_mixture((0.6, 3, 9), (0.3, 12, 50), (0.1, 1, 1))
    found = borrowing.posterior(prior, borrowing.BinomialSample(2, 9))
    return {"w": found.weights, "mean": borrowing.mean(found), "cdf": borrowing.cdf(found, 0.3)}


def after_exposure() -> Answers:
    prior = borrowing.gamma_mixture((0.7, 4, 80), (0.3, 1, 10))
    found = borrowing.posterior(prior, borrowing.RateSample(4, 50))
    return {"w": found.weights, "mean": borrowing.mean(found), "sd": borrowing.sd(found)}


def after_mean() -> Answers:
    prior = borrowing.normal_mixture((0.5, 0, 1), (0.5, 2, 4))
    found = borrowing.posterior(prior, borrowing.NormalSample(1.4, 0.9))
    return {"w": found.weights, "q": borrowing.quantile(found, [0.025, 0.5, 0.975])}


def sizes() -> Answers:
    beta = borrowing.beta_mixture((0.6, 4, 14), (0.4, 2, 2))
    normal = borrowing.normal_mixture((0.6, 0, 1), (0.4, 1, 3))
    return {"b": borrowing.ess_moment(beta), "n": borrowing.ess_moment(normal, sigma=7)}


def apart() -> Answers:
    one = borrowing.beta_mixture((0.5, 4, 14), (0.5, 2, 2))
    other = borrowing.beta_mixture((1, 3, 11))
    return {"p": [borrowing.difference_cdf(one, other, x) for x in (-0.2, 0, 0.15)]}


def foretold() -> Answers:
    prior = borrowing.beta_mixture((0.6, 3, 9), (0.4, 1, 1))
    rule = borrowing.Rule((0.9,), (0.3,))
    found = borrowing.operating_characteristics_one_arm(prior, 15, rule, [0.2, 0.4, 0.7])
    return {"p": borrowing.predictive_count(prior, 12).probabilities(list(range(13))), "oc": found}


ASKED: dict[str, Callable[[], Answers]] = {
    "sv40": lambda: km([5, 10.5, 17, 40], "plain", 0.9),
    "sv41": lambda: km([5, 10.5, 17, 40], "log", 0.95),
    "sv42": lambda: km([5, 10.5, 17, 40], "log-log", 0.99),
    "sv43": lambda: median(),
    "sv44": lambda: lr(G, strata=S),
    "sv45": lambda: lr(S),
    "sv46": lambda: {"chi": lr(G, strata=S, rho=1)["chi"], "half": lr(G, rho=0.5)["chi"]},
    "sv50": lambda: cx(None, "efron"),
    "sv51": lambda: cx(None, "breslow"),
    "sv52": lambda: cx(S, "efron"),
    "sv53": lambda: cif([2, 5, 9.5, 12]),
    "sv54": lambda: rm(slice(21), 15.5),
    "sv55": lambda: {"v": rm(slice(21, 42), 30)["v"]},
    "sv60": lambda: gray(range(1, 17), CC, [0, 1] * 8),
    "sv61": lambda: gray(CT, CC, [0, 1] * 8),
    "sv62": lambda: grays(40, 1, False, 2),
    "sv63": lambda: grays(40, 10, False, 2),
    "sv64": lambda: grays(100, 1, True, 3),
    "sv65": lambda: grays(100, 10, True, 3),
    "sv66": lambda: grays(100, 10, True, 2, rho=1.0),
    "sv67": lambda: grays_of_one_cause(),
    "an41": lambda: ancova(),
    "an42": lambda: t_tests(),
    "an43": lambda: ranks(),
    "an44": lambda: sandwiches(),
    "mm41": lambda: three_visits(),
    "mm42": lambda: clusters(),
    "mi41": lambda: imputed(),
    "gl41": lambda: logistic(),
    "mf_40": lambda: pool("REML", "z"),
    "mf_41": lambda: pool("ML", "knha"),
    "mf_42": lambda: pool("DL", "adhoc"),
    "mf_43": lambda: pool("PM", "knha"),
    "mf_44": lambda: pool("SJ", "z"),
    "mf_45": lambda: pool("HE", "z"),
    "mf_46": lambda: pool("EB", "knha"),
    "mf_47": lambda: pool("HS", "z"),
    "mf_50": lambda: rare(),
    "mf_51": lambda: regression(),
    "mf_52": lambda: effects(),
    "mf_53": lambda: glmm(),
    "bx41": lambda: hier(YY, SE, synthesis.half_normal(0.5), 0.2, 2),
    "bx42": lambda: {"q": hier([1.1, 2.9], [0.6, 0.9], synthesis.half_cauchy(0.3), 0, 5)["q"]},
    "bx43": lambda: hier([0.4, 1.8, -0.7], [0.4, 0.7, 0.5], synthesis.uniform(4), 0, 3),
    "map41": lambda: after_events(),
    "map42": lambda: after_exposure(),
    "map43": lambda: after_mean(),
    "map44": lambda: {
        "e": borrowing.ess_elir(borrowing.beta_mixture((0.6, 4, 14), (0.3, 10, 60), (0.1, 2, 2)))
    },
    "map45": lambda: sizes(),
    "map46": lambda: apart(),
    "map47": lambda: foretold(),
}
