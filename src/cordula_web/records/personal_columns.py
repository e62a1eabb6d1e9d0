"""Why does none of the records' columns hold anything personal? Erasure goes through none of them.

An entry names people by identifiers drawn at random, and holds personal words as salted digests only; a
card is worked out from entries alone. A column added to a table here is added to this list too, or a test
of the room `people` fails.
"""

from cordula_web.people.personal_columns import Eraser

PERSONAL: dict[str, Eraser] = {}


def _columns(model: str, names: str, why: str) -> dict[str, str]:
    return {f"records.{model}.{name}": why for name in names.split()}


_NAMED_AT_RANDOM = "an identifier that says nothing of the person, or a label printed on a bag"
_OF_THE_PROTOCOL = "words of the protocol's own file, or of the events' fixed vocabulary"

NOT_PERSONAL: dict[str, str] = {
    **_columns("Entry", "type actor site key leaf", _NAMED_AT_RANDOM),
    **_columns(
        "Entry", "data", "the sealed bytes: personal words stand there as salted digests only"
    ),
    **_columns(
        "UnitCard",
        "unit site din infant mother chain_of_identity place position",
        _NAMED_AT_RANDOM,
    ),
    **_columns(
        "UnitCard",
        "state operation protocol protocol_version status because next_step next_title who dose_unit",
        _OF_THE_PROTOCOL,
    ),
    **_columns("InfantCard", "infant site mother chain_of_identity units", _NAMED_AT_RANDOM),
    **_columns(
        "InfantCard",
        "birth_order sex diagnoses weight_unit consented protocol protocol_version protocol_digest"
        " operation",
        _OF_THE_PROTOCOL,
    ),
    **_columns("PlaceCard", "place site path", "a place, not a person"),
    **_columns("StayCard", "unit site product place position", _NAMED_AT_RANDOM),
    **_columns("TaskCard", "unit site din infant item", _NAMED_AT_RANDOM),
    **_columns("TaskCard", "kind title status who says", _OF_THE_PROTOCOL),
}
