"""What is the value of a formula of weight and age, such as ``400 / weight``? A small language, and nothing else.

Numbers, names, ``+ - * / ^``, brackets, ``exp ln sqrt min max``, tables by name, and ``where(age <= 33, a, b)``.
It is read by this parser and never handed to Python."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float64]
Names: TypeAlias = Mapping[str, Values]
Functions: TypeAlias = Mapping[str, Callable[..., Values]]

_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(<=|>=|[-+*/^(),<>]))"
)
FUNCTIONS: dict[str, Callable[..., Values]] = {
    "exp": np.exp,
    "ln": np.log,
    "sqrt": np.sqrt,
    "min": lambda *v: reduce(np.minimum, v),
    "max": lambda *v: reduce(np.maximum, v),
    "where": lambda test, yes, no: np.asarray(np.where(test > 0, yes, no)),
}
_ARGUMENTS = {"exp": 1, "ln": 1, "sqrt": 1, "where": 3}
_DYADIC: dict[str, Callable[[Values, Values], Values]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "<": lambda a, b: np.asarray(a < b, dtype=np.float64),
    ">": lambda a, b: np.asarray(a > b, dtype=np.float64),
    "<=": lambda a, b: np.asarray(a <= b, dtype=np.float64),
    ">=": lambda a, b: np.asarray(a >= b, dtype=np.float64),
}


class FormulaRefused(ValueError):
    """A formula that cannot be read; the message says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, and its operations in the order in which they are done."""

    text: str
    operations: tuple[tuple[str, str | float, int], ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(str(what) for how, what, _ in self.operations if how == "name")

    @property
    def calls(self) -> frozenset[str]:
        return frozenset(str(what) for how, what, _ in self.operations if how == "call")

    @property
    def constant(self) -> bool:
        return not self.names and not self.calls

    def value(self, names: Names, functions: Functions = FUNCTIONS) -> Values:
        """The value for numbers, or arrays of one number for each infant."""
        stack: list[Values] = []
        for how, what, count in self.operations:
            if how == "number":
                stack.append(np.float64(what))  # type: ignore[arg-type]
            elif how == "name":
                stack.append(names[str(what)])
            else:
                taken = [stack.pop() for _ in range(count)][::-1]
                function = _DYADIC[str(what)] if how == "sign" else functions[str(what)]
                stack.append(function(*taken))
        return stack[0]


def read(text: str) -> Formula:
    """Read a formula; `FormulaRefused` says what was expected where."""
    reader = _Reader(text)
    operations = tuple(reader.comparison())
    if reader.sign:
        raise FormulaRefused(f"“{text}”: expected the end, or an operation, at “{reader.sign}”")
    return Formula(text, operations)


class _Reader:
    """Recursive descent, one method for each precedence, each yielding operations in postfix order."""

    def __init__(self, text: str) -> None:
        self.text, self._tokens = text, list(_tokens(text))

    @property
    def sign(self) -> str:
        return self._tokens[0][1] if self._tokens else ""

    def _take(self) -> tuple[str, str]:
        if not self._tokens:
            raise FormulaRefused(
                f"“{self.text}”: expected a number, a name or a bracket at its end"
            )
        return self._tokens.pop(0)

    def _expect(self, sign: str) -> None:
        if self.sign != sign:
            raise FormulaRefused(f"“{self.text}”: expected “{sign}” at “{self.sign or 'its end'}”")
        self._take()

    def comparison(self) -> Iterator[tuple[str, str | float, int]]:
        yield from self._sum()
        if self.sign in ("<", ">", "<=", ">="):
            _, sign = self._take()
            yield from self._sum()
            yield "sign", sign, 2

    def _sum(self) -> Iterator[tuple[str, str | float, int]]:
        yield from self._product()
        while self.sign in ("+", "-"):
            _, sign = self._take()
            yield from self._product()
            yield "sign", sign, 2

    def _product(self) -> Iterator[tuple[str, str | float, int]]:
        yield from self._signed()
        while self.sign in ("*", "/"):
            _, sign = self._take()
            yield from self._signed()
            yield "sign", sign, 2

    def _signed(self) -> Iterator[tuple[str, str | float, int]]:
        if self.sign == "-":
            self._take()
            yield "number", 0.0, 0
            yield from self._signed()
            yield "sign", "-", 2
        else:
            yield from self._power()

    def _power(self) -> Iterator[tuple[str, str | float, int]]:
        yield from self._atom()
        if self.sign == "^":
            self._take()
            yield from self._signed()
            yield "sign", "^", 2

    def _atom(self) -> Iterator[tuple[str, str | float, int]]:
        kind, text = self._take()
        if kind == "number":
            yield "number", float(text), 0
        elif kind == "name" and self.sign == "(":
            yield from self._call(text)
        elif kind == "name":
            yield "name", text, 0
        elif text == "(":
            yield from self.comparison()
            self._expect(")")
        else:
            raise FormulaRefused(
                f"“{self.text}”: expected a number, a name or a bracket at “{text}”"
            )

    def _call(self, name: str) -> Iterator[tuple[str, str | float, int]]:
        self._expect("(")
        yield from self.comparison()
        count = 1
        while self.sign == ",":
            self._take()
            yield from self.comparison()
            count += 1
        self._expect(")")
        if count != _ARGUMENTS.get(name, count):
            raise FormulaRefused(
                f"“{self.text}”: {name} takes {_ARGUMENTS[name]} values and was given {count}"
            )
        yield "call", name, count


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if not found:
            raise FormulaRefused(f"“{text}”: cannot read “{text[place:].strip()[0]}”")
        number, name, sign = found.groups()
        yield ("number", number) if number else ("name", name) if name else ("sign", sign)
        place = found.end()
