"""Which wishes, reasons, methods and kinds of harm can be chosen, and in what words?"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cordula.vocabulary.catalogue import read_table

# Every list by its key, each key with its words, in the order in which a form offers them.
Choices = Mapping[str, str]


def wishes() -> Choices:
    """What is to become of the cells when consent is taken back."""
    return _list("wishes")


def cancel_reasons() -> Choices:
    """Why an operation was cancelled."""
    return _list("cancel_reasons")


def discard_reasons() -> Choices:
    """Why cells were destroyed."""
    return _list("discard_reasons")


def return_reasons() -> Choices:
    """Why cells came back from theatre."""
    return _list("return_reasons")


def giving_stop_reasons() -> Choices:
    """Why giving was stopped."""
    return _list("giving_stop_reasons")


def outcome_methods() -> Choices:
    """How an outcome was measured."""
    return _list("outcome_methods")


def harms() -> Choices:
    """Kinds of adverse event."""
    return _list("harms")


def grades() -> Choices:
    """How grave an adverse event was, by CTCAE."""
    return _list("grades")


def relations() -> Choices:
    """Whether an adverse event came from the cells, or from giving them."""
    return _list("relations")


def reviews() -> Choices:
    """What a specialist is asked to review."""
    return _list("reviews")


def review_conclusions() -> Choices:
    """How a review ends."""
    return _list("review_conclusions")


def fault(key: str, what: str, known: Choices) -> str | None:
    """What is wrong with a key that the list does not have, with those it has."""
    return None if key in known else f"“{key}” is not {what}: {', '.join(known)}."


@cache
def _list(name: str) -> Choices:
    return MappingProxyType(read_table("choices.toml")[name])
