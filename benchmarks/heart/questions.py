"""How long do a what-if, the four stories and a fit take, once the kernel is compiled?"""

from collections.abc import Callable
from time import process_time

from benchmarks.ratio import Ratio, timed
from cordula import heart
from cordula.vocabulary.quantity import Quantity

WHAT_IF_S, STORIES_S, FIT_S, ROUNDS = 0.05, 1.0, 1.0, 7
READ = {
    "ejection_fraction": Quantity.of("42", "%"),
    "end_diastolic_volume": Quantity.of("28", "mL"),
    "mean_arterial_pressure": Quantity.of("60", "mm[Hg]"),
    "diastolic_pressure": Quantity.of("38", "mm[Hg]"),
    "end_diastolic_pressure": Quantity.of("10", "mm[Hg]"),
    "flow_ratio": Quantity.of("1.2", "1"),
    "arterial_saturation": Quantity.of("74", "%"),
    "pulmonary_pressure_mean": Quantity.of("15", "mm[Hg]"),
}


def measure() -> list[Ratio]:
    """The promised seconds against those of the processor: a ratio above 1 keeps the promise."""
    child, whole = heart.load("norwood-bts").scaled(), heart.load("normal").scaled()
    return [
        _asked("what-if", WHAT_IF_S, lambda: heart.what_if(child, contractility=1.2)),
        _asked("four stories", STORIES_S, lambda: heart.explain_ef(child, 5.0)),
        _asked("four stories, both ventricles", STORIES_S, lambda: heart.explain_ef(whole, 5.0)),
        _asked("fit of eight", FIT_S, lambda: heart.fit(child, READ)),
    ]


def _asked(name: str, promised: float, question: Callable[[], object]) -> Ratio:
    question()
    rounds = tuple(promised / timed(question, process_time) for _ in range(ROUNDS))
    return Ratio(name, f"{promised * 1000:g} ms promised / answer", "1 infant", rounds, "≥ 1")
