"""What does each arm show at each visit, for infants alike at baseline? The usual repeated-measures trial."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cordula.stats.asked import asked
from cordula.stats.models.estimate import Estimate
from cordula.stats.models.inputs import Floats, arms, array, columns, plain
from cordula.stats.models.mmrm import Df, Mmrm, mmrm
from cordula.stats.refusals import CannotBe, NotConverged, whole


@dataclass(frozen=True, slots=True, eq=False)
class RepeatedTrial:
    """`effects[k − 1][v]` is arm k less arm 0 at visit v, `means[k][v]` the least-squares mean of arm k,
    at mean covariates. The coefficients of `model` are the means of arm 0 at each visit, then the effects
    arm by arm, then each covariate at each visit."""

    effects: tuple[tuple[Estimate, ...], ...]
    means: tuple[tuple[Estimate, ...], ...]
    model: Mmrm


@asked
def repeated_trial(
    outcome: ArrayLike,
    arm: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    df: Df = "kenward-roger-linear",
    level: float = 0.95,
) -> RepeatedTrial | NotConverged:
    """MMRM of `outcome` (n, visits; not a number where missed) by `arm` (n,) × visit and each of
    `covariates` (n, p) × visit, unstructured covariance, REML.

    The linear form of Kenward & Roger is the default since it does not depend on how the covariance is
    written, and gives a single visit the error that its analysis of covariance has.

    Mallinckrodt et al. (2008), Drug Inf J 42:303–319. Answers NotConverged with the reason where there is
    none; raises CannotBe for misfits."""
    y = array("outcome", outcome)
    if y.ndim != 2:
        raise CannotBe(f"outcome has shape {y.shape}; infants by visits is needed")
    group, count = arms(arm, len(y))
    x = np.zeros((len(y), 0)) if covariates is None else columns("covariates", covariates, len(y))
    found = mmrm(y, repeated_design(group, x, y.shape[1]), df=df)
    if isinstance(found, NotConverged):
        return found
    return _told(found, count, y.shape[1], level)


@asked
def repeated_design(arm: ArrayLike, covariates: ArrayLike, visits: int) -> Floats:
    """Columns as `RepeatedTrial` says, covariates (n, c; c may be 0) less their mean: (n, visits, p).

    Raises CannotBe for misfits."""
    whole(1, visits=visits)
    n = np.size(plain("arm", arm))
    group, count = arms(arm, n)
    known = columns("covariates", covariates, n)
    centred = known - known.mean(axis=0)
    across = np.column_stack([np.ones(n), group[:, None] == np.arange(1, count), centred])
    design = across[:, None, :, None] * np.eye(visits)[:, None, :]
    return np.asarray(design.reshape(n, visits, -1), dtype=np.float64)


def _told(model: Mmrm, count: int, visits: int, level: float) -> RepeatedTrial:
    rows = np.eye(model.coefficients.size)
    effects = tuple(
        tuple(model.estimate(rows[k * visits + v], level) for v in range(visits))
        for k in range(1, count)
    )
    means = tuple(
        tuple(
            model.estimate(rows[v] + (rows[k * visits + v] if k else 0.0), level)
            for v in range(visits)
        )
        for k in range(count)
    )
    return RepeatedTrial(effects, means, model)
