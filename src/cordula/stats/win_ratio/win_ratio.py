"""Who fares better, pair by pair: win ratio, win odds and net benefit of a hierarchical composite."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, exp, log, sqrt, tanh
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate, estimated, quantile, two_sided
from cordula.stats.models.inputs import Floats, labels, level_of, plain, two_arms
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.win_ratio.endpoints import Endpoint, Hierarchy, hierarchy
from cordula.stats.win_ratio.pairs import won_and_lost
from cordula.stats.win_ratio.peron import moved_by_curves, scored, through_hierarchy

Scoring = Literal["gehan", "peron"]


@dataclass(frozen=True, slots=True)
class Share:
    """The share of pairs that arm 1 wins and loses on one endpoint, those before it having left them open."""

    wins: float
    losses: float


@dataclass(frozen=True, slots=True, eq=False)
class WinRatio:
    """Shares of pairs that arm 1 wins and loses, their covariance (2, 2), and the three ways to say it.

    The null is 1 for ratio and odds, 0 for the net benefit. Where one side has no win at all, or all,
    a measure has no interval: then its place holds the reason."""

    wins: float
    losses: float
    ties: float
    pairs: int
    by_endpoint: tuple[Share, ...]
    covariance: Floats
    win_ratio: Estimate | NotConverged
    win_odds: Estimate | NotConverged
    net_benefit: Estimate | NotConverged


@asked
def win_ratio(
    arm: ArrayLike,
    endpoints: Sequence[Endpoint],
    *,
    scoring: Scoring = "gehan",
    strata: ArrayLike | None = None,
    transformed: bool = True,
    level: float = 0.95,
) -> WinRatio:
    """Compare every infant of arm 1 with every one of arm 0 on `endpoints`, in their order.

    `arm` (n,; 0 or 1). Censored times by `scoring`: "gehan" leaves a pair open unless the order is sure
    (Gehan 1965; Finkelstein & Schoenfeld 1999; Pocock et al. 2012), "peron" by each arm's survival. An event
    of one and a loss to follow-up of the other at the same time leave the pair open by "gehan", as nothing
    says that the other was free of it for longer; "peron" puts the other ahead, as survival curves do. With
    `strata` (n,) pairs are compared within them and weighted by n1·n0/n (Dong et al. 2018, J Biopharm Stat
    28:778–796). Variance by the first-order H-projection (Bebu & Lachin 2016, Biostatistics 17:178–187;
    Ozenne et al. 2021); intervals on the log (ratio, odds) and artanh (net benefit) scale unless
    `transformed` is False. Below 40 infants prefer `win_ratio_test`. Raises CannotBe for misfits."""
    group = two_arms(arm, plain("arm", arm).size)
    of = hierarchy(endpoints, group.size)
    parts = [_stratum(of.of(kept), group[kept], scoring) for kept in _layers(strata, group)]
    weights = np.array([part.weight for part in parts]) / sum(part.weight for part in parts)
    shares = sum(w * part.shares for w, part in zip(weights, parts, strict=True))
    covariance = sum(w * w * part.covariance for w, part in zip(weights, parts, strict=True))
    pairs = sum(part.pairs for part in parts)
    return _told(np.asarray(shares), np.asarray(covariance), pairs, transformed, level_of(level))


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """Shares (endpoints, 2) and the covariance of their sums (2, 2)."""

    shares: Floats
    covariance: Floats
    pairs: int
    weight: float


def _layers(strata: ArrayLike | None, group: np.ndarray) -> list[np.ndarray]:
    layer, names = labels("strata", np.zeros(group.size) if strata is None else strata, group.size)
    kept = [layer == k for k in range(names.size)]
    for mine, name in zip(kept, names.tolist(), strict=True):
        if np.unique(group[mine]).size < 2:
            raise CannotBe(f"stratum {name} has one arm only; nothing can be compared within it")
    return kept


def _stratum(of: Hierarchy, group: np.ndarray, scoring: str) -> Stratum:
    one, two = of.of(group == 1), of.of(group == 0)
    n1, n0 = one.value.shape[1], two.value.shape[1]
    if scoring not in ("gehan", "peron"):
        raise CannotBe(f"scoring is {scoring!r}; it is gehan or peron")
    by_1, by_0, by_endpoint = (_gehan if scoring == "gehan" else _peron)(one, two)
    shares = by_endpoint / (n1 * n0)
    total = shares.sum(axis=0)
    first, second = (by_1 / n0 - total) / n1, (by_0 / n1 - total) / n0
    covariance = first.T @ first + second.T @ second
    return Stratum(shares, covariance, n1 * n0, n1 * n0 / (n1 + n0))


def _gehan(one: Hierarchy, two: Hierarchy) -> tuple[Floats, Floats, Floats]:
    return won_and_lost(one.value, one.seen, two.value, two.seen, one.sign, one.least)


def _peron(one: Hierarchy, two: Hierarchy) -> tuple[Floats, Floats, Floats]:
    """As Gehan's counts, each with what the infant moves through the curves."""
    found = scored(one, two)
    both = np.array(through_hierarchy(found))
    moved = [moved_by_curves(found, wins) for wins in (True, False)]
    by_1 = both.sum(axis=(1, 3)).T + np.column_stack([m[0] for m in moved])
    by_0 = both.sum(axis=(1, 2)).T + np.column_stack([m[1] for m in moved])
    return by_1, by_0, both.sum(axis=(2, 3)).T


