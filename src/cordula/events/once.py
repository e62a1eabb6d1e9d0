"""A property worked out once and kept: `functools.cached_property` without its lock.

Histories never change, so two threads that work out the same answer at once both get it right; the
lock, which Python 3.11 still takes, costs more than most of these answers.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):
    """Turns a method without arguments into an attribute that is worked out at its first reading."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self.work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "once[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> "once[T] | T":
        if instance is None:
            return self
        found = self.work_out(instance)
        instance.__dict__[self.name] = found
        return found
