"""What is measured of each patient at each of several visits? Correlated normal outcomes, and who stays to be measured."""

from dataclasses import dataclass
from math import nan

import numpy as np

from cordula.stats.asked import asked
from cordula.stats.models.inputs import array
from cordula.stats.refusals import CannotBe, finite
from cordula.stats.simulation.asked_for import block, two_arms
from cordula.stats.simulation.dropout import intercept
from cordula.stats.simulation.normal import normal_plain
from cordula.stats.simulation.patients import Arms
from cordula.stats.simulation.philox import Floats, Words, uniforms
from cordula.stats.simulation.purposes import OUTCOMES_APART, PATIENT, VISITS


@asked
@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """means, sds: shape (2, V), of each arm at each visit; correlations: shape (V, V); baseline: correlation of
    the outcome with the baseline, alike at all visits; dropout: share that is missing at the last visit, in
    equal steps from visit to visit; dropout_by_baseline: log odds for one SD of baseline."""

    means: Floats
    sds: Floats
    correlations: Floats
    baseline: float = 0.0
    dropout: float = 0.0
    dropout_by_baseline: float = 0.0

    def __post_init__(self) -> None:
        for name in ("means", "sds", "correlations"):
            held = array(name, getattr(self, name))
            if held.ndim != 2 or not np.isfinite(held).all():
                raise CannotBe(
                    f"{name} {held.tolist()} cannot be: a table of finite numbers is needed"
                )
            object.__setattr__(self, name, held)
        finite(baseline=self.baseline, dropout_by_baseline=self.dropout_by_baseline)
        intercept(self.dropout, self.dropout_by_baseline)
        visits = self.means.shape[1]
        if self.means.shape[0] != 2 or self.correlations.shape != (visits, visits):
            raise CannotBe(
                f"means of shape {self.means.shape} and correlations of shape {self.correlations.shape}: "
                "2 arms by visits, and visits by visits"
            )
        if not np.array_equal(self.correlations, self.correlations.T) or np.any(
            np.diag(self.correlations) != 1.0
        ):
            raise CannotBe(
                f"correlations {self.correlations.tolist()}: 1 on the diagonal, and alike on both sides"
            )
        if not 2 <= visits <= 4 or self.sds.shape != (2, visits) or np.min(self.sds) <= 0:
            raise CannotBe(f"2 to 4 visits, each with a mean and a spread above 0, not {visits}")
        if np.linalg.eigvalsh(self.residual).min() <= 0:
            raise CannotBe(
                f"correlations {self.correlations.tolist()} with {self.baseline:g} to the baseline cannot "
                "be: no outcomes go together like that"
            )

    @property
    def residual(self) -> Floats:
        """What is left of the correlations between visits once the baseline is known."""
        return np.asarray(self.correlations - self.baseline**2)


@asked
def drawn(
    visits: Visits, arms: Arms, stream: Words, first: int, trials: int
) -> tuple[Floats, Floats]:
    """Baseline, shape (trials, N), and outcomes, shape (trials, N, V), NaN from the visit on that was missed.

    arms: int8, shape (1, N) or (trials, N)."""
    block(stream, first, trials)
    arms = np.broadcast_to(two_arms(arms, trials), (trials, arms.shape[1]))
    u = uniforms(stream, first, trials, PATIENT, arms.shape[1])
    x = normal_plain(u[0])
    z = normal_plain(uniforms(stream, first, trials, VISITS, arms.shape[1]))
    count = visits.means.shape[1]
    root = np.linalg.cholesky(visits.residual)
    apart = np.moveaxis(z[:count], 0, 2) @ root.T + visits.baseline * x[:, :, None]
    y = visits.means[arms] + visits.sds[arms] * apart
    return x, np.where(_gone(visits, x, stream, first, count), nan, y)


def _gone(visits: Visits, x: Floats, stream: Words, first: int, count: int) -> Floats:
    """Whether each patient has left by each visit: the chance to leave is the same at each of them."""
    at_each = 1 - (1 - visits.dropout) ** (1 / count)
    odds = intercept(at_each, visits.dropout_by_baseline) + visits.dropout_by_baseline * x
    u = uniforms(stream, first, x.shape[0], VISITS + OUTCOMES_APART, x.shape[1])[:count]
    leaves = np.moveaxis(u, 0, 2) < (1 / (1 + np.exp(-odds)))[:, :, None]
    return np.asarray(np.maximum.accumulate(leaves, axis=2))
