"""From prior to posterior: what was believed of the heterogeneity before and after, and what follows for the mean and for a further study."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cordula.evidence.answer import Answer
from cordula.evidence.plots.figure import (
    BRAND,
    INK,
    INK_2,
    RULE_2,
    SETTINGS,
    Figure,
    finished,
)
from cordula.evidence.plots.funnel import SCALES
from cordula.evidence.posterior import posterior, tau_prior
from cordula.evidence.scales import usable
from cordula.evidence.words import measure

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from cordula.stats.synthesis.hierarchical import Hierarchical

    Vector = NDArray[np.float64]

HEADINGS = ("What", "Median", "Low (95%)", "High (95%)")
POINTS = 400


def beliefs(answer: Answer) -> Figure | None:
    """None where no study has an estimate with its standard error."""
    y, se = usable(answer.inputs)
    if not y:
        return None
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    asked = answer.asked
    found = posterior(asked, answer.inputs, asked.tau.priors[0])
    with mpl.rc_context(SETTINGS):
        canvas = Canvas(figsize=(9.0, 3.6), layout="constrained")
        left, right = canvas.subplots(1, 2)
        _heterogeneity(left, found, asked.tau.priors[0], se)
        _effect(right, found, y, se)
        right.set_xlabel(f"{SCALES[asked.scale]} ({asked.unit})")
        title = f"{measure(asked.measures[0]).words}: from prior to posterior, {found.prior.name}"
        return finished(
            canvas,
            answer.key,
            "prior-to-posterior",
            title,
            asked.tau.why,
            [HEADINGS, *_rows(found)],
        )


def _heterogeneity(axes: "Axes", found: "Hierarchical", prior: str, se: Sequence[float]) -> None:
    import numpy as np

    tau = np.linspace(1e-6, 1.6 * found.tau.upper, POINTS)
    before = np.exp(tau_prior(prior).log_density(tau, np.asarray(se)))
    axes.plot(tau, before, color=INK_2, linestyle="--", label="prior")
    axes.plot(tau, found.tau_posterior.density(tau), color=BRAND, linewidth=2, label="posterior")
    _finish(axes, "heterogeneity τ (pooled scale)")


def _effect(axes: "Axes", found: "Hierarchical", y: Sequence[float], se: Sequence[float]) -> None:
    import numpy as np

    reach = 1.2 * (found.prediction.upper - found.prediction.lower) / 2
    x = np.linspace(found.prediction.median - reach, found.prediction.median + reach, POINTS)
    for at, (one, error) in enumerate(zip(y, se, strict=True)):
        own = np.exp(-0.5 * ((x - one) / error) ** 2) / (error * np.sqrt(2 * np.pi))
        axes.plot(x, own, color=RULE_2, linewidth=1, label="each study" if at == 0 else None)
    axes.plot(x, found.mu_posterior.density(x), color=BRAND, linewidth=2, label="mean")
    further = found.prediction_posterior.density(x)
    axes.plot(x, further, color=INK, linestyle="--", label="a further study")
    _finish(axes, "")


def _finish(axes: "Axes", label: str) -> None:
    axes.set_ylim(bottom=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label)
    axes.legend(frameon=False, fontsize=9)


def _rows(found: "Hierarchical") -> list[tuple[str, ...]]:
    parts = (
        ("Heterogeneity τ", found.tau),
        ("Mean", found.mu),
        ("A further study", found.prediction),
    )
    return [(name, f"{s.median:.4g}", f"{s.lower:.4g}", f"{s.upper:.4g}") for name, s in parts]
