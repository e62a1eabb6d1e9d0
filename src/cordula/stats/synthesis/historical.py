"""What do earlier studies lead to expect of the next one: the meta-analytic-predictive (MAP) prior?

Means: the predictive distribution of `hierarchical`. Proportions and rates: quadrature over μ, τ and every study's
truth, no sampling. Neuenschwander et al. 2010, doi:10.1177/1740774509356002; Schmidli et al. 2014,
doi:10.1111/biom.12242. Make it robust before use (`borrowing.robustified`)."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from cordula.stats.borrowing import Mixture
from cordula.stats.borrowing.families import Kind
from cordula.stats.borrowing.fit import Points, fit_points, points_of
from cordula.stats.refusals import CannotBe, NotConverged
from cordula.stats.synthesis.checks import Vector, places, positive, probability, same_length, whole
from cordula.stats.synthesis.counts import Counts, binomial_counts, rate_counts
from cordula.stats.synthesis.hierarchical import hierarchical
from cordula.stats.synthesis.marginals import NormalMixture
from cordula.stats.synthesis.moments import SHARP, proportion_moments, rate_moments
from cordula.stats.synthesis.priors import TauPrior
from cordula.stats.synthesis.quadrature import legendre_transform, unit_nodes
from cordula.stats.synthesis.series_kernels import series_along, series_at, series_quantile
from cordula.stats.synthesis.tensor import integrated, predictive_at

RULES = (128, 256, 512)
TOLERANCE = 1e-7
EVEN, ENDS, FITTED = 400, 64, 96
Density = Callable[[Vector], Vector]


@dataclass(frozen=True, slots=True)
class Stretch:
    """θ = centre + scale·sinh(reach·(2u − 1)): dense where the mass is, and far into the tails."""

    centre: float
    scale: float
    reach: float

    def at(self, u: Vector) -> Vector:
        return np.asarray(self.centre + self.scale * np.sinh(self.reach * (2 * u - 1)))

    def slope(self, u: Vector) -> Vector:
        return np.asarray(2 * self.reach * self.scale * np.cosh(self.reach * (2 * u - 1)))

    def place(self, theta: Vector) -> Vector:
        return np.asarray(0.5 + 0.5 * np.arcsinh((theta - self.centre) / self.scale) / self.reach)


@dataclass(frozen=True, slots=True, eq=False)
class MapPrior:
    """The truth of one further study, on the scale on which it is observed: a mean, a proportion, a rate.

    `grid` and `grid_density` tell its density there. τ and μ are on the link scale (identity, logit,
    log). `log_evidence` is log p(data), None where μ is flat. `exact` is the distribution of a mean, whose tails may
    reach beyond any grid. `mean` or `sd` of a rate is None where it has no finite value, and `reason` says why."""

    kind: Kind
    k: int
    mean: float | None
    sd: float | None
    median: float
    lower: float
    upper: float
    level: float
    tau_mean: float
    tau_sd: float
    mu_mean: float
    mu_sd: float
    log_evidence: float | None
    series: Vector
    stretch: "Stretch"
    exact: NormalMixture | None = None
    reason: str = ""

    @property
    def grid(self) -> Vector:
        """Points even on the link scale, as far as the density is above 1e−7 of its height."""
        return _evenly(self.kind, self.series, self.stretch)[0]

    @property
    def grid_density(self) -> Vector:
        """The density at `grid`."""
        return _evenly(self.kind, self.series, self.stretch)[1]

    def cdf(self, x: ArrayLike) -> Vector:
        """P(θ ≤ x) on the observed scale; shape of x."""
        if self.exact is not None:
            return self.exact.cdf(x)
        told = [series_at(self.series, u)[0] for u in self._places(x).ravel()]
        return np.array(told).reshape(np.shape(x))

    def density(self, x: ArrayLike) -> Vector:
        """On the observed scale; shape of x."""
        if self.exact is not None:
            return self.exact.density(x)
        u = self._places(x)
        inside = (u > 0) & (u < 1)
        told = np.array([series_at(self.series, place)[1] for place in u.ravel()]).reshape(u.shape)
        theta = self.stretch.at(np.where(inside, u, 0.5))
        told = np.maximum(told, 0.0) / self.stretch.slope(u) / _stride(self.kind, theta)
        return np.asarray(np.where(inside, told, 0.0))

    def quantile(self, p: ArrayLike) -> Vector:
        """On the observed scale; shape of p."""
        wanted = np.asarray(p, dtype=np.float64)
        if not ((wanted > 0) & (wanted < 1)).all():
            raise CannotBe(f"a quantile of {wanted} asked for; p lies between 0 and 1")
        if self.exact is not None:
            return self.exact.quantile(wanted)
        u = [series_quantile(self.series, float(one), 0.5) for one in wanted.ravel()]
        return _back(self.kind, self.stretch.at(np.array(u))).reshape(wanted.shape)

    def mixture(self, components: int | None = None) -> Mixture:
        """The conjugate mixture nearest to it; how many components, or as many as AIC asks for."""
        return fit_points(_points(self), components)

    def _places(self, x: ArrayLike) -> Vector:
        """Where x lies on (0, 1); what lies beyond has no mass left."""
        theta = _linked(self.kind, places(x))
        return np.clip(self.stretch.place(theta), 0.0, 1.0)


def map_normal(
    y: ArrayLike,
    se: ArrayLike,
    prior: TauPrior,
    *,
    mu_mean: float = 0.0,
    mu_sd: float = math.inf,
    level: float = 0.95,
) -> MapPrior | NotConverged:
    """MAP prior of a mean from earlier means `y` and their `se`, (k,); arguments as `hierarchical`."""
    fit = hierarchical(y, se, prior, mu_mean=mu_mean, mu_sd=mu_sd, level=level)
    if isinstance(fit, NotConverged):
        return fit
    ahead = fit.prediction
    if ahead.mean is None or ahead.sd is None or fit.tau.mean is None or fit.tau.sd is None:
        raise CannotBe(
            f"with {fit.y.size} studies and the prior “{prior.name}” the predictive SD is infinite; "
            "a prior with lighter tails is needed"
        )
    evidence = None if math.isinf(mu_sd) else fit.log_marginal
    mu = float(fit.mu_posterior.centre), float(fit.mu_posterior.spread)
    moments = (fit.tau.mean, fit.tau.sd, *mu)
    density = fit.prediction_posterior.density
    told = _told("normal", fit.y.size, density, moments, evidence, level)
    if isinstance(told, NotConverged):
        return told
    return replace(
        told, mean=ahead.mean, sd=ahead.sd, median=ahead.median, lower=ahead.lower, upper=ahead.upper,
        exact=fit.prediction_posterior,
    )  # fmt: skip


def map_binomial(
    events: ArrayLike,
    n: ArrayLike,
    prior: TauPrior,
    *,
    mu_mean: float = 0.0,
    mu_sd: float = 2.0,
    level: float = 0.95,
) -> MapPrior | NotConverged:
    """MAP prior of a proportion from earlier `events` of `n`, (k,); τ and μ ~ N(mu_mean, mu_sd²) on the
    logit scale. Arms with 0 or n events count as they are."""
    x, size = whole("the events", events), whole("the size", n, 1)
    same_length(events=x, sizes=size)
    if (x > size).any():
        raise CannotBe("there are more events than patients")
    return _counted(binomial_counts(x, size), "beta", prior, mu_mean, mu_sd, level)


def map_rate(
    events: ArrayLike,
    exposure: ArrayLike,
    prior: TauPrior,
    *,
    mu_mean: float = 0.0,
    mu_sd: float = 2.0,
    level: float = 0.95,
) -> MapPrior | NotConverged:
    """MAP prior of a rate from earlier `events` in `exposure` (person-time), (k,); τ and μ on the log
    scale of the rate.

    The rate has a mean only where τ's prior falls faster than e^(−τ²/2), an SD where faster than e^(−2τ²): of a
    half-normal(s), s < 1 and s < ½. Else they are None with a `reason`; the quantiles stand in any case."""
    x, time = whole("the events", events), positive("the exposure", exposure)
    same_length(events=x, exposure=time)
    return _counted(rate_counts(x, time), "gamma", prior, mu_mean, mu_sd, level)


def _counted(
    counts: Counts, kind: Kind, prior: TauPrior, mu_mean: float, mu_sd: float, level: float
) -> MapPrior | NotConverged:
    probability("the level", level)
    if not (0 < mu_sd < math.inf and math.isfinite(mu_mean)):
        raise CannotBe(f"the prior of μ is N({mu_mean}, {mu_sd}²); a finite SD above 0 is needed")
    found = integrated(counts, prior, mu_mean, mu_sd)
    if isinstance(found, NotConverged):
        return found
    told = _told(
        kind,
        counts.x.size,
        lambda theta: predictive_at(found, theta),
        (found.tau_mean, found.tau_sd, found.mu_mean, found.mu_sd),
        found.log_evidence,
        level,
    )
    if isinstance(told, NotConverged):
        return told
    if kind == "beta":
        mean, sd = proportion_moments(found)
        return replace(told, mean=mean, sd=sd)
    first, second, reason = _rate_moments(counts, prior, mu_mean, mu_sd, told)
    return replace(told, mean=first, sd=second, reason=reason)


def _rate_moments(
    counts: Counts, prior: TauPrior, mu_mean: float, mu_sd: float, told: MapPrior
) -> tuple[float | None, float | None, str]:
    evidence = float(told.log_evidence or 0.0)
    mean, sd, reason = rate_moments(counts, prior, mu_mean, mu_sd, evidence)
    if mean is not None and sd is not None and sd < SHARP * mean:
        return told.mean, told.sd, reason
    return mean, sd, reason


def _told(
    kind: Kind,
    k: int,
    density: Density,
    moments: tuple[float, float, float, float],
    evidence: float | None,
    level: float,
) -> MapPrior | NotConverged:
    """The density as a series along a stretched link scale, with points doubled until the last terms
    are nothing."""
    stretch = _stretched(density, moments)
    for n in RULES:
        u, w = unit_nodes(n)
        theta = stretch.at(u)
        values = density(theta) * stretch.slope(u)
        series = legendre_transform(n) @ values
        if np.abs(series[-n // 8 :]).max() < TOLERANCE * np.abs(series).max():
            break
    else:
        return NotConverged("MAP", f"{n} points do not resolve the predictive density", n)
    total = float(w @ values)
    mean, sd = _moments(kind, theta, w * values / total)
    tails = (0.5, 0.5 * (1 - level), 0.5 * (1 + level))
    places = np.array([series_quantile(series / total, p, 0.5) for p in tails])
    ends = _back(kind, stretch.at(places))
    return MapPrior(
        kind,
        k,
        mean,
        sd,
        float(ends[0]),
        float(ends[1]),
        float(ends[2]),
        level,
        tau_mean=moments[0],
        tau_sd=moments[1],
        mu_mean=moments[2],
        mu_sd=moments[3],
        log_evidence=evidence,
        series=series / total,
        stretch=stretch,
    )


def _moments(kind: Kind, theta: Vector, mass: Vector) -> tuple[float, float]:
    """On the observed scale; of a rate only as far as the grid goes (see `moments`)."""
    with np.errstate(over="ignore", invalid="ignore"):
        natural = _back(kind, theta)
        mean = float(mass @ natural)
        return mean, math.sqrt(float(mass @ (natural - mean) ** 2))


def _alive(series: Vector, stretch: Stretch) -> tuple[float, float]:
    """From where to where on (0, 1) the density is above 1e−7 of its height; below lies the series' own noise."""
    u = np.arange(1, ENDS) / ENDS
    high = series_along(series, u) / stretch.slope(u)
    low, top = u[np.flatnonzero(high > 1e-7 * high.max())[[0, -1]]]
    return float(low), float(top)


