"""How do two arms compare where events are so few that whole cells are empty, without filling any?

Mantel–Haenszel sums and Peto's one-step odds ratio: studies with an empty cell count as they are."""

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.binary import Tables, tables
from cordula.stats.synthesis.checks import Mask, Vector, one_of, probability
from cordula.stats.synthesis.pooling import quantile, two_sided

LIMITS = ("OR", "RR", "RD")


@dataclass(frozen=True, slots=True)
class Common:
    """A common effect of two-by-two tables; ratios as logarithms. `k` of the `given` studies speak."""

    method: str
    measure: str
    k: int
    given: int
    level: float
    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p_value: float
    remarks: tuple[str, ...] = ()


def mantel_haenszel(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    measure: str = "OR",
    level: float = 0.95,
) -> Common:
    """OR, RR or RD by Mantel–Haenszel, without any correction; arguments (k,).

    Raises CannotBe where an arm has no event (or no patient without one) in all studies together.
    Mantel & Haenszel 1959; variances: Robins, Breslow & Greenland 1986, doi:10.2307/2531052 (OR);
    Greenland & Robins 1985, doi:10.2307/2530643 (RR); Sato, Greenland & Robins 1989 (RD)."""
    given = tables(events1, n1, events2, n2)
    one_of("the measure", measure, LIMITS)
    found = {"OR": _odds, "RR": _risks, "RD": _difference}[measure](given)
    silent = {"OR": given.without_contrast, "RR": given.events == 0, "RD": given.n == 0}[measure]
    return _told("Mantel–Haenszel", measure, given, silent, found, level)


def peto(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> Common:
    """log OR = Σ(O−E)/ΣV; arguments (k,). Good for rare events, small effects and arms of like size
    only (Greenland & Salvan 1990). Yusuf et al. 1985, doi:10.1016/s0033-0620(85)80003-7."""
    t = tables(events1, n1, events2, n2)
    expected = t.events * t.n1 / t.n
    spare = (t.n - 1).clip(min=1)
    v = t.events * (t.n - t.events) * t.n1 * t.n2 / (t.n**2 * spare)
    total = float(v.sum())
    if total <= 0:
        raise CannotBe("no study has both patients with and without the event; nothing to compare")
    found = float((t.a - expected).sum()) / total, 1 / total
    return _told("Peto", "OR", t, t.without_contrast, found, level)


def breslow_day(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike
) -> tuple[float, int, float]:
    """χ², df and P of one odds ratio for all studies, with Tarone's correction, at the Mantel–Haenszel
    OR. Breslow & Day 1980, eq. 4.30; Tarone 1985, doi:10.1093/biomet/72.1.91."""
    t = tables(events1, n1, events2, n2)
    t = t.only(~t.without_contrast)
    psi = math.exp(_odds(t)[0])
    fitted = _fitted(t, psi)
    rest = (t.events - fitted, t.n1 - fitted, t.n2 - t.events + fitted)
    v = 1 / (1 / fitted + 1 / rest[0] + 1 / rest[1] + 1 / rest[2])
    off = t.a - fitted
    total = float((off**2 / v).sum()) - float(off.sum()) ** 2 / float(v.sum())
    df = t.a.size - 1
    return total, df, float(chdtrc(df, total)) if df else 1.0


def _fitted(t: Tables, psi: float) -> Vector:
    """Events expected in arm 1 at odds ratio psi, given all margins: the root of a quadratic."""
    if psi == 1:
        return t.events * t.n1 / t.n
    q = 1 - psi
    b = t.n2 - t.events + psi * (t.n1 + t.events)
    c = -psi * t.n1 * t.events
    root: Vector = (-b + (b**2 - 4 * q * c) ** 0.5) / (2 * q)
    return root


def _odds(t: Tables) -> tuple[float, float]:
    p, q = (t.a + t.d) / t.n, (t.b + t.c) / t.n
    r, s = t.a * t.d / t.n, t.b * t.c / t.n
    R, S = _both(float(r.sum()), float(s.sum()), "odds ratio")
    v = float((p * r).sum()) / (2 * R**2) + float((q * s).sum()) / (2 * S**2)
    return math.log(R / S), v + float((p * s + q * r).sum()) / (2 * R * S)


def _risks(t: Tables) -> tuple[float, float]:
    R, S = _both(float((t.a * t.n2 / t.n).sum()), float((t.c * t.n1 / t.n).sum()), "risk ratio")
    v = (t.n1 * t.n2 * t.events - t.a * t.c * t.n) / t.n**2
    return math.log(R / S), float(v.sum()) / (R * S)


def _difference(t: Tables) -> tuple[float, float]:
    weight = t.n1 * t.n2 / t.n
    total = float(weight.sum())
    d = float(((t.a * t.n2 - t.c * t.n1) / t.n).sum()) / total
    p = (t.c * t.n1**2 - t.a * t.n2**2 + t.n1 * t.n2 * (t.n2 - t.n1) / 2) / t.n**2
    q = (t.a * (t.n2 - t.c) + t.c * (t.n1 - t.a)) / (2 * t.n)
    v = (d * float(p.sum()) + float(q.sum())) / total**2
    if v <= 0:
        raise CannotBe("no study has both patients with and without the event; nothing to compare")
    return d, v


def _both(above: float, below: float, what: str) -> tuple[float, float]:
    if above <= 0 or below <= 0:
        raise CannotBe(
            f"one arm is empty of events in every study, so the {what} is 0 or infinite; "
            "exact_odds_ratio gives its one-sided limit, risk_difference and beta_binomial a number"
        )
    return above, below


def _told(
    method: str,
    measure: str,
    t: Tables,
    silent: Mask,
    found: tuple[float, float],
    level: float,
) -> Common:
    estimate, se = found[0], math.sqrt(found[1])
    reach = quantile(0.5 + probability("the level", level) / 2, math.inf) * se
    quiet = int(silent.sum())
    return Common(
        method=method,
        measure=measure,
        k=t.a.size - quiet,
        given=t.a.size,
        level=level,
        estimate=estimate,
        se=se,
        lower=estimate - reach,
        upper=estimate + reach,
        statistic=estimate / se,
        p_value=two_sided(estimate / se, math.inf),
        remarks=(f"{quiet} {'study tells' if quiet == 1 else 'studies tell'} nothing of a ratio",)
        if quiet
        else (),
    )
