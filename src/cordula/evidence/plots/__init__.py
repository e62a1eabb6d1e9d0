"""Pictures of an answer as SVG, each with the table that says the same in rows."""

from cordula.evidence.answer import Answer
from cordula.evidence.plots.figure import Figure


def figures(answer: Answer) -> tuple[Figure, ...]:
    """Forest, funnel and prior-to-posterior plot, those that the answer has something to draw for."""
    from cordula.evidence.plots.beliefs import beliefs
    from cordula.evidence.plots.forest import forest
    from cordula.evidence.plots.funnel import funnel

    drawn = (forest(answer), funnel(answer), beliefs(answer))
    return tuple(one for one in drawn if one is not None)


__all__ = ["Figure", "figures"]
