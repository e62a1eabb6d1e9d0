"""Which protocol is a child judged by? The very version she was enrolled under, found by its digest."""

from cordula.events.before_birth import Enrolled
from cordula.infants.infant import Infant
from cordula.protocols.protocol import Protocol


class Shelf:
    """Every version of a protocol this site has ever enrolled a child under, by its digest."""

    def __init__(self) -> None:
        self._by_digest: dict[tuple[str, str], Protocol] = {}

    def put(self, protocol: Protocol) -> None:
        self._by_digest[protocol.id, protocol.digest] = protocol

    def forget(self) -> None:
        self._by_digest.clear()

    def take(self, enrolment: Enrolled) -> Protocol | None:
        """None where this version is not here: then nothing of its protocol can be judged."""
        return self._by_digest.get((enrolment.protocol, enrolment.digest))


SHELF = Shelf()


def protocol_of(infant: Infant | None) -> Protocol | None:
    enrolment = infant.enrolment if infant else None
    return SHELF.take(enrolment) if enrolment else None