def _evenly(kind: Kind, series: Vector, stretch: Stretch) -> tuple[Vector, Vector]:
    """Points even on the link scale, where sums over them are as good as integrals, and the density
    there on the observed scale."""
    low, high = stretch.at(np.array(_alive(series, stretch)))
    theta = np.linspace(low, high, EVEN + 1)
    place = stretch.place(theta)
    natural = _back(kind, theta)
    density = series_along(series, place) / stretch.slope(place) / _stride(kind, theta)
    # Near its end a proportion is 1 to the last bit, and there is no density left to tell apart.
    kept = (density > 0) & np.isfinite(density) & (np.diff(natural, append=np.inf) > 0)
    return natural[kept], density[kept]


def _points(prior: MapPrior, number: int = FITTED) -> Points:
    """Gauss–Legendre where the density is, with logarithms from the link scale, exact to the very edge."""
    low, high = _alive(prior.series, prior.stretch)
    nodes, share = unit_nodes(number)
    u = low + (high - low) * nodes
    mass = np.maximum(series_along(prior.series, u), 1e-300) * share
    theta, mass = prior.stretch.at(u), mass / mass.sum()
    height = np.log(mass / share / (high - low) / prior.stretch.slope(u))
    if prior.kind == "normal":
        centre, spread = float(prior.mean or 0.0), float(prior.sd or 1.0)
        x = (theta - centre) / spread
        seen, height = np.array([x, x * x]), height + math.log(spread)
        return points_of("normal", x, seen, mass, height, centre, spread)
    if prior.kind == "beta":
        seen = -np.array([np.logaddexp(0, -theta), np.logaddexp(0, theta)])
        return points_of("beta", expit(theta), seen, mass, height - seen.sum(0), 0.0, 1.0)
    rate = np.exp(theta)
    return points_of("gamma", rate, np.array([rate, theta]), mass, height - theta, 0.0, 1.0)


