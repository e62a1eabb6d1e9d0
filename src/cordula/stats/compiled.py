"""How a kernel is compiled, and what answers where it cannot be.

Numba is an accelerator. A kernel is a plain function of arrays and numbers; without Numba, or with
`CORDULA_PLAIN=1`, its NumPy twin answers the same. Numba itself is imported when a kernel is first called:
a question that needs none does not wait for it."""

import os
from collections.abc import Callable
from functools import update_wrapper
from importlib.util import find_spec
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

# Every kernel that was called or compiled in this process, as Numba has it.
_TAKEN_OVER: list[Any] = []

AVAILABLE = find_spec("numba") is not None and os.environ.get("CORDULA_PLAIN") != "1"


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile when first called and keep the result on disk; leave the function as it is without Numba.

    Arithmetic stays as written (no `fastmath`), and the interpreter's lock is given up, so that
    threads may share the work and the answer does not depend on their number."""
    return Kernel(function) if AVAILABLE else function


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, and written into each kernel that calls it: a loop around a call that stays runs one by one."""
    return Kernel(function, forceinline=True) if AVAILABLE else function


def parallel(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, with `numba.prange` loops spread over threads; each pass writes its own places only."""
    return Kernel(function, parallel=True) if AVAILABLE else function


def kernel_or_twin(kernel: Callable[P, R], twin: Callable[P, R]) -> Callable[P, R]:
    """The compiled kernel where there is Numba, else its plain twin."""
    return kernel if AVAILABLE else twin


def compiled_here() -> int:
    """How many kernels had to be compiled in this process, because none was kept on disk."""
    return sum(sum(kernel.stats.cache_misses.values()) for kernel in _TAKEN_OVER)


class Kernel(Generic[P, R]):
    """A function that Numba takes over at its first call, or when a kernel that calls it is compiled."""

    def __init__(self, function: Callable[P, R], **options: Any) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._options: dict[str, Any] = options
        self._ready: Callable[P, R] | None = None
        self._lock = Lock()

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> R:
        return (self._ready or self._made())(*arguments, **named)

    def _made(self) -> Callable[P, R]:
        from numba import njit

        with self._lock:
            if self._ready is None:
                made = njit(cache=True, nogil=True, error_model="numpy", **self._options)
                self._ready = cast(Callable[P, R], made(self.py_func))
                _TAKEN_OVER.append(self._ready)
        return self._ready

    @property
    def _numba_type_(self) -> Any:
        """What Numba asks of a name that a kernel calls."""
        return cast(Any, self._ready or self._made())._numba_type_

    def __reduce__(self) -> str:
        """By its name, for the processes of a cluster: each compiles its own, or finds it on disk."""
        return self.py_func.__qualname__
