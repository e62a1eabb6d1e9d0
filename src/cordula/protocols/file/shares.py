"""Numbers without a unit in a protocol file: shares, probabilities, powers. They are texts, so that 0.05 stays 0.05."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _


def keys(words: str) -> dict[str, str]:
    """The closed list of these words."""
    return {word: word for word in words.split()}


def decimal(text: object) -> Decimal | None:
    """The exact number a text tells; None where it tells none."""
    try:
        value = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def share(table: Table, key: str) -> Decimal | None:
    """A share strictly between 0 and 1 that must be there."""
    if key not in table:
        table.tell(_("{table} needs “{key}”").format(table=table.name, key=key))
        return None
    value = decimal(table.values[key])
    if value is None or not 0 < value < 1:
        table.tell(_("a share between 0 and 1 is needed, in quotes, such as “0.05”"), key)
        return None
    return value


def shares(table: Table, key: str) -> list[Decimal]:
    """A list of shares, 0 and 1 among them; empty where one of them is none."""
    found = [decimal(text) for text in table.texts(key)]
    if any(value is None or not 0 <= value <= 1 for value in found):
        table.tell(_("shares from 0 to 1 are needed, in quotes, such as “0.5”"), key)
        return []
    return [value for value in found if value is not None]


def number(
    table: Table, key: str, low: str = "-Infinity", high: str = "Infinity"
) -> Decimal | None:
    """A number that must be there, strictly between two others."""
    text = table.text(key)
    value = decimal(text) if text else None
    if text and (value is None or not Decimal(low) < value < Decimal(high)):
        table.tell(_between(low, high), key)
        return None
    return value


def numbers(table: Table, key: str) -> Sequence[Decimal]:
    """A list of numbers; empty where one of them is none."""
    found = [decimal(text) for text in table.texts(key)]
    if any(value is None for value in found):
        table.tell(_("numbers are needed, in quotes, such as “0.5”"), key)
        return ()
    return [value for value in found if value is not None]


def _between(low: str, high: str) -> str:
    if low != "-Infinity" and high != "Infinity":
        return _("a number between {low} and {high} is needed, in quotes").format(
            low=low, high=high
        )
    if low != "-Infinity":
        return _("a number above {low} is needed, in quotes").format(low=low)
    return _("a number is needed, in quotes, such as “0.5”")
