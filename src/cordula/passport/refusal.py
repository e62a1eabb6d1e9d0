"""Why is a passport refused? One named reason, and one sentence for whoever holds the file."""

from enum import StrEnum

from cordula.ledger import refusal


class Reason(StrEnum):
    """Names that never change: other programs and the second verifier know them too."""

    TOO_LARGE = "too_large"
    NOT_A_PASSPORT = "not_a_passport"
    OTHER_VERSION = "other_version"
    MALFORMED = "malformed"
    UNKNOWN_ORIGIN = "unknown_origin"
    NOT_SIGNED = "not_signed"
    NOT_COSIGNED = "not_cosigned"
    EDITED = "edited"
    NOT_SEALED = "not_sealed"
    NOT_AN_ENTRY = "not_an_entry"
    OTHER_LEDGER = "other_ledger"
    MISPLACED = "misplaced"
    OTHER_UNIT = "other_unit"
    MISSING = "missing"
    REPEATED = "repeated"
    OUT_OF_ORDER = "out_of_order"
    UNLINKED = "unlinked"
    NOT_ISSUED = "not_issued"
    WRONG_DISCLOSURE = "wrong_disclosure"


class Refused(refusal.Refused):
    """The passport proves nothing. The text says what is wrong with it."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
