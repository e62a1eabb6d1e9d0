"""Which arm comes next from a committed seed, and does every draw so far follow from it? Read off a trial's history."""

from collections.abc import Mapping, Sequence

from cordula.events.sealed import Disclosure, Sealed
from cordula.trial.allocation.commitment import Draw
from cordula.trial.allocation.history import History
from cordula.trial.allocation.seed import check_seed, drawn_again
from cordula.trial.design.design import Design

# The seed of each list by its name.
Seeds = Mapping[str, Disclosure]


def next_draw(
    design: Design, history: History, name: str, seeds: Seeds, factors: Sequence[str]
) -> tuple[Draw, Disclosure]:
    """The next place of this list for a child with these factors, and its words. There is no proof of a place:
    the draw is proven when the seed is told. Raises CannotBe, NotTheList, or KeyError for a seed that is missing."""
    levels = [one.factors for one in history.draws_of(name)]
    words = drawn_again(
        design, seeds[name], [*levels, factors], before(design, history, name, seeds)
    )
    return Draw(len(levels) + 1, Sealed(words[-1].digest), ()), words[-1]


def check_draws(design: Design, history: History, name: str, seeds: Seeds) -> None:
    """That every draw from this list follows from its seed. Raises NotTheList, or KeyError."""
    earlier = before(design, history, name, seeds)
    listed, draws = history.committed[name], history.draws_of(name)
    check_seed(design, listed, seeds[name], draws, earlier)


def before(
    design: Design, history: History, name: str, seeds: Seeds
) -> list[tuple[Sequence[str], str]]:
    """Factors and arm of the children of the lists that this one continues, in their order."""
    found: list[tuple[Sequence[str], str]] = []
    for earlier in history.followed(name):
        levels = [one.factors for one in history.draws_of(earlier)]
        words = drawn_again(design, seeds[earlier], levels, tuple(found))
        found += [(one, told.value) for one, told in zip(levels, words, strict=True)]
    return found
