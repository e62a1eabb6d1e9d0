"""Why was nothing recorded? Each reason is told to the person at the bench, and none repeats a stored value."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import DatabaseError

from cordula.events.envelope import Envelope

R = TypeVar("R")


class NotRecorded(Exception):
    """Nothing was written. `status` is what an HTTP answer says of it."""

    status = 409


class Conflict(NotRecorded):
    """Something came in between. `since` holds the entries the person has not seen."""

    def __init__(self, told: str, since: Sequence[Envelope] = ()) -> None:
        super().__init__(told)
        self.since = tuple(since)


class KeyReused(NotRecorded):
    """The key of this command was used before, for something else."""


class GateClosed(NotRecorded):
    """The protocol does not let this step be taken. `reasons` are the findings that are open."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class NotPermitted(NotRecorded):
    """The person who acts, or a second person, may not do this at this site."""

    status = 403


class NotHere(NotRecorded):
    """There is no such unit, child or place at this site; whether another has it is not said."""

    status = 404


class Malformed(NotRecorded):
    """The event cannot be stored as it is, for example because it has not happened yet."""

    status = 422


class ReadOnly(NotRecorded):
    """The ledger cannot be vouched for, so it is read and not written."""

    status = 503


class Busy(NotRecorded):
    """Another writer holds the ledger. The same command can be sent again with the same key."""

    status = 503


class NotStored(NotRecorded):
    """The database refused. Only the name of the rule is told, never the row."""

    status = 500


class NotReachable(NotRecorded):
    """There is no answer from the database. Whether it was recorded shows when it is sent again."""

    status = 503


# SQLSTATE of PostgreSQL, and of our own triggers (CD…).
_BUSY = frozenset(
    {"55P03", "57014", "25P03", "40P01", "40001"}
)  # lock, time, idle, deadlock, order
_ONCE = {
    "unit_card_din_once": "This donation number belongs to another unit already.",
    "infant_card_chain_once": "This chain of identity belongs to another child already.",
    "stay_card_position_once": "This position of the store is full. Choose a free one.",
}


def without_values(act: Callable[[], R]) -> R:
    """Do this, and turn what the database may say against it into words without values.

    Its messages repeat the row that failed ("Failing row contains (…)"), and would carry it to logs."""
    try:
        return act()
    except DatabaseError as fault:
        told = _in_words(fault)
    # Raised here and not above, so that the database's own message is not even its context.
    raise told


def _in_words(fault: DatabaseError) -> NotRecorded:
    cause = fault.__cause__
    code = getattr(cause, "sqlstate", None) or ""
    rule = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    if rule in _ONCE:
        return Conflict(_ONCE[rule])
    if not code:
        return NotReachable("The database cannot be reached. Nothing is known to be recorded yet.")
    if code in _BUSY:
        return Busy("The ledger is busy. Nothing was recorded; send it again in a moment.")
    return NotStored(f"The database refused the entry (rule {rule or code}).")
