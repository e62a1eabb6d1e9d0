"""Several hypotheses in one trial, and one error for all of them."""

from cordula.stats.multiplicity.adjusted import (
    benjamini_hochberg,
    benjamini_yekutieli,
    bonferroni,
    fallback,
    fixed_sequence,
    hochberg,
    holm,
    hommel,
    sidak,
)
from cordula.stats.multiplicity.graph import (
    Graph,
    GraphStep,
    GraphTest,
    adjusted,
    fixed_sequence_graph,
    graphical_test,
    holm_graph,
)

__all__ = [
    "Graph",
    "GraphStep",
    "GraphTest",
    "adjusted",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "bonferroni",
    "fallback",
    "fixed_sequence",
    "fixed_sequence_graph",
    "graphical_test",
    "hochberg",
    "holm",
    "holm_graph",
    "hommel",
    "sidak",
]
