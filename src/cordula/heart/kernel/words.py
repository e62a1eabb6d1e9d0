"""What can be said about all lanes at once: the words from which a beat is put together when it is compiled.

A value is a vector of LLVM, one number for each lane, so that the lanes are carried in packed registers by
construction and not by the good will of a vectoriser. Nothing here may reorder arithmetic."""

from collections.abc import Callable
from functools import reduce
from math import factorial
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from llvmlite.binding import get_host_cpu_features  # type: ignore[import-untyped]
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray

Array = NDArray[np.float64]
Value = Any
_FUSES = bool(get_host_cpu_features().get("fma"))


def _fitted(
    function: Callable[[Array], Array], degree: int, low: float, high: float
) -> list[float]:
    """Coefficients, the highest power first, of the polynomial through the Chebyshev points of an interval."""
    through = Chebyshev.interpolate(function, degree, [low, high]).convert(kind=Polynomial)
    return [float(c) for c in through.coef[::-1]]


_COSINE = _fitted(lambda square: np.cos(np.pi / 2 * np.sqrt(square)), 6, 0.0, 1.0)


class Words:
    """Reads, computes and writes whole rows, of so many lanes, of a bundle that starts at `address`."""

    def __init__(self, builder: Any, address: Any, lanes: int) -> None:
        self._builder, self._address, self._lanes = builder, address, lanes
        self._wide = ir.VectorType(ir.DoubleType(), lanes)

    def number(self, value: float) -> Value:
        return ir.Constant(self._wide, [value] * self._lanes)

    def spread(self, scalar: Any) -> Value:
        """One number of the program in every lane."""
        one = self._builder.insert_element(
            ir.Constant(self._wide, ir.Undefined), scalar, ir.Constant(ir.IntType(32), 0)
        )
        everywhere = ir.Constant(ir.VectorType(ir.IntType(32), self._lanes), [0] * self._lanes)
        return self._builder.shuffle_vector(one, ir.Constant(self._wide, ir.Undefined), everywhere)

    def read(self, row: int) -> Value:
        return self._builder.load(self._place(row), align=8)

    def write(self, row: int, value: Value) -> None:
        self._builder.store(value, self._place(row), align=8)

    def _place(self, row: int) -> Any:
        offset = ir.Constant(ir.IntType(64), row * self._lanes)
        return self._builder.bitcast(
            self._builder.gep(self._address, [offset]), ir.PointerType(self._wide)
        )

    def add(self, *terms: Value) -> Value:
        return reduce(self._builder.fadd, terms)

    def sub(self, left: Value, right: Value) -> Value:
        return self._builder.fsub(left, right)

    def mul(self, *factors: Value) -> Value:
        return reduce(self._builder.fmul, factors)

    def negated(self, value: Value) -> Value:
        return self._builder.fneg(value)

    def fused(self, left: Value, right: Value, term: Value) -> Value:
        """left · right + term, rounded once where the processor can, which is why it is asked for by name."""
        if not _FUSES:
            return self.add(self.mul(left, right), term)
        return self._call("fma", left, right, term)

    def div(self, left: Value, right: Value) -> Value:
        return self._builder.fdiv(left, right)

    def choose(self, left: Value, sign: str, right: Value, yes: Value, no: Value) -> Value:
        """`yes` in the lanes where ``left sign right`` holds, else `no`."""
        return self._builder.select(self._builder.fcmp_ordered(sign, left, right), yes, no)

    def greater(self, left: Value, right: Value) -> Value:
        return self.choose(left, ">", right, left, right)

    def lesser(self, left: Value, right: Value) -> Value:
        return self.choose(left, "<", right, left, right)

    def magnitude(self, value: Value) -> Value:
        return self._call("fabs", value)

    def root(self, value: Value) -> Value:
        return self._call("sqrt", value)

    def power(self, value: Value, exponent: Value) -> Value:
        """Lane after lane in the mathematics library; only the reference circuits with Hill curves ask for it."""
        return self._call("pow", value, exponent)

    def _call(self, name: str, *arguments: Value) -> Value:
        kind = ir.FunctionType(self._wide, [self._wide] * len(arguments))
        name = f"llvm.{name}.v{self._lanes}f64"
        function = self._builder.module.globals.get(name) or ir.Function(
            self._builder.module, kind, name
        )
        return self._builder.call(function, arguments)

    def polynomial(self, coefficients: list[float], at: Value) -> Value:
        """Horner's scheme, the highest power first."""
        value = self.number(coefficients[0])
        for coefficient in coefficients[1:]:
            value = self.fused(value, at, self.number(coefficient))
        return value

    def exponential(self, value: Value) -> Value:
        """exp as the 64th power of a Taylor polynomial of x/64: within 1e-11 for |x| < 8, where hearts live."""
        small = self.mul(value, self.number(1 / 64))
        result = self.polynomial([1 / factorial(k) for k in range(8, -1, -1)], small)
        for _ in range(6):
            result = self.mul(result, result)
        return result

    def half_turn(self, value: Value) -> Value:
        """(1 + cos πx)/2 for 0 ≤ x ≤ 1, as the square of a polynomial of x² for cos πx/2, within 1e-11."""
        cosine = self.polynomial(_COSINE, self.mul(value, value))
        return self.mul(cosine, cosine)
