"""How is a prior kept from insisting when the new trial disagrees with the old ones?

By a share of a vague component, worth about one infant (Schmidli et al. 2014, section 2.3)."""

from cordula.stats.borrowing.mixture import Mixture, mean, mixture
from cordula.stats.refusals import CannotBe


def robustified(
    prior: Mixture,
    weight: float,
    centre: float | None = None,
    number: float = 1.0,
    sigma: float | None = None,
) -> Mixture:
    """(1 − weight)·prior + weight·vague, the vague component last.

    The vague component is worth `number` infants and lies at `centre` (½ for beta, else the prior's mean).
    normal: N(centre, sigma/√number), sigma the standard deviation of one infant's outcome; beta: a + b =
    number + 1, so that one infant at ½ is the uniform; gamma: rate = number. Raises CannotBe."""
    if not 0 <= weight <= 1:
        raise CannotBe(f"a vague share of {weight}: between 0 and 1")
    if not number > 0:
        raise CannotBe(f"a vague component worth {number} infants: more than 0")
    vague = _vague(prior, 0.5 if prior.kind == "beta" else mean(prior), centre, number, sigma)
    kept = [((1 - weight) * w, one, two) for w, one, two in prior.components]
    return mixture(prior.kind, *kept, (weight, *vague))


def _vague(
    prior: Mixture, usual: float, centre: float | None, number: float, sigma: float | None
) -> tuple[float, float]:
    at = usual if centre is None else centre
    if prior.kind == "normal":
        if sigma is None or not sigma > 0:
            raise CannotBe(
                f"sigma {sigma}: a normal vague component needs one infant's sd, above 0"
            )
        return at, sigma / number**0.5
    if prior.kind == "beta":
        return at * (number + 1), (1 - at) * (number + 1)
    return at * number, number
