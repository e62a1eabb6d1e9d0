"""Is what a method is asked of the kind it can answer? Checked once, where people and programs come in.

A list, a tuple and an array are taken alike, and a number of NumPy as one of Python. What is of another kind, and a
number that is none, is refused by name; so is a question whose answer lies beyond the numbers a computer has."""

from collections.abc import Callable, Mapping
from collections.abc import Sequence as Row
from decimal import Decimal
from functools import cache, wraps
from inspect import Parameter, Signature, isclass, signature
from math import isfinite, isnan
from numbers import Real
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from cordula.stats.refusals import CannotBe

FAILURES = (ArithmeticError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)
GREATEST = 10**9  # Of whole numbers: more infants, looks or draws nobody has.
FARTHEST = 2**62  # Of the trial drawn first: blocks of trials follow each other.

Asked = TypeVar("Asked", bound=Callable[..., Any])


def asked(method: Asked) -> Asked:
    """A public function, or the class of an input, that looks at its arguments by their annotations first."""
    if isclass(method):
        method.__init__ = _checking(method.__init__, method.__name__)  # type: ignore[method-assign]
        return method
    return _checking(method, method.__name__)  # type: ignore[return-value]


def _checking(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    form = signature(method)

    @wraps(method)
    def answered(*args: Any, **kwargs: Any) -> Any:
        told = form.bind(*args, **kwargs)
        hints = _hints(method)
        for key, value in told.arguments.items():
            if key in hints:
                told.arguments[key] = _each(form, key, value, hints[key])
        return _answer(method, name, told.args, told.kwargs)

    return answered


def _each(form: Signature, key: str, value: Any, hint: Any) -> Any:
    if form.parameters[key].kind is Parameter.VAR_POSITIONAL:
        return tuple(fitted(key, one, hint) for one in value)
    return fitted(key, value, hint)


def _answer(
    method: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Any:
    """What the method says; a failure of arithmetic is told with the question, never passed on bare."""
    try:
        found = method(*args, **kwargs)
    except CannotBe:
        raise
    except FAILURES as error:
        raise CannotBe(
            f"{name} has no answer for {_shown(args, kwargs)} ({error}); values nearer to a trial's are needed"
        ) from error
    if isinstance(found, float) and isnan(found):
        raise CannotBe(
            f"{name} has no answer for {_shown(args, kwargs)}; values nearer to a trial's are needed"
        )
    return found


def _shown(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    told = [*map(repr, args), *(f"{key}={value!r}" for key, value in kwargs.items())]
    return ", ".join(one if len(one) < 80 else f"{one[:77]}…" for one in told)


@cache
def _hints(method: Callable[..., Any]) -> dict[str, Any]:
    """The annotations; what any array will do for is left to the method, which makes an array of it."""
    from numpy.typing import ArrayLike

    return {key: hint for key, hint in get_type_hints(method).items() if hint != ArrayLike}


def fitted(name: str, value: Any, hint: Any) -> Any:
    """The value as this annotation has it; refused by name where it is of another kind."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _one_of(name, value, get_args(hint))
    if hint in (int, float):
        return number(name, value, hint is int)
    if origin is Literal:
        return _named(name, value, get_args(hint))
    if _is_row(origin):
        return _row(name, value, hint)
    if not _is_a(value, hint, origin):
        raise CannotBe(f"{_words(name)} is {value!r}; {_kind(hint)} is needed")
    return value


def number(name: str, value: Any, is_whole: bool = False) -> float:
    """A number as Python has it; refused where it is none, or not whole where it must be."""
    if getattr(value, "ndim", None) == 0:
        value = value.item()
    if not isinstance(value, Real | Decimal) or isnan(value):
        raise CannotBe(f"{_words(name)} is {value!r}; a finite number is needed")
    plain = value if isinstance(value, int) else float(value)
    if is_whole and not (isfinite(plain) and plain == int(plain)):
        raise CannotBe(f"{_words(name)} is {value!r}; a whole number is needed")
    most = FARTHEST if name == "first" else GREATEST
    if is_whole and abs(plain) > most:
        raise CannotBe(f"{_words(name)} is {value!r}; a whole number of at most {most} is needed")
    return int(plain) if is_whole else plain


def _named(name: str, value: Any, known: tuple[Any, ...]) -> Any:
    if not isinstance(value, str) or value not in known:
        raise CannotBe(f"{_words(name)} is {value!r}; there are {', '.join(map(repr, known))}")
    return value


def _row(name: str, value: Any, hint: Any) -> tuple[Any, ...]:
    if isinstance(value, str) or not hasattr(value, "__len__") or getattr(value, "ndim", 1) == 0:
        raise CannotBe(f"{_words(name)} is {value!r}; several are needed, one after the other")
    parts = tuple(part for part in get_args(hint) if part is not Ellipsis) or (Any,)
    if get_origin(hint) is tuple and Ellipsis not in get_args(hint):
        if len(value) != len(parts):
            raise CannotBe(f"{_words(name)} is {value!r}; {len(parts)} of them are needed")
        return tuple(_entry(name, one, part) for one, part in zip(value, parts, strict=True))
    return tuple(_entry(name, one, parts[0]) for one in value)


def _entry(name: str, value: Any, hint: Any) -> Any:
    """As `fitted`; whole numbers among numbers become floats, or an array of them would cut off every fraction."""
    found = fitted(name, value, hint)
    return float(found) if hint is float else found


def _one_of(name: str, value: Any, hints: tuple[Any, ...]) -> Any:
    """Among several annotations the first that takes the value; numbers last, since they refuse by name."""
    if value is None and NoneType in hints:
        return None
    refused: CannotBe | None = None
    for hint in hints:
        if hint is not NoneType:
            try:
                return fitted(name, value, hint)
            except CannotBe as one:
                refused = refused if refused and isinstance(value, Real) else one
    raise refused or CannotBe(f"{_words(name)} is {value!r}; something is needed")


def _is_row(origin: Any) -> bool:
    return isclass(origin) and issubclass(origin, Row)


def _is_a(value: Any, hint: Any, origin: Any) -> bool:
    """Whether it is of this class, or can do what this protocol asks; of what else there is nothing is said."""
    if hint is bool:
        return (
            isinstance(value, bool)
            or type(value).__name__ == "bool"
            or (isinstance(value, Real) and value in (0, 1))
        )
    if origin is not None and isclass(origin) and issubclass(origin, Callable):  # type: ignore[arg-type]
        return callable(value)
    if getattr(hint, "_is_protocol", False):
        return all(hasattr(value, one) for one in vars(hint) if not one.startswith("_"))
    return not isclass(hint) or origin is not None or isinstance(value, hint)


def _kind(hint: Any) -> str:
    return f"a {hint.__name__}" if isclass(hint) else "something else"


def _words(name: str) -> str:
    return name.replace("_", " ")
