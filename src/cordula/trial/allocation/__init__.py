"""Which child gets which treatment, by lot, so that nobody can know before, change after, or skip a draw.

    drawn = draw_list("main", design, size=60, rng=stream(secret, "allocation"))   # before the first child
    commitment(drawn)            # -> AllocationListCommitted.root, sealed in the ledger
    draw = drawn.draw(7)         # -> Randomised: place 7, its seal, its proof
    check(draw, root, places)    # anybody, with the ledger alone
    opened(draw.sealed, disclosure)   # -> the arm, for whoever may know it

Where an arm depends on the children before, as in a minimisation, a sealed seed is committed in place of a list:

    seed = draw_seed("main", design)             # seed.digest is committed
    drawn_again(design, seed, factors)[-1]       # the words of the newest draw, from the factors of all so far
    check_seed(design, listed, seed, draws)      # anybody who is told the seed, with the ledger alone

`next_draw` and `check_draws` do both for the history of a trial, with the seeds of its lists by name.

`History` folds the events of a protocol; `admit` says which may come next. `report` tells balance and how well
the next draw can be guessed.

Inputs, the same everywhere here unless a function says otherwise:

    design: of the trial, as `trial.design.design_of` answers it
    method: of allocation, as the protocol names it
    name: of the list, one for each stratum
    places: how many the list has
    sealed: what the ledger holds of a draw
    rng: such as `stats.streams.stream(secret, "allocation", stratum)`
    listed, draws: the event by which a seed was committed to, and those of the draws from it, in their order
    seed: the disclosure of a sealed seed, as `draw_seed` answers it
    factors: of each child, one level for each of the design's strata
    seeds: those disclosures by the names of their lists
    before: factors and arm of each child so far, in their order
    random_bytes: a function that answers so many bytes, for the salts; as given, the system's own
    history: the fold of the trial's events so far"""

from cordula.trial.allocation.commitment import Draw, NotTheList, check, opened
from cordula.trial.allocation.history import History, admit
from cordula.trial.allocation.lists import AllocationList, draw_list, procedure_of
from cordula.trial.allocation.minimisation import arm_by_minimisation
from cordula.trial.allocation.replay import check_draws, next_draw
from cordula.trial.allocation.report import AllocationReport, predictable, report
from cordula.trial.allocation.seed import check_seed, draw_seed, drawn_again, is_seeded

__all__ = [
    "AllocationList",
    "AllocationReport",
    "Draw",
    "History",
    "NotTheList",
    "admit",
    "arm_by_minimisation",
    "check",
    "check_draws",
    "check_seed",
    "draw_list",
    "draw_seed",
    "drawn_again",
    "is_seeded",
    "next_draw",
    "opened",
    "predictable",
    "procedure_of",
    "report",
]
