"""Which child gets which treatment, by lot, so that nobody can know before, change after, or skip a draw.

    drawn = draw_list("main", design, size=60, rng=stream(secret, "allocation"))   # before the first child
    commitment(drawn)            # -> AllocationListCommitted.root, sealed in the ledger
    draw = drawn.draw(7)         # -> Randomised: place 7, its seal, its proof
    check(draw, root, places)    # anybody, with the ledger alone
    opened(draw.sealed, disclosure)   # -> the arm, for whoever may know it

`History` folds the events of a protocol; `admit` says which may come next. `report` tells balance and how well
the next draw can be guessed.

Inputs, the same everywhere here unless a function says otherwise:

    design: of the trial, as `trial.design.design_of` answers it
    name: of the list, one for each stratum
    places: how many the list has
    sealed: what the ledger holds of a draw
    rng: such as `stats.streams.stream(secret, "allocation", stratum)`
    random_bytes: a function that answers so many bytes, for the salts; as given, the system's own
    history: the fold of the trial's events so far"""

from cordula.trial.allocation.commitment import Draw, NotTheList, check, opened
from cordula.trial.allocation.history import History, admit
from cordula.trial.allocation.lists import AllocationList, draw_list, procedure_of
from cordula.trial.allocation.minimisation import arm_by_minimisation, draw_chances
from cordula.trial.allocation.report import AllocationReport, report

__all__ = [
    "AllocationList",
    "AllocationReport",
    "Draw",
    "History",
    "NotTheList",
    "admit",
    "arm_by_minimisation",
    "check",
    "draw_chances",
    "draw_list",
    "opened",
    "procedure_of",
    "report",
]
