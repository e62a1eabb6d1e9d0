"""What is drawn before the first child, as the design says: a list of arms, or the seed of a minimisation?"""

from dataclasses import dataclass
from secrets import randbits

from cordula.events.sealed import Disclosure
from cordula.stats.streams import stream
from cordula.trial.allocation import draw_list, draw_seed, is_seeded
from cordula.trial.design import Design


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is kept sealed, and the root that is committed: a list of arms, or the seed of a minimisation."""

    name: str
    method: str
    places: int
    root: str
    disclosures: tuple[Disclosure, ...]


def drawn_for(name: str, design: Design) -> Drawn:
    """Drawn once, from chance that is kept nowhere: nobody can draw it again. Raises CannotBe."""
    method, places = design.allocation.method, design.participants
    if is_seeded(method):
        seed = draw_seed(name, design)
        return Drawn(name, method, places, seed.digest, (seed,))
    drawn = draw_list(name, design, places, stream(randbits(256), "allocation"))
    return Drawn(name, method, drawn.places, drawn.root, drawn.disclosures)
