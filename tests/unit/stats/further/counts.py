"""What the API says to the further cases of counts, lists, adjusted P values and pairs."""

from collections.abc import Callable
from typing import Any

from cordula.stats import bayes, exact, multiplicity, randomisation, sequential, stopping, win_ratio

Answers = dict[str, Any]
nan = float("nan")

ARM = [0] * 11 + [1] * 9
TT = [1, 7, 6, 5, 7, 2, 7, 3, 8, 3, 3, 4, 3, 7, 2, 1, 8, 3, 2, 7]
EV = [1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0]
SC = [-5, -2, 2, -3, 0, 2, 0, 1, 2, 6, 7, 1, 0, 5, 4, 3, -1, 4, 5, -3]
SC2 = [-5, -2, nan, -3, 0, 2, 0, 1, 2, 6, 7, 1, 0, nan, 4, 3, -1, 4, 5, -3]
STR = [0, 1] * 10
T2 = [7, 2, 6, 6, 1, 1, 6, 4, 8, 2, 6, 7, 1, 1, 3, 4, 3, 1, 3, 4]
E2 = [0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1]


def iv(found: Any) -> list[float]:
    return [found.low, found.high]


def score(found: Any) -> Answers:
    return {"z": found.z, "p": found.p}


def simon_us(p_0: float, p_1: float, alpha: float, beta: float, greatest: int) -> Answers:
    found = exact.simon(p_0, p_1, alpha, beta, greatest)

    def told(plan: exact.TwoStage) -> list[float]:
        one = exact.two_stage_operating(plan, p_0)
        return [plan.r_1, plan.n_1, plan.r, plan.n, one.expected_n, one.stopped_early]

    return {"optimal": told(found.optimal), "minimax": told(found.minimax)}


def two_arm_us(plan: sequential.Boundaries, n_1: Any, n_2: Any, p_1: float, p_2: float) -> Answers:
    found = exact.two_arm_operating(exact.two_arm(plan, n_1, n_2), p_1, p_2)
    return {
        "rejected": found.rejected,
        "below": found.rejected_below,
        "futile": found.futile,
        "expected": found.expected_n,
    }


def one_stage() -> Answers:
    found = exact.one_stage(0.2, 0.4, 0.05, 0.1)
    return {"v": [found.n, found.critical, found.error, found.power]}


def sprt() -> Answers:
    plan = exact.sprt(0.1, 0.35, 0.05, 0.1, 6, 30, 2)
    found = exact.single_arm_operating(plan, 0.25)
    told = {"above": found.above, "en": found.expected_n}
    return {"lower": plan.lower, "upper": plan.upper} | told


def harm(
    looks: list[int], threshold: float, certainty: float, prior: tuple[float, float]
) -> Answers:
    rule = stopping.beta_binomial_boundary(looks, threshold, certainty, prior)
    found = stopping.operating_characteristics(rule, [0.05, 0.15, 0.4])
    return {
        "boundary": [-1 if one is None else one for one in rule.counts],
        "stop": found.stop,
        "en": found.expected_number,
        "ee": found.expected_events,
    }


def posteriors() -> Answers:
    rate = bayes.rate((2, 40), 3, 55)
    known = bayes.normal_known_variance((1, 3), 2.5, 9, 5)
    unknown = bayes.normal_unknown_variance(2.5, 16, 9)
    return {
        "g": [rate.mean, rate.above(0.06)],
        "n": [known.mean, known.above(0)],
        "t": [unknown.above(0), *unknown.quantile([0.025, 0.975])],
    }


def graph_us(weights: Any, passed: Any, p: Any) -> Answers:
    return {"adjusted": multiplicity.adjusted(multiplicity.Graph(weights, passed), p)}


def adjusted(p: list[float], *names: str) -> Answers:
    return {name: getattr(multiplicity, name)(p) for name in names}


def coins() -> Answers:
    def told(found: randomisation.Balance) -> list[float]:
        return [found.variance[-1], found.in_balance[-1], found.guesses.mean()]

    stick, coin = randomisation.BigStick(3), randomisation.BiasedCoin(0.6)
    return {
        "bs": told(randomisation.balance(stick, 24)),
        "ef": told(randomisation.balance(coin, 17)),
    }


