"""Which open findings a release by exception took on, and what it did not cover."""

from cordula.events.release import ExceptionallyReleased
from cordula.journey.case import Case
from cordula.journey.found import Found
from cordula.journey.verdict import Status
from cordula.vocabulary.words import _


def exception_in_force(case: Case) -> ExceptionallyReleased | None:
    return case.release if isinstance(case.release, ExceptionallyReleased) else None


def excepted(
    found: Found, names: tuple[str, str], release: ExceptionallyReleased, case: Case
) -> Found:
    """An open finding as the exception leaves it; `names` are those of the criterion and its gate."""
    if not set(names) & set(release.criteria):
        return found
    if found.status is Status.WITHDRAWN or _newer(found, release):
        return found
    says = _("{found} Taken on by exception, {time}, with a reason and an acknowledgement.")
    told = says.format(found=found.says, time=case.time(release.at))
    return Found(Status.EXCEPTION, told, None, (release,))


def _newer(found: Found, release: ExceptionallyReleased) -> bool:
    """An exception covers what was known when it was signed: a culture that grows later is not in it."""
    return any(event.at > release.at for event in found.events)
