"""A cluster answers what one process answers, to the last bit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cordula.trial.simulation import simulate
from cordula.trial.simulation.blocks import BLOCK
from tests.unit.trial.plans import read

SEED, TRIALS = 20261122, 3 * BLOCK + 11


@contextmanager
def cluster(processes: bool) -> Iterator[Any]:
    """Two workers of one's own, on this machine alone."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2,
            threads_per_worker=1,
            processes=processes,
            dashboard_address=None,
            host="127.0.0.1",
            protocol="tcp://",
        ) as local,
        Client(local) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


@pytest.mark.parametrize("processes", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_two_workers_answer_what_one_process_answers(tmp_path: Path, processes: bool) -> None:
    design, scenarios = read(tmp_path)
    alone = simulate(design, scenarios["some"], TRIALS, SEED)

    with cluster(processes) as client:
        together = simulate(design, scenarios["some"], TRIALS, SEED, client=client)

    assert together == alone
