"""What may be learnt from earlier trials, and what does it cost when they disagree with this one?"""

from cordula.stats.borrowing.fit import Fit, fit_mixture, fits
from cordula.stats.borrowing.mixture import (
    Mixture,
    beta_mixture,
    cdf,
    density,
    gamma_mixture,
    log_density,
    mean,
    mixture,
    normal_mixture,
    quantile,
    sd,
    survival,
)

__all__ = [
    "Fit",
    "Mixture",
    "beta_mixture",
    "cdf",
    "density",
    "fit_mixture",
    "fits",
    "gamma_mixture",
    "log_density",
    "mean",
    "mixture",
    "normal_mixture",
    "quantile",
    "sd",
    "survival",
]
