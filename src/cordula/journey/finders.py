"""Who looks at which kind of criterion: one finder for each, and a kind without one is not known."""

from collections.abc import Callable, Mapping
from typing import Any

from cordula.journey.case import Case
from cordula.journey.child import (
    diagnosis_is,
    dose_in_range,
    enrolled_here,
    happened,
    operation_known,
    review_signed,
    weight_fresh,
)
from cordula.journey.consent import consent_given
from cordula.journey.counts import measured
from cordula.journey.donor import answered, eligibility_is
from cordula.journey.found import Found, unknown
from cordula.journey.identity import identity_matched
from cordula.journey.mother import mother_negative
from cordula.journey.storage import deviations_closed, products_kept, storage_unbroken
from cordula.journey.tests import passed
from cordula.journey.times import age_at, within_time
from cordula.protocols import criteria
from cordula.protocols.criteria import Criterion
from cordula.vocabulary.words import _

Finder = Callable[[Any, Case], Found]

FINDERS: Mapping[type[Criterion], Finder] = {
    criteria.ConsentGiven: consent_given,
    criteria.IdentityMatched: identity_matched,
    criteria.Happened: happened,
    criteria.WithinTime: within_time,
    criteria.Measured: measured,
    criteria.TestPassed: passed,
    criteria.MotherNegative: mother_negative,
    criteria.Answered: answered,
    criteria.EligibilityIs: eligibility_is,
    criteria.ProductsKept: products_kept,
    criteria.StorageUnbroken: storage_unbroken,
    criteria.DeviationsClosed: deviations_closed,
    criteria.ReviewSigned: review_signed,
    criteria.DiagnosisIs: diagnosis_is,
    criteria.OperationKnown: operation_known,
    criteria.AgeAt: age_at,
    criteria.WeightFresh: weight_fresh,
    criteria.DoseInRange: dose_in_range,
    criteria.EnrolledHere: enrolled_here,
}


def finder(criterion: Criterion) -> Finder:
    """How this criterion is looked at. A number that nobody could source is looked at by nobody."""
    if criterion.open:
        return _open
    return FINDERS.get(type(criterion), _nobody)


def look(find: Finder, criterion: Criterion, case: Case) -> Found:
    """What is found. A record that cannot be compared, such as a time without a zone, is not known."""
    try:
        return find(criterion, case)
    except (ValueError, TypeError, ArithmeticError, LookupError) as fault:
        return unknown(_("The record cannot be compared: {fault}.").format(fault=fault))


def _open(criterion: Criterion, case: Case) -> Found:
    says = _("{says}: no source gives this number. The site must fill it in.")
    return unknown(says.format(says=criterion.says.rstrip(".")))


def _nobody(criterion: Criterion, case: Case) -> Found:
    kind = getattr(criterion, "KIND", type(criterion).__name__)
    return unknown(_("This version cannot judge “{kind}”.").format(kind=kind))
