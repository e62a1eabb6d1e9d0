"""How do the risks of two arms compare: as odds ratio, risk ratio or risk difference?

A cell of zero is never filled in silence. The pooled methods that need no filling stand in `rare`,
`conditional` and `mixed_counts`; whoever wants a half added says so."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.refusals import CannotBe
from cordula.stats.synthesis.checks import Mask, Vector, one_of, same_length, whole
from cordula.stats.synthesis.effects import Effects, effects

TO = ("only zero", "all")
INSTEAD = (
    "pool with mantel_haenszel, peto, exact_odds_ratio, conditional_glmm or beta_binomial, which "
    "need no filling, or say add=0.5 and report it"
)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Two-by-two tables, each entry (k,): a of a+b with the event in arm 1, c of c+d in arm 2."""

    a: Vector
    b: Vector
    c: Vector
    d: Vector

    @property
    def n1(self) -> Vector:
        return self.a + self.b

    @property
    def n2(self) -> Vector:
        return self.c + self.d

    @property
    def n(self) -> Vector:
        return self.n1 + self.n2

    @property
    def events(self) -> Vector:
        return self.a + self.c

    @property
    def without_contrast(self) -> Mask:
        """True where no patient, or every patient, had the event: nothing is said of a ratio."""
        return np.asarray((self.events == 0) | (self.events == self.n))

    def only(self, chosen: Mask) -> "Tables":
        return Tables(self.a[chosen], self.b[chosen], self.c[chosen], self.d[chosen])


def tables(events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike) -> Tables:
    """From events and sizes of both arms, each (k,). Raises CannotBe where events exceed patients."""
    a, m = whole("the events of arm 1", events1), whole("the size of arm 1", n1, 1)
    c, n = whole("the events of arm 2", events2), whole("the size of arm 2", n2, 1)
    same_length(events1=a, n1=m, events2=c, n2=n)
    for arm, events, size in ((1, a, m), (2, c, n)):
        if (events > size).any():
            at = int(np.flatnonzero(events > size)[0])
            raise CannotBe(
                f"arm {arm} of study {at + 1} has {events[at]:g} events among {size[at]:g} patients"
            )
    return Tables(a, m - a, c, n - c)


def log_odds_ratio(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only zero",
) -> Effects:
    """log OR, Woolf's variance 1/a + 1/b + 1/c + 1/d; arguments (k,).

    Studies without any contrast are left out and remarked. A zero cell raises CannotBe unless `add`
    is given (to the tables with a zero, or `to="all"`). Woolf 1955; Gart & Zweifel 1967."""
    given = tables(events1, n1, events2, n2)
    kept = ~given.without_contrast
    t, remark = _filled(given.only(kept), add, to)
    v = 1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d
    return effects("OR", np.log(t.a * t.d / (t.b * t.c)), v, kept, *_left_out(kept), *remark)


def log_risk_ratio(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only zero",
) -> Effects:
    """log RR, variance 1/a − 1/n1 + 1/c − 1/n2; arguments (k,). Studies without an event are left
    out and remarked; a zero cell as in `log_odds_ratio`. Katz et al. 1978, doi:10.2307/2530610."""
    given = tables(events1, n1, events2, n2)
    kept = given.events > 0
    t, remark = _filled(given.only(kept), add, to, events_only=True)
    v = 1 / t.a - 1 / t.n1 + 1 / t.c - 1 / t.n2
    if (v <= 0).any():
        at = int(np.flatnonzero(kept)[np.flatnonzero(v <= 0)[0]])
        raise CannotBe(
            f"every patient of study {at + 1} had the event, so its log RR has no spread; {INSTEAD}"
        )
    y = np.log(t.a / t.n1) - np.log(t.c / t.n2)
    return effects("RR", y, v, kept, *_left_out(kept), *remark)


def risk_difference(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only zero",
) -> Effects:
    """RD = a/n1 − c/n2, variance ab/n1³ + cd/n2³; arguments (k,). Where both arms are all or nothing
    the variance would be 0 and the study is refused unless `add` is given."""
    given = tables(events1, n1, events2, n2)
    one_of("to", to, TO)
    still = (given.a * given.b == 0) & (given.c * given.d == 0)
    if still.any() and not add:
        at = int(np.flatnonzero(still)[0])
        raise CannotBe(f"the risks of study {at + 1} are all or nothing; {INSTEAD}")
    t, remark = _filled(given, add, to) if add else (given, ())
    v = t.a * t.b / t.n1**3 + t.c * t.d / t.n2**3
    return effects("RD", t.a / t.n1 - t.c / t.n2, v, None, *remark)


def _filled(
    t: Tables, add: float, to: str, events_only: bool = False
) -> tuple[Tables, tuple[str, ...]]:
    """A risk ratio can bear an arm in which everybody had the event; an odds ratio cannot."""
    one_of("to", to, TO)
    if not 0 <= add < math.inf:
        raise CannotBe(f"{add} to be added to each cell; a finite number from 0 on is needed")
    zero = t.a * t.c == 0 if events_only else t.a * t.b * t.c * t.d == 0
    if zero.any() and not add:
        at = int(np.flatnonzero(zero)[0])
        raise CannotBe(
            f"a study has a cell of 0 ({t.a[at]:g} of {t.n1[at]:g} against {t.c[at]:g} of "
            f"{t.n2[at]:g}); {INSTEAD}"
        )
    any_zero = t.a * t.b * t.c * t.d == 0
    more = np.where(any_zero | (to == "all"), add, 0.0)
    if not more.any():
        return t, ()
    told = f"{add:g} was added to each cell of {int((more > 0).sum())} of {t.a.size} tables"
    return Tables(t.a + more, t.b + more, t.c + more, t.d + more), (told,)


def _left_out(kept: Mask) -> tuple[str, ...]:
    missing = np.flatnonzero(~kept) + 1
    if not missing.size:
        return ()
    numbers = ", ".join(str(int(number)) for number in missing)
    return (f"left out, because no ratio can be told from them: studies {numbers}",)
