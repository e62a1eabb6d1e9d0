"""The protocol that practice is judged by: invented numbers, marked as such, and approved for practice."""

from datetime import datetime

from cordula.events.parts import Signature
from cordula.events.record_keeping import ProtocolApproved
from cordula.events.sealed import Sealing
from cordula.protocols.protocol import Protocol
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.practice.acts import Act, Life
from cordula_web.practice.people import Staff
from cordula_web.records.shelf import keep

PROTOCOL = "practice-mnc-stage-2"
MEANING = "This version is in force for practice."


def practice_protocol() -> Protocol:
    return keep(PROTOCOL)


def approval(protocol: Protocol, staff: Staff, at: datetime) -> Life:
    sealing = Sealing()
    yield Act(
        ProtocolApproved(
            protocol_file=ProtocolId(protocol.id),
            version=protocol.version,
            digest=protocol.digest,
            signature=Signature(
                role="medical_director",
                meaning=MEANING,
                statement=sealing("statement", MEANING),
                printed_name=sealing("printed_name", "Dr Lars Holm"),
            ),
            by=staff["holm"],
            at=at,
        ),
        sealing,
    )
