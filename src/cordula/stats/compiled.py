"""How a kernel is compiled, and what answers where it cannot be.

Numba is an accelerator. A kernel is a plain function of arrays and numbers; without Numba, or with
`CORDULA_PLAIN=1`, its NumPy twin answers the same."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

AVAILABLE = find_spec("numba") is not None and os.environ.get("CORDULA_PLAIN") != "1"


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile when first called and keep the result on disk; leave the function as it is without Numba.

    Arithmetic stays as written (no `fastmath`), and the interpreter's lock is given up, so that
    threads may share the work and the answer does not depend on their number."""
    return _jit(function) if AVAILABLE else function


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, and written into each kernel that calls it: a loop around a call that stays runs one by one."""
    return _jit(function, forceinline=True) if AVAILABLE else function


def parallel(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, with `numba.prange` loops spread over threads; each pass writes its own places only."""
    return _jit(function, parallel=True) if AVAILABLE else function


def kernel_or_twin(kernel: Callable[P, R], twin: Callable[P, R]) -> Callable[P, R]:
    """The compiled kernel where there is Numba, else its plain twin."""
    return kernel if AVAILABLE else twin


def _jit(
    function: Callable[P, R], parallel: bool = False, forceinline: bool = False
) -> Callable[P, R]:
    from numba import njit

    return cast(
        Callable[P, R],
        njit(
            cache=True,
            nogil=True,
            error_model="numpy",
            parallel=parallel,
            forceinline=forceinline,
        )(function),
    )
