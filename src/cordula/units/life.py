"""The life of a unit: its states, and which event leads to which."""

from enum import StrEnum

from cordula.events.before_birth import Consented, Expected
from cordula.events.collection import (
    Collected,
    CollectionStopped,
    Received,
    ReceivedFromMaker,
)
from cordula.events.event import Event
from cordula.events.laboratory import Cryopreserved, Processed, Tested
from cordula.events.release import (
    Allocated,
    ExceptionallyReleased,
    Rejected,
    Released,
    ReleaseRevoked,
    Returned,
    Shipped,
)
from cordula.events.theatre import Administered, AdministrationStopped, Prepared, Thawed


class State(StrEnum):
    """Where a unit is in its life. The order is that of life, and `rank` follows it."""

    UNKNOWN = "unknown"
    EXPECTED = "expected"
    CONSENTED = "consented"
    NOT_COLLECTED = "not_collected"
    COLLECTED = "collected"
    RECEIVED = "received"
    PROCESSED = "processed"
    CRYOPRESERVED = "cryopreserved"
    TESTED = "tested"
    REJECTED = "rejected"
    RELEASED = "released"
    EXCEPTIONALLY_RELEASED = "exceptionally_released"
    ALLOCATED = "allocated"
    SHIPPED = "shipped"
    ARRIVED = "arrived"
    THAWED = "thawed"
    PREPARED = "prepared"
    ADMINISTERED = "administered"
    STOPPED = "stopped"
    RETURNED = "returned"
    DISCARDED = "discarded"

    @property
    def rank(self) -> int:
        return _RANK[self]

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


_RANK = {state: rank for rank, state in enumerate(State)}

RELEASED_STATES = frozenset({State.RELEASED, State.EXCEPTIONALLY_RELEASED})
ENDED_STATES = frozenset({State.NOT_COLLECTED, State.REJECTED, State.DISCARDED})
BEFORE_RELEASE = frozenset({State.RECEIVED, State.PROCESSED, State.CRYOPRESERVED, State.TESTED})

LEADS_TO: dict[type[Event], State] = {
    Expected: State.EXPECTED,
    ReceivedFromMaker: State.RECEIVED,
    Collected: State.COLLECTED,
    CollectionStopped: State.NOT_COLLECTED,
    Processed: State.PROCESSED,
    Cryopreserved: State.CRYOPRESERVED,
    Rejected: State.REJECTED,
    Released: State.RELEASED,
    ExceptionallyReleased: State.EXCEPTIONALLY_RELEASED,
    ReleaseRevoked: State.TESTED,
    Allocated: State.ALLOCATED,
    Shipped: State.SHIPPED,
    Thawed: State.THAWED,
    Prepared: State.PREPARED,
    Administered: State.ADMINISTERED,
    AdministrationStopped: State.STOPPED,
    Returned: State.RETURNED,
}


def next_state(state: State, event: Event) -> State:
    """The state after this event. `Discarded` is judged by what is left of the products."""
    if (following := LEADS_TO.get(type(event))) is not None:
        return following
    match event:
        case Consented() if state is State.EXPECTED and "collect" in event.scopes:
            return State.CONSENTED
        case Received():
            return State.ARRIVED if state is State.SHIPPED else State.RECEIVED
        case Tested() if event.final and state in BEFORE_RELEASE:
            return State.TESTED
    return state
