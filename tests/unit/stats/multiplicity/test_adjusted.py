from itertools import combinations

import numpy as np
import pytest

from cordula.stats.multiplicity import (
    Graph,
    adjusted,
    benjamini_hochberg,
    benjamini_yekutieli,
    bonferroni,
    fallback,
    fixed_sequence,
    fixed_sequence_graph,
    graphical_test,
    hochberg,
    holm,
    holm_graph,
    hommel,
    sidak,
)
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from tests.unit.stats.reference import case

P = (0.012, 0.049, 0.021, 0.3, 0.008)


def test_adjusted_p_values_as_base_r() -> None:
    for name, method in (
        ("holm", holm), ("hochberg", hochberg), ("hommel", hommel), ("BH", benjamini_hochberg),
    ):  # fmt: skip
        case("mu02").near(name, method(P))


def closed(p: np.ndarray, local) -> list[float]:
    """Adjusted by the closure principle: the greatest local P value of all sets a hypothesis is in."""
    m, raised = len(p), [0.0] * len(p)
    for size in range(1, m + 1):
        for members in combinations(range(m), size):
            value = local(members)
            for i in members:
                raised[i] = max(raised[i], value)
    return [min(1.0, value) for value in raised]


@pytest.mark.parametrize("number", range(20))
def test_holm_and_hommel_are_closed_tests(number: int) -> None:
    rng = stream(1, "p values", number)
    p = rng.random(1 + number % 6) ** 2
    assert holm(p) == pytest.approx(closed(p, lambda s: len(s) * p[list(s)].min()))

    def simes(members) -> float:
        ranked = np.sort(p[list(members)])
        return float(np.min(len(ranked) * ranked / np.arange(1, len(ranked) + 1)))

    assert hommel(p) == pytest.approx(closed(p, simes))


@pytest.mark.parametrize("number", range(20))
def test_a_graph_is_a_closed_weighted_bonferroni_test(number: int) -> None:
    """Each set has the weights left when the others are taken out, in whatever order."""
    rng = stream(2, "graphs", number)
    m = 2 + number % 4
    arrows = rng.random((m, m)) * (1 - np.eye(m))
    arrows /= np.maximum(arrows.sum(axis=1, keepdims=True), 1e-9)
    weights = rng.dirichlet(np.ones(m))
    graph = Graph(tuple(weights), tuple(map(tuple, arrows)))
    p = rng.random(m) ** 2

    def local(members) -> float:
        left = weights_left(weights, arrows, members)
        return min((p[i] / left[i] for i in members if left[i] > 0), default=1.0)

    assert adjusted(graph, p) == pytest.approx(closed(p, local))


def weights_left(weights, arrows, members) -> np.ndarray:
    """What flows to the members: a Markov chain that starts by the weights and ends in them."""
    m = len(weights)
    out = [i for i in range(m) if i not in members]
    flow = weights.copy()
    if out:
        inside = arrows[np.ix_(out, out)]
        visits = np.linalg.solve(np.eye(len(out)) - inside.T, weights[out])
        flow = flow + arrows[out].T @ visits
    return flow


def test_the_graphs_of_known_procedures_are_those_procedures() -> None:
    assert adjusted(holm_graph(5), P) == pytest.approx(holm(P))
    assert adjusted(fixed_sequence_graph(5), P) == pytest.approx(fixed_sequence(P))


def test_the_primary_passes_its_error_to_two_secondaries() -> None:
    """Two primaries share α and pass it to their own secondary, which passes it to the other primary."""
    graph = Graph(
        (0.5, 0.5, 0.0, 0.0),
        ((0, 0, 1, 0), (0, 0, 0, 1), (0, 1, 0, 0), (1, 0, 0, 0)),
        ("EF", "weight", "BNP", "days in hospital"),
    )
    found = graphical_test(graph, (0.01, 0.02, 0.005, 0.4), alpha=0.025)
    assert found.rejected == (True, True, True, False)
    assert [step.hypothesis for step in found.steps] == [0, 2, 1]
    assert found.adjusted == pytest.approx((0.02, 0.02, 0.02, 0.4))


def test_the_graph_rejects_exactly_what_its_adjusted_values_say() -> None:
    rng = stream(3, "graph rejections")
    graph = holm_graph(4, (0.4, 0.3, 0.2, 0.1))
    for p in rng.random((200, 4)) ** 3:
        found = graphical_test(graph, tuple(p), 0.05)
        assert found.rejected == tuple(value <= 0.05 for value in found.adjusted)


def test_the_familywise_error_is_kept_under_dependence() -> None:
    from math import erfc, sqrt

    rng, trials = stream(4, "familywise"), 20_000
    shared = rng.standard_normal((trials, 1))
    z = sqrt(0.5) * shared + sqrt(0.5) * rng.standard_normal((trials, 4))
    p = np.vectorize(lambda x: 0.5 * erfc(x / sqrt(2)))(z)
    for method in (bonferroni, holm, hochberg, hommel, fixed_sequence, sidak):
        wrong = np.mean([min(method(row)) <= 0.05 for row in p[:5000]])
        assert wrong <= 0.05 + 3 * sqrt(0.05 * 0.95 / 5000)


def test_fallback_lets_a_later_hypothesis_inherit() -> None:
    assert fallback((0.02, 0.03), (0.5, 0.5)) == pytest.approx((0.04, 0.04))
    assert fallback((0.2, 0.02), (0.5, 0.5)) == pytest.approx((0.4, 0.04))


def test_every_method_raises_and_keeps_the_order_of_p_values() -> None:
    for method in (
        bonferroni,
        sidak,
        holm,
        hochberg,
        hommel,
        benjamini_hochberg,
        benjamini_yekutieli,
    ):
        raised = method(P)
        assert all(a >= b for a, b in zip(raised, P))
        assert np.all(np.diff(np.array(raised)[np.argsort(P)]) >= 0)
        assert method((0.03,)) == pytest.approx((0.03,))


IMPOSSIBLE = {
    "a P value above 1": lambda: holm((0.5, 1.2)),
    "no P value": lambda: hommel(()),
    "not a number": lambda: holm((float("nan"),)),
    "weights above 1": lambda: Graph((0.8, 0.4), ((0, 1), (1, 0))),
    "an arrow to itself": lambda: Graph((0.5, 0.5), ((1, 0), (1, 0))),
    "arrows above 1": lambda: Graph((0.5, 0.5, 0.0), ((0, 1, 1), (0, 0, 1), (0, 0, 0))),
    "too few P values": lambda: graphical_test(holm_graph(3), (0.01, 0.02)),
    "alpha of 2": lambda: graphical_test(holm_graph(2), (0.01, 0.02), 2.0),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(CannotBe):
        IMPOSSIBLE[name]()


def test_whole_weights_pass_on_parts_of_themselves() -> None:
    # (1, 0, 0) once made whole numbers of what was passed on, and so nothing of a half.
    gate = Graph((1, 0, 0), ((0, 0.5, 0.5), (0, 0, 1), (0, 1, 0)))
    assert adjusted(gate, (0.01, 0.02, 0.02)) == pytest.approx((0.01, 0.04, 0.04))
    assert graphical_test(gate, (0.01, 0.02, 0.02), 0.05).rejected == (True, True, True)
