"""Who may know a child's arm? By role, by the masking of the protocol, and by what was told in an emergency."""

from cordula.trial.allocation.history import History
from cordula.vocabulary.identifiers import AccountId, InfantId

# Whoever judges or decides may not know while a trial is masked; the board that watches over the children may.
ALWAYS = frozenset({"safety_board"})
# In an open trial those who treat the child know what she was given; who enrols never sees a place before it is drawn.
OPEN = frozenset({"surgeon", "cardiologist", "ward_nurse", "donor_coordinator", "statistician"})


def may_know(
    role: str, account: AccountId, infant: InfantId, masked: str, history: History
) -> bool:
    """Whether this person may be shown the arm of this child. masked: open, single, double, triple."""
    if infant not in history.randomised:
        return False
    if any(one.infant == infant and one.told_to == account for one in history.unblinded):
        return True
    return role in ALWAYS or (masked == "open" and role in OPEN)
