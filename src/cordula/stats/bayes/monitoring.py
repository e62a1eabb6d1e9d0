"""When does a two-arm trial with a yes-or-no outcome stop, judged by the posterior P(p₁ > p₂ + margin)?

The counts form a lattice, so every decision is made before the first infant: a table for each look."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cordula.stats.bayes.checks import beta_prior
from cordula.stats.bayes.one_arm import check_looks
from cordula.stats.bayes.posteriors import Array
from cordula.stats.bayes.superiority import superiority_table
from cordula.stats.refusals import CannotBe, NotConverged

SUPERIOR, OPEN, FUTILE = 1, 0, -1
Table = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class BinaryMonitoring:
    """looks: infants in arm 1 and arm 2 at each look, rising in both. At look k the trial stops as superior when
    P(p₁ > p₂ + margin) > superior[k], as futile when it is < futile[k] (0: never). priors: beta (a, b)."""

    looks: tuple[tuple[int, int], ...]
    superior: tuple[float, ...]
    futile: tuple[float, ...] = ()
    margin: float = 0.0
    prior_1: tuple[float, float] = (1.0, 1.0)
    prior_2: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        if np.ndim(self.looks) != 2 or np.shape(self.looks)[1:] != (2,):
            raise CannotBe(f"looks {self.looks}: the infants in arm 1 and in arm 2 at each look")
        if np.ndim(self.superior) != 1 or np.ndim(self.futile) != 1:
            raise CannotBe(f"superior {self.superior}, futile {self.futile}: one for each look")
        for arm in (0, 1):
            check_looks(tuple(look[arm] for look in self.looks))
        if len(self.superior) != len(self.looks) or len(self.futile) not in (0, len(self.looks)):
            raise CannotBe(
                f"{len(self.superior)} superior, {len(self.futile)} futile: one for each look"
            )
        if not all(
            0 <= low < high <= 1 for low, high in zip(self.lower, self.superior, strict=True)
        ):
            raise CannotBe(f"futile {self.futile} below superior {self.superior}, between 0 and 1")
        beta_prior(self.prior_1)
        beta_prior(self.prior_2)
        if not -1 < self.margin < 1:
            raise CannotBe(f"a margin of {self.margin} between two probabilities: between −1 and 1")

    @property
    def lower(self) -> tuple[float, ...]:
        return self.futile or (0.0,) * len(self.looks)


def posterior_table(design: BinaryMonitoring, look: int) -> Array | NotConverged:
    """P(p₁ > p₂ + margin) for every pair of counts at look 0, 1, …; shape (n₁ + 1, n₂ + 1)."""
    if look not in range(len(design.looks)):
        raise CannotBe(f"look {look}; the first is 0 and there are {len(design.looks)}")
    one, two = design.looks[look]
    if design.margin == 0:
        return superiority_table(design.prior_1, design.prior_2, one, two)
    from cordula.stats.borrowing.difference import lattice_cdf
    from cordula.stats.borrowing.mixture import beta_mixture
    from cordula.stats.borrowing.one_arm import count_table

    known_1 = count_table(beta_mixture((1, *design.prior_1)), one, one)
    known_2 = count_table(beta_mixture((1, *design.prior_2)), two, two)
    below = lattice_cdf("beta", known_1, known_2, design.margin)
    return below if isinstance(below, NotConverged) else 1.0 - below


@lru_cache(maxsize=256)
def decision_tables(design: BinaryMonitoring) -> tuple[Table, ...] | NotConverged:
    """SUPERIOR, OPEN or FUTILE for every pair of counts at every look."""
    tables: list[Table] = []
    for look in range(len(design.looks)):
        certain = posterior_table(design, look)
        if isinstance(certain, NotConverged):
            return certain
        decided = np.zeros(certain.shape, np.int8)
        decided[certain < design.lower[look]] = FUTILE
        decided[certain > design.superior[look]] = SUPERIOR
        decided.flags.writeable = False
        tables.append(decided)
    return tuple(tables)