def urn() -> Answers:
    found = randomisation.balance(randomisation.Urn(1, 2), 12)
    return {"v": found.variance, "g": found.guesses.mean()}


def maximal() -> Answers:
    lists = randomisation.Maximal(10, 2)
    return {"n": lists.sequences, "v": randomisation.balance(lists, 10).variance}


def pairs(*endpoints: Any, strata: Any = None) -> Answers:
    found = win_ratio.win_ratio(ARM, endpoints, strata=strata)
    return {
        "shares": [found.wins, found.losses],
        "netBenefit": [found.net_benefit.value, found.net_benefit.se],
        "logWR": [found.win_ratio.value, found.win_ratio.se],
    }


Time, Score = win_ratio.Time, win_ratio.Score

ASKED: dict[str, Callable[[], Answers]] = {
    "ex40": lambda: {
        "cp": iv(exact.clopper_pearson(0, 7, 0.9)),
        "wilson": iv(exact.wilson(0, 7, 0.9)),
    },
    "ex41": lambda: {
        "cp": iv(exact.clopper_pearson(7, 7, 0.99)),
        "wilson": iv(exact.wilson(7, 7, 0.99)),
    },
    "ex42": lambda: {
        "cp": iv(exact.clopper_pearson(5, 41, 0.8)),
        "wilson": iv(exact.wilson(5, 41, 0.8)),
    },
    "ex43": lambda: {
        "cp": iv(exact.clopper_pearson(1, 1, 0.95)),
        "wilson": iv(exact.wilson(1, 1, 0.95)),
    },
    "ex44": lambda: {
        "two": exact.binomial_p(2, 20, 0.3),
        "less": exact.binomial_p(2, 20, 0.3, "less"),
        "greater": exact.binomial_p(2, 20, 0.3, "greater"),
        "sym": exact.binomial_p(3, 10, 0.5),
    },
    "ex45": lambda: {
        "mid": iv(exact.mid_p_interval(4, 23, 0.9)),
        "upper": exact.upper_limit(2, 30, 0.9),
    },
    "ex50": lambda: {
        "two": exact.fisher_p(0, 9, 5, 11),
        "less": exact.fisher_p(0, 9, 5, 11, "less"),
        "greater": exact.fisher_p(0, 9, 5, 11, "greater"),
    },
    "ex51": lambda: {
        "two": exact.fisher_p(6, 6, 3, 8),
        "less": exact.fisher_p(6, 6, 3, 8, "less"),
        "greater": exact.fisher_p(6, 6, 3, 8, "greater"),
    },
    "ex52": lambda: {
        "two": exact.fisher_p(3, 13, 3, 17),
        "less": exact.fisher_p(3, 13, 3, 17, "less"),
        "greater": exact.fisher_p(3, 13, 3, 17, "greater"),
        "or": exact.conditional_odds_ratio(3, 13, 3, 17, 0.9).estimate,
        "ci": iv(exact.conditional_odds_ratio(3, 13, 3, 17, 0.9)),
    },
    "ex53": lambda: {
        "two": exact.fisher_p(10, 25, 2, 20),
        "less": exact.fisher_p(10, 25, 2, 20, "less"),
        "greater": exact.fisher_p(10, 25, 2, 20, "greater"),
        "or": exact.conditional_odds_ratio(10, 25, 2, 20, 0.9).estimate,
        "ci": iv(exact.conditional_odds_ratio(10, 25, 2, 20, 0.9)),
    },
    "ex54": lambda: {
        "yates": exact.pooled_test(3, 15, 9, 17).p,
        "plain": exact.pooled_test(3, 15, 9, 17, False).p,
        "wald": iv(exact.wald_interval(3, 15, 9, 17)),
        "cc": iv(exact.wald_interval(3, 15, 9, 17, continuity=True)),
    },
    "ex55": lambda: {
        "a": iv(exact.newcombe(0, 9, 5, 11)),
        "b": iv(exact.newcombe(7, 12, 4, 15, 0.9)),
    },
    "ex60": lambda: {
        "barnard": exact.barnard(0, 9, 5, 11).p,
        "unpooled": exact.barnard(0, 9, 5, 11, "two-sided", pooled=False).p,
        "boschloo": exact.boschloo(0, 9, 5, 11).p,
    },
    "ex61": lambda: {
        "barnard": exact.barnard(2, 8, 7, 12).p,
        "unpooled": exact.barnard(2, 8, 7, 12, "two-sided", pooled=False).p,
        "boschloo": exact.boschloo(2, 8, 7, 12).p,
    },
    "ex62": lambda: {
        "barnard": exact.barnard(7, 9, 2, 12, "greater").p,
        "unpooled": exact.barnard(7, 9, 2, 12, "greater", pooled=False).p,
        "boschloo": exact.boschloo(7, 9, 2, 12, "greater").p,
    },
    "ex63": lambda: {
        "barnard": exact.barnard(1, 10, 6, 10, "less").p,
        "unpooled": exact.barnard(1, 10, 6, 10, "less", pooled=False).p,
        "boschloo": exact.boschloo(1, 10, 6, 10, "less").p,
    },
    "ex64": lambda: {
        "barnard": exact.barnard(0, 7, 0, 9).p,
        "unpooled": exact.barnard(0, 7, 0, 9, "two-sided", pooled=False).p,
        "boschloo": exact.boschloo(0, 7, 0, 9).p,
    },
    "ex70": lambda: score(exact.difference_test(5, 20, 9, 22, 0.1, "less", True)),
    "ex71": lambda: score(exact.difference_test(0, 12, 4, 15, -0.2, "two-sided", False)),
    "ex72": lambda: score(exact.ratio_test(5, 20, 9, 22, 0.8, "two-sided", True)),
    "ex73": lambda: score(exact.ratio_test(0, 12, 4, 15, 0.5, "less", False)),
    "ex74": lambda: score(exact.odds_ratio_test(5, 20, 9, 22, 1.7, "two-sided", True)),
    "ex75": lambda: score(exact.odds_ratio_test(8, 15, 2, 14, 2.0, "greater", True)),
    "ex80": lambda: {"interval": iv(exact.difference_interval(5, 20, 9, 22, 0.95, True))},
    "ex81": lambda: {"interval": iv(exact.difference_interval(0, 12, 4, 15, 0.9, True))},
    "ex82": lambda: {"interval": iv(exact.difference_interval(9, 10, 2, 8, 0.95, False))},
    "ex83": lambda: {"interval": iv(exact.ratio_interval(5, 20, 9, 22, 0.95, True))},
    "ex84": lambda: {"interval": iv(exact.ratio_interval(8, 15, 2, 14, 0.99, False))},
    "ex85": lambda: {"interval": iv(exact.odds_ratio_interval(5, 20, 9, 22, 0.95, True))},
    "ex86": lambda: {"interval": iv(exact.odds_ratio_interval(8, 15, 2, 14, 0.9, True))},
    "sim40": lambda: simon_us(0.1, 0.3, 0.05, 0.2, 40),
    "sim41": lambda: simon_us(0.3, 0.5, 0.1, 0.1, 50),
    "sim42": lambda: simon_us(0.05, 0.2, 0.1, 0.1, 45),
    "sim43": lambda: simon_us(0.4, 0.65, 0.05, 0.1, 48),
    "sim44": lambda: simon_us(0.7, 0.9, 0.05, 0.2, 40),
    "sim46": lambda: {
        "oc": [
            [o.rejected, o.stopped_early, o.expected_n]
            for o in (
                exact.two_stage_operating(exact.TwoStage(3, 17, 10, 37), p)
                for p in (0.1, 0.2, 0.4, 0.6)
            )
        ]
    },
    "sim47": lambda: one_stage(),
    "sim48": lambda: sprt(),
    "ex90": lambda: two_arm_us(
        sequential.design(
            3, spending=sequential.Pocock(), futility=sequential.FutilityBounds((0, 0.3))
        ),
        (5, 9, 13),
        (5, 9, 13),
        0.6,
        0.3,
    ),
    "ex91": lambda: two_arm_us(sequential.design(2, 0.05, 2), (8, 14), (4, 7), 0.2, 0.5),
    "ex92": lambda: two_arm_us(sequential.design(2, 0.1), (6, 12), (7, 12), 0.3, 0.3),
    "tox40": lambda: harm(
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25],
        0.15,
        0.8,
        (0.2, 1.8),
    ),
    "tox41": lambda: harm([4, 9, 15, 22], 0.3, 0.9, (1, 1)),
    "tox42": lambda: harm(
        [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30], 0.05, 0.95, (0.5, 0.5)
    ),
    "bay40": lambda: {
        "v": bayes.probability_beta_above(
            bayes.BetaPosterior(1.5, 9.5), bayes.BetaPosterior(0.7, 3.2), 0
        )
    },
    "bay41": lambda: {
        "v": bayes.probability_beta_above(
            bayes.BetaPosterior(12, 9), bayes.BetaPosterior(7, 13), -0.05
        )
    },
    "bay42": lambda: {
        "v": bayes.probability_beta_above(bayes.BetaPosterior(3, 3), bayes.BetaPosterior(3, 3), 0.2)
    },
    "bay50": lambda: {"p": bayes.predictive_probability(4, 12, 30, 0.2, 0.9, (1, 1)).probability},
    "bay51": lambda: {
        "p": bayes.predictive_probability(0, 5, 20, 0.1, 0.8, (0.1, 0.9)).probability
    },
    "bay52": lambda: {
        "p": bayes.predictive_probability(9, 20, 36, 0.3, 0.95, (0.5, 0.5)).probability
    },
    "bay55": lambda: posteriors(),
    "mu41": lambda: adjusted(
        [0.01, 0.04, 0.01, 0.03, 1, 0, 0.04],
        "holm",
        "hochberg",
        "hommel",
        "bonferroni",
        "benjamini_hochberg",
        "benjamini_yekutieli",
    ),
    "mu42": lambda: adjusted(
        [0.2, 0.011, 0.049, 0.0004, 0.03, 0.03, 0.51, 0.009],
        "holm",
        "hochberg",
        "hommel",
        "benjamini_hochberg",
    ),
    "mu50": lambda: graph_us(
        (0.5, 0.5, 0, 0),
        ((0, 0.5, 0.5, 0), (0.5, 0, 0, 0.5), (0, 1, 0, 0), (1, 0, 0, 0)),
        (0.01, 0.03, 0.015, 0.02),
    ),
    "mu51": lambda: graph_us(
        (0.5, 0.5, 0, 0),
        ((0, 0.5, 0.5, 0), (0.5, 0, 0, 0.5), (0, 1, 0, 0), (1, 0, 0, 0)),
        (0.02, 0.02, 0.02, 0.02),
    ),
    "mu52": lambda: graph_us(
        (0.4, 0.3, 0.3), ((0, 0.7, 0.3), (0.5, 0, 0.5), (0.9, 0.1, 0)), (0.02, 0.009, 0.3)
    ),
    "mu53": lambda: graph_us((1, 0, 0), ((0, 0.5, 0.5), (0, 0, 1), (0, 1, 0)), (0.01, 0.02, 0.02)),
    "mu54": lambda: graph_us(
        (0.25, 0.25, 0.25, 0.25),
        (
            (0, 0.3, 0.3, 0.4),
            (0.2, 0, 0.5, 0.3),
            (0.1, 0.1, 0, 0.8),
            (0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0),
        ),
        (0.006, 0.04, 0.011, 0.012),
    ),
    "rn41": lambda: coins(),
    "rn42": lambda: urn(),
    "rn43": lambda: {"v": randomisation.balance(randomisation.Blocks((3, 1), (8,)), 8).variance},
    "rn44": lambda: maximal(),
    "wr40": lambda: pairs(Time(TT, EV, threshold=0)),
    "wr41": lambda: pairs(Time(TT, EV, threshold=0), Score(SC, threshold=0, higher=True)),
    "wr42": lambda: pairs(
        Time(TT, EV, threshold=2), Time(T2, E2, threshold=0), Score(SC2, threshold=1, higher=False)
    ),
    "wr43": lambda: pairs(
        Time(TT, EV, threshold=0), Score(SC2, threshold=2, higher=True), strata=STR
    ),
    "wr44": lambda: pairs(Score(SC, threshold=0, higher=False)),
}