def _stretched(density: Density, moments: tuple[float, float, float, float]) -> Stretch:
    """As far as the density is above 1e−12 of its height."""
    tau, _, centre, mu_sd = moments
    scale = math.sqrt(0.1 * tau**2 + mu_sd**2)
    steps = scale * np.geomspace(1, 1000, 25)
    peak = float(density(np.array([centre]))[0])
    near, far = 0, steps.size - 1
    while far - near > 1:
        step = steps[half := (near + far) // 2]
        high = density(np.array([centre + step, centre - step])).max() * step / scale
        near, far = (half, far) if high >= 1e-12 * peak else (near, half)
    return Stretch(centre, scale, math.asinh(float(steps[far]) / scale))


def _linked(kind: Kind, x: Vector) -> Vector:
    if kind == "normal":
        return x
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(logit(x) if kind == "beta" else np.log(x))


def _back(kind: Kind, theta: Vector) -> Vector:
    if kind == "normal":
        return theta
    return np.asarray(expit(theta) if kind == "beta" else np.exp(theta))


def _stride(kind: Kind, theta: Vector) -> Vector:
    """dx/dθ."""
    if kind == "normal":
        return np.ones(theta.shape)
    return np.asarray(expit(theta) * expit(-theta) if kind == "beta" else np.exp(theta))
