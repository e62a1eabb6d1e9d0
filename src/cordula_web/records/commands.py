"""What can the command line ask of the records? Each answers with data; the words are the command line's."""

from datetime import datetime

from cordula_web.records import guards, signer
from cordula_web.records.audit import audit, quietly
from cordula_web.records.findings import Problem, Progress, Report
from cordula_web.records.paper import PaperWitness, paper_witness
from cordula_web.records.rebuild import rebuild_cards

__all__ = [
    "Problem",
    "Progress",
    "Report",
    "at_start",
    "audit",
    "checkpoint",
    "quietly",
    "rebuild_cards",
]


def at_start() -> list[str]:
    """What speaks against recording, before the site opens: guards that are missing, a ledger that is behind."""
    reason = signer.standing()
    return [*guards.differences(), *([reason] if reason else [])]


def checkpoint(now: datetime) -> PaperWitness:
    """Sign the ledger as it stands. Raises ReadOnly or NothingToSign."""
    return paper_witness(signer.checkpoint_now(now))
