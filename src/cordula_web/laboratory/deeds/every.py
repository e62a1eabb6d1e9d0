"""Every deed of the laboratory, by the last word of its address, in the order of a unit's life."""

from cordula_web.laboratory.deeds import arriving, closing, ending, keeping, making, testing
from cordula_web.laboratory.deeds.deed import Deed

DEEDS: dict[str, type[Deed]] = {
    "receive": arriving.Receive,
    "identity": arriving.CheckIdentity,
    "process": making.Process,
    "divide": making.Divide,
    "freeze": making.Freeze,
    "storage": keeping.PutAway,
    "move": keeping.Move,
    "take-out": keeping.TakeOut,
    "start-test": testing.StartTest,
    "result": testing.RecordResult,
    "mother": testing.RecordMothersResult,
    "eligibility": testing.DetermineEligibility,
    "refuse": closing.Refuse,
    "take-back": closing.TakeBack,
    "hold": closing.Hold,
    "lift-hold": closing.LiftHold,
    "void": ending.Void,
    "discard": ending.Discard,
}

# Some addresses have another word than the page: “receive” is taken by theatre, where units arrive too.
WORDS = {"storage": "store", "receive": "arrival"}


def page_name(word: str) -> str:
    return word.replace("-", "_")
