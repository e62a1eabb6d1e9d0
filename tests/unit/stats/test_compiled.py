"""Numba waits until a kernel is called; a kernel may then call others, and goes to another process by its name."""

import pickle
import subprocess
import sys

import numpy as np
import pytest

from cordula.stats import compiled as compiling
from cordula.stats.compiled import AVAILABLE, Kernel, compiled
from cordula.stats.sequential import crossing, plain


def loads_numba(words: str) -> bool:
    told = f"{words}; import sys; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    return done.stdout.strip() == "True"


IMPORTS = "from cordula.stats.sequential import crossing; from math import inf; import numpy as np"
ONE = "np.ones(1)"
CALL = f"crossing.beyond({ONE}, {ONE}, 0.5, 1.0, 0.0, 2.0, 1.0)"


def test_to_import_a_kernel_does_not_import_numba() -> None:
    assert not loads_numba(IMPORTS)


@pytest.mark.skipif(not AVAILABLE, reason="without Numba the twin answers")
def test_to_call_a_kernel_does() -> None:
    assert loads_numba(f"{IMPORTS}; {CALL}")


def test_a_kernel_that_calls_kernels_is_compiled_with_them() -> None:
    shares, bounds = np.array([0.5, 1.0]), np.array([2.5, 2.0])
    none = np.full(2, -np.inf), np.zeros(2), 0.3, *np.polynomial.legendre.leggauss(40)

    kernel = crossing.crossings(shares, bounds, *none)

    np.testing.assert_allclose(kernel, plain.crossings(shares, bounds, *none), rtol=1e-13)


def test_a_kernel_keeps_its_name_and_what_it_says_of_itself() -> None:
    assert crossing.beyond.__name__ == "beyond"
    assert crossing.beyond.__module__ == crossing.__name__
    assert str(crossing.beyond.__doc__).startswith("P(sign·Z")


def test_a_kernel_goes_to_another_process_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(crossing.beyond)) is crossing.beyond


def test_without_numba_the_function_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "AVAILABLE", False)

    assert compiled(plain.beyond) is plain.beyond


def test_with_numba_it_is_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "AVAILABLE", True)

    assert isinstance(compiled(plain.beyond), Kernel)
