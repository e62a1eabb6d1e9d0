"""Which product of stagewise P values is small enough to stop? Fisher's combination test.

Bauer & Köhne 1994 (Biometrics 50, 1029); Wassmer 1999 (Stat Med 18, 279) for more than two stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, prod

from numpy.polynomial import Polynomial

from cordula.stats.asked import asked
from cordula.stats.refusals import CannotBe, finite, whole
from cordula.stats.sequential.normal import lower_tail, upper_quantile

Pieces = list[tuple[float, Polynomial]]  # each polynomial from its start to the next one's


@dataclass(frozen=True, slots=True)
class FisherDesign:
    """Reject at look k if p₁···p_k ≤ critical_k; stop without rejecting if p_k > futility_k (1: never)."""

    alpha: float
    critical: tuple[float, ...]
    futility: tuple[float, ...]
    spent: tuple[float, ...]

    @property
    def looks(self) -> int:
        return len(self.critical)


@asked
def fisher_design(
    looks: int = 3,
    alpha: float = 0.025,
    method: str = "equal levels",
    futility: Sequence[float] = (),
    spent: Sequence[float] = (),
    binding: bool = True,
) -> FisherDesign:
    """Critical values of Fisher's product test.

    method: "equal levels" (each look alone would be tested at one local level), "full level" (the last product
    is tested at the whole α, the looks before share what binding futility leaves), "no interaction" (the last at the
    whole α, those between so that they cost nothing, the first takes the rest) or "spending" (with `spent`, the
    cumulative α by look). futility: stop if p_k is above, shape (K − 1,);
    if it is not binding no α is won back by it."""
    whole(1, looks=looks)
    shown = _futility(looks, alpha, futility)
    bounds = shown if binding else (1.0,) * looks
    if method == "spending":
        critical = _spending(alpha, tuple(spent), bounds)
    elif method == "equal levels":
        critical = _equal_levels(looks, alpha, bounds)
    elif method == "full level":
        critical = _full_level(looks, alpha, bounds)
    elif method == "no interaction":
        critical = _no_interaction(looks, alpha, bounds)
    else:
        raise CannotBe(
            f"method “{method}”; there are “equal levels”, “full level”, “no interaction” and “spending”"
        )
    return FisherDesign(alpha, critical, shown, _cumulative(critical, bounds))


@asked
def fisher_combination(p: Sequence[float]) -> tuple[float, ...]:
    """The product of the P values so far, at each look."""
    if not p or not all(0 < value <= 1 for value in p):
        raise CannotBe(f"the P values are {tuple(p)}; each must lie above 0 and at most at 1")
    return tuple(prod(p[: k + 1]) for k in range(len(p)))


@asked
def fisher_conditional_power(plan: FisherDesign, p: Sequence[float], drift: float = 0.0) -> float:
    """The power of the last stage, whose z has mean `drift`, given the P values of all stages before it."""
    if len(p) != plan.looks - 1:
        raise CannotBe(f"{len(p)} stages seen of {plan.looks}; all but the last are needed")
    finite(drift=drift)
    needed = plan.critical[-1] / fisher_combination(p)[-1]
    return 1.0 if needed >= 1 else lower_tail(drift - upper_quantile(needed))


@asked
def product_level(critical: float, stages: int) -> float:
    """P(p₁···p_k ≤ c) for uniform p: c Σ_{j<k} (−ln c)^j / j!."""
    whole(1, stages=stages)
    if stages > 1000:
        raise CannotBe(f"a product of {stages} P values; at most 1000 stages are taken")
    if not 0 < critical <= 1:
        raise CannotBe(f"the product of P values is {critical}; it must lie above 0 and up to 1")
    term, total = critical, 0.0
    for j in range(stages):
        total += term
        term *= -log(critical) / (j + 1)
    return total


def _futility(looks: int, alpha: float, futility: Sequence[float]) -> tuple[float, ...]:
    if looks < 1 or not 0 < alpha < 0.5:
        raise CannotBe(f"{looks} looks at α = {alpha}; at least one look, and α from 0 to 0.5")
    if futility and (len(futility) != looks - 1 or not all(alpha < a <= 1 for a in futility)):
        raise CannotBe(f"futility is {tuple(futility)}; {looks - 1} P values above α are needed")
    return (*(tuple(futility) or (1.0,) * (looks - 1)), 1.0)


def _equal_levels(looks: int, alpha: float, futility: tuple[float, ...]) -> tuple[float, ...]:
    from scipy.optimize import brentq

    def critical(level: float) -> tuple[float, ...]:
        return tuple(_product_critical(level, k + 1) for k in range(looks))

    if looks == 1:
        return (alpha,)
    top = min(0.9, alpha / prod(futility) * 4)
    found = brentq(
        lambda level: _cumulative(critical(level), futility)[-1] - alpha,
        alpha * 1e-3, top, xtol=1e-17, rtol=1e-15,
    )  # fmt: skip
    return critical(float(found))


def _full_level(looks: int, alpha: float, futility: tuple[float, ...]) -> tuple[float, ...]:
    """The last product at the whole α; the looks before share one local level."""
    from scipy.optimize import brentq

    last = _product_critical(alpha, looks)

    def critical(level: float) -> tuple[float, ...]:
        before = (max(last, _product_critical(level, k + 1)) for k in range(looks - 1))
        return (*before, last)

    if looks == 1 or all(bound == 1 for bound in futility):
        # Without futility a product that small at an earlier look is that small at the last as well.
        return (last,) * looks
    found = brentq(
        lambda level: _cumulative(critical(level), futility)[-1] - alpha,
        alpha * 1e-3, min(0.9, alpha / prod(futility) * 4), xtol=1e-17, rtol=1e-15,
    )  # fmt: skip
    return critical(float(found))


def _no_interaction(looks: int, alpha: float, futility: tuple[float, ...]) -> tuple[float, ...]:
    """c_k = c_K/(α_k ⋯ α_{K−1}) between: whoever stops there would have been rejected at the last look anyway."""
    from scipy.optimize import brentq

    last = _product_critical(alpha, looks)
    later = tuple(last / prod(futility[k:]) for k in range(1, looks))

    def off(first: float) -> float:
        return _cumulative((first, *later), futility)[-1] - alpha

    if looks == 1 or all(bound == 1 for bound in futility):
        return (last,) * looks
    return (float(brentq(off, later[0], alpha, xtol=1e-17, rtol=1e-15)), *later)


def _product_critical(level: float, stages: int) -> float:
    from scipy.special import gammainccinv

    # −ln of the product of k uniforms is Gamma(k): its upper tail is the level.
    return exp(-float(gammainccinv(stages, level)))


def _spending(
    alpha: float, spent: tuple[float, ...], futility: tuple[float, ...]
) -> tuple[float, ...]:
    from scipy.optimize import brentq

    if len(spent) != len(futility) or abs(spent[-1] - alpha) > 1e-12:
        raise CannotBe(f"the α spent is {spent}; one number for each look, ending at {alpha}")
    found: tuple[float, ...] = ()
    for k, amount in enumerate(spent):
        low, high = 1e-300, found[-1] if found else 1.0
        reached = _cumulative((*found, high), futility)[-1]
        if not (spent[k - 1] if k else 0.0) < amount <= reached:
            raise CannotBe(
                f"α spent {amount} at look {k + 1} cannot be; it must rise, and slowly enough"
            )
        off = lambda c, k=k, a=amount: _cumulative((*found, exp(c)), futility)[-1] - a  # noqa: B023
        found = (*found, exp(float(brentq(off, log(low), log(high), xtol=1e-15, rtol=1e-15))))
    return found


def _cumulative(critical: tuple[float, ...], futility: tuple[float, ...]) -> tuple[float, ...]:
    """α spent by each look.

    With s = −ln of the product, each stage that may go on adds −ln α₀ and an exponential; so, apart from these
    shifts, the paths are a Poisson process that must stay below rising limits, and e^{−s} times a piecewise
    polynomial is their density."""
    shift, weight, total, spent = 0.0, 1.0, 0.0, []
    density: Pieces = [(0.0, Polynomial([1.0]))]
    for k, bound in enumerate(critical):
        # The last factor is not held below its futility bound when it is judged, only when the trial goes on.
        limit = -log(bound) - shift
        total += weight * _beyond(density, limit) * 1.0
        spent.append(total)
        if k + 1 < len(critical):
            shift += -log(futility[k])
            weight *= futility[k]
            density = _went_on(density, limit + log(futility[k]))
    return tuple(spent)


def _went_on(density: Pieces, limit: float) -> Pieces:
    """One stage on: q(s) = ∫₀^{min(s, limit)} q₋₁."""
    if limit <= 0:
        return [(0.0, Polynomial([0.0]))]
    pieces, mass = [], 0.0
    for place, (start, part) in enumerate(density):
        end = density[place + 1][0] if place + 1 < len(density) else inf
        if start >= limit:
            break
        whole = part.integ()
        pieces.append((start, whole - whole(start) + mass))
        mass += whole(min(end, limit)) - whole(start)
    return [*pieces, (limit, Polynomial([mass]))]


def _beyond(density: Pieces, limit: float) -> float:
    """∫ e^{−s} q(s) ds beyond the limit."""
    total = 0.0
    for place, (start, part) in enumerate(density):
        end = density[place + 1][0] if place + 1 < len(density) else inf
        begin = max(start, limit, 0.0)
        if begin < end:
            total += _tail(part, begin) - (_tail(part, end) if end < inf else 0.0)
    return total


def _tail(part: Polynomial, start: float) -> float:
    """∫_start^∞ e^{−s} q(s) ds = e^{−start} Σ_j q⁽ʲ⁾(start)."""
    total, derived = 0.0, part
    for _ in range(part.degree() + 1):
        total += float(derived(start))
        derived = derived.deriv()
    return exp(-start) * total
