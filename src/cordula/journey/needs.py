"""What would have to be so: the limit of a criterion in words, or its own sentence."""

from cordula.journey.limits import bounded, in_words
from cordula.journey.wording import amount
from cordula.protocols.criteria import Criterion, Limit, WeightFresh


def needed(criterion: Criterion) -> str:
    limit = getattr(criterion, "limit", None)
    if criterion.open:
        return criterion.says
    if isinstance(limit, Limit) and bounded(limit):
        return in_words(limit)
    if isinstance(criterion, WeightFresh) and criterion.not_older_than is not None:
        return amount(criterion.not_older_than)
    return criterion.says
