"""What is known of a cohort without keeping it? Counts, means and spreads, one block after another."""

import numpy as np

from cordula.heart.ask.cohort import Block
from cordula.heart.expression import Values


class Tally:
    """Means, standard deviations and extremes of every outcome, in memory that does not grow with the infants.

    Chan, Golub & LeVeque 1983 (Am Stat 37:242), equation 2.1, block by block in their order: the same to the last bit
    whoever computed them."""

    def __init__(self) -> None:
        self.infants, self.reasons = 0, dict[str, int]()
        self._count = dict[str, int]()
        self._mean, self._square = dict[str, float](), dict[str, float]()
        self._least, self._most = dict[str, float](), dict[str, float]()

    def add(self, block: Block) -> None:
        self.infants += len(block)
        for reason in block.reasons[~block.found]:
            self.reasons[str(reason)] = self.reasons.get(str(reason), 0) + 1
        for name, values in block.outcomes.items():
            known = values[np.isfinite(values)]
            if known.size:
                self._add(name, known)

    def _add(self, name: str, values: Values) -> None:
        before, n = self._count.get(name, 0), values.size
        mean, square = float(values.mean()), float(((values - values.mean()) ** 2).sum())
        apart = mean - self._mean.get(name, 0.0)
        self._count[name] = before + n
        self._mean[name] = self._mean.get(name, 0.0) + apart * n / (before + n)
        gained = square + apart**2 * before * n / (before + n)
        self._square[name] = self._square.get(name, 0.0) + gained
        self._least[name] = min(self._least.get(name, np.inf), float(values.min()))
        self._most[name] = max(self._most.get(name, -np.inf), float(values.max()))

    def told(self) -> dict[str, dict[str, float]]:
        """By outcome: count, mean, sd, least, most."""
        return {
            name: {
                "count": float(n),
                "mean": self._mean[name],
                "sd": (self._square[name] / (n - 1)) ** 0.5 if n > 1 else 0.0,
                "least": self._least[name],
                "most": self._most[name],
            }
            for name, n in self._count.items()
        }
