"""May small studies with happy results be all that was published? Few studies cannot tell."""

from collections.abc import Sequence

from cordula.evidence.answer import Input
from cordula.evidence.scales import usable
from cordula.evidence.words import read_own
from cordula.vocabulary.words import said_later

ALPHA = 0.10


def small_studies(inputs: Sequence[Input]) -> str:
    """A note in words; below ten studies nothing is tested, because a test would find nothing or anything."""
    fewest = read_own("certainty.toml")["small_studies"]["fewest"]
    k = len(inputs)
    if k == 0:
        return said_later("Nothing was pooled.")
    if k < fewest:
        studies = "1 study" if k == 1 else f"{k} studies"
        return (
            f"{studies}: whether small studies with favourable results are published more often cannot be seen "
            f"in fewer than {fewest}. It is likely in a field of small trials, and nothing here excludes it."
        )
    return _tested(inputs)


def _tested(inputs: Sequence[Input]) -> str:
    from cordula.stats.refusals import NotConverged
    from cordula.stats.synthesis.small_studies import egger

    found = egger(*usable(inputs))
    if isinstance(found, NotConverged):
        return f"Egger's regression found no answer: {found.reason}."
    lean = (
        "estimates lean with the size of the study" if found.p_value < ALPHA else "no lean was seen"
    )
    return (
        f"{len(inputs)} studies: {lean} (Egger's regression, P {found.p_value:.2g}). Many things besides "
        "unpublished studies make them lean, and such a test misses most of what it looks for."
    )
