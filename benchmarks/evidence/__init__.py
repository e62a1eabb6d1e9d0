"""How fast is evidence pooled, beside the packages that trialists use?

    python -m benchmarks.evidence

Peers in R run in the same rounds where `Rscript` and the package are at hand; else their recorded rate stands in, and the
note says so. Peers in Python run where `BENCH_PYTHON` names an interpreter that has `requirements/bench.txt`.
Counted is one thread's processor time, checks and result objects included."""

from benchmarks.ratio import Ratio


def measure() -> list[Ratio]:
    from benchmarks.evidence import history, pooling, posterior

    return [*posterior.measure(), *pooling.measure(), *history.measure()]