def _told(
    shares: Floats, covariance: Floats, pairs: int, transformed: bool, level: float
) -> WinRatio:
    wins, losses = (float(v) for v in shares.sum(axis=0))
    net = wins - losses
    net_se = sqrt(max(0.0, float(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])))
    return WinRatio(
        wins=wins,
        losses=losses,
        ties=1.0 - wins - losses,
        pairs=pairs,
        by_endpoint=tuple(Share(float(w), float(v)) for w, v in shares),
        covariance=covariance,
        win_ratio=_ratio(wins, losses, covariance, transformed, level),
        win_odds=_odds(net, net_se, transformed, level),
        net_benefit=_net(net, net_se, transformed, level),
    )


def _ratio(
    wins: float, losses: float, covariance: Floats, transformed: bool, level: float
) -> Estimate | NotConverged:
    if min(wins, losses) <= 0.0:
        side = "lost" if losses <= 0.0 else "won"
        return NotConverged("win ratio", f"no pair was {side}, so the ratio has no interval")
    slope = np.array([1.0 / wins, -1.0 / losses])
    spread = sqrt(max(0.0, float(slope @ covariance @ slope)))
    return _logged(wins / losses, spread, transformed, level)


def _odds(net: float, se: float, transformed: bool, level: float) -> Estimate | NotConverged:
    if abs(net) >= 1.0:
        return NotConverged(
            "win odds", "every pair went the same way, so the odds have no interval"
        )
    return _logged((1.0 + net) / (1.0 - net), 2.0 * se / (1.0 - net * net), transformed, level)


def _net(net: float, se: float, transformed: bool, level: float) -> Estimate | NotConverged:
    if abs(net) >= 1.0:
        return NotConverged("net benefit", "every pair went the same way, so there is no interval")
    if not transformed:
        return estimated(net, se, level=level)
    scaled = estimated(atanh(net), se / (1.0 - net * net), level=level)
    limits = tanh(scaled.lower), tanh(scaled.upper)
    return Estimate(net, se, scaled.statistic, scaled.df, scaled.p, *limits, level)


def _logged(ratio: float, log_se: float, transformed: bool, level: float) -> Estimate:
    """A ratio against 1, with its interval on the log scale or plain."""
    if not transformed:
        return estimated(ratio, ratio * log_se, level=level, null=1.0)
    scaled = estimated(log(ratio), log_se, level=level)
    reach = quantile(0.5 + level / 2) * log_se
    limits = ratio * exp(-reach), ratio * exp(reach)
    p = two_sided(scaled.statistic)
    return Estimate(ratio, ratio * log_se, scaled.statistic, scaled.df, p, *limits, level, 1.0)
