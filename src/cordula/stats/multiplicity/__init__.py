"""Several hypotheses in one trial, and one error for all of them.

Inputs, the same everywhere here unless a function says otherwise:

    p: P values, shape (m,), from 0 to 1, in any order unless the method has one
    alpha: the familywise error that is kept
    weights: the share of α of each hypothesis, shape (m,), summing to at most 1
    graph, m: a `Graph`; how many hypotheses
    names: of the hypotheses, for people

Source where neither a function nor its module names one: Bretz, Hothorn & Westfall 2010, Multiple Comparisons
Using R."""

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
