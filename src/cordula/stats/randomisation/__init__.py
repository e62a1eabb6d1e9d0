"""Allocation as mathematics: procedures, the lists they draw, their balance, and how well they can be guessed.

Inputs, the same everywhere here unless a function says otherwise:

    procedure: one of `Complete`, `Blocks`, `BiasedCoin`, `BigStick`, `Urn`, `Maximal`
    size, draws: infants in a list, and how many lists
    ratio: of the arms, whole numbers, arm 0 first
    rng: a generator, such as `stats.streams.stream(seed, purpose)`
    alpha, beta: of the urn: balls of each arm at the start, balls of the other arm added at a draw
    rule: a `Minimisation`
    weights: of the factors, all 1 where none are given

Source where neither a function nor its module names one: Rosenberger & Lachin 2016, Randomization in Clinical
Trials."""

from cordula.stats.randomisation.balance import Balance as Balance
from cordula.stats.randomisation.balance import Imbalance as Imbalance
from cordula.stats.randomisation.balance import balance as balance
from cordula.stats.randomisation.balance import imbalance as imbalance
from cordula.stats.randomisation.lists import allocations as allocations
from cordula.stats.randomisation.lists import permuted_blocks as permuted_blocks
from cordula.stats.randomisation.lists import within_strata as within_strata
from cordula.stats.randomisation.minimisation import Minimisation as Minimisation
from cordula.stats.randomisation.minimisation import Preference as Preference
from cordula.stats.randomisation.minimisation import minimise as minimise
from cordula.stats.randomisation.minimisation import minimised as minimised
from cordula.stats.randomisation.procedures import BiasedCoin as BiasedCoin
from cordula.stats.randomisation.procedures import BigStick as BigStick
from cordula.stats.randomisation.procedures import Blocks as Blocks
from cordula.stats.randomisation.procedures import Complete as Complete
from cordula.stats.randomisation.procedures import Maximal as Maximal
from cordula.stats.randomisation.procedures import Procedure as Procedure
from cordula.stats.randomisation.procedures import Urn as Urn
