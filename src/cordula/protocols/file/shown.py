"""How does a value read as it stands in the file? ``alpha = "1.5"``, ``looks = ["1", "0.5"]``."""

import json
from typing import Any

# A longer value would hide the sentence it stands behind; the line in the file shows it whole.
LENGTH_MAX = 80


def with_value(says: str, key: str, value: Any) -> str:
    """The sentence with the value that was found behind it, unless it ends with that value."""
    if _holds_table(value):
        return says
    written = json.dumps(value, ensure_ascii=False, default=str)
    if says.endswith(f" {written}"):
        return says
    if len(written) > LENGTH_MAX:
        written = f"{written[: LENGTH_MAX - 1]}…"
    return f"{says} ({key} = {written})"


def _holds_table(value: Any) -> bool:
    """A table spans lines, and each of its keys is told apart."""
    if isinstance(value, list):
        return any(_holds_table(one) for one in value)
    return isinstance(value, dict)
