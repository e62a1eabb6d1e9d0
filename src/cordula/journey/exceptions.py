"""Which open findings a release by exception took on, and what it did not cover."""

from dataclasses import replace

from cordula.events.release import ExceptionallyReleased
from cordula.journey.case import Case
from cordula.journey.found import Found
from cordula.journey.verdict import Status
from cordula.vocabulary.words import _


def exception_in_force(case: Case) -> ExceptionallyReleased | None:
    return case.release if isinstance(case.release, ExceptionallyReleased) else None


def excepted(
    found: Found, names: tuple[str, str], release: ExceptionallyReleased | None, case: Case
) -> Found:
    """The finding as the exception leaves it; `names` are those of the criterion and of its gate."""
    if release is None or found.status.opens or not set(names) & set(release.criteria):
        return found
    if found.status is Status.WITHDRAWN or _newer(found, release):
        return found
    says = _("{found} Taken on by exception, {time}, with a reason and an acknowledgement.")
    return replace(
        found,
        status=Status.EXCEPTION,
        says=says.format(found=found.says, time=case.time(release.at)),
        due=None,
        events=(release,),
    )


def _newer(found: Found, release: ExceptionallyReleased) -> bool:
    """An exception covers what was known when it was signed: a culture that grows later is not in it."""
    return any(event.at > release.at for event in found.events)
