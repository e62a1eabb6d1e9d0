"""Is enough of the unit kept, did it stay cold, and is every deviation closed?"""

from collections.abc import Mapping
from datetime import timedelta

from cordula.display import celsius, counted
from cordula.events.parts import PartKind
from cordula.events.quality import Deviated, DeviationClosed
from cordula.events.storage import ExcursionReviewed, Stored, TemperatureExcursed
from cordula.journey.case import Case
from cordula.journey.found import Found, met, met_with_note, not_met, unknown
from cordula.journey.wording import lasting, listed, plain_key
from cordula.protocols.criteria import DeviationsClosed, ProductsKept, StorageUnbroken
from cordula.units.products import Product, ProductState
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import ProductKey
from cordula.vocabulary.words import _

_LOST = frozenset({ProductState.DISCARDED, ProductState.RETURNED, ProductState.DIVIDED})


def products_kept(rule: ProductsKept, case: Case) -> Found:
    """Counts what was stored and is not lost: a vial on its way to theatre, or given, was kept."""
    if case.unit is None:
        return unknown(_("There is no unit for this child."))
    if rule.product_kind not in list(PartKind):
        return unknown(_("“{kind}” is not a kind of product.").format(kind=rule.product_kind))
    stored = {event.product: event for event in case.unit.all(Stored)}
    if not stored:
        return unknown(_("Nothing was put in storage yet."))
    kept = [p for p in case.unit.products.values() if _is_kept(p, rule, stored)]
    says = _("{told}; {needed} or more are needed.").format(
        told=_told(kept, rule), needed=rule.at_least
    )
    answer = met if len(kept) >= rule.at_least else not_met
    return answer(says, *(stored[p.key] for p in kept))


def _is_kept(product: Product, rule: ProductsKept, stored: Mapping[ProductKey, Stored]) -> bool:
    return (
        product.kind == rule.product_kind and product.state not in _LOST and product.key in stored
    )


def _told(kept: list[Product], rule: ProductsKept) -> str:
    """“1 vial shipped and 1 vial stored”."""
    if not kept:
        return _("No {kind} is kept").format(kind=rule.product_kind)
    states = [product.state for product in kept]
    return listed(
        f"{counted(rule.product_kind, states.count(state))} {plain_key(state)}"
        for state in dict.fromkeys(states)
    )


def storage_unbroken(rule: StorageUnbroken, case: Case) -> Found:
    if case.unit is None or not case.unit.has(Stored):
        return unknown(_("Nothing was put in storage yet."))
    excursions = case.unit.all(TemperatureExcursed)
    if not excursions:
        return met(_("No temperature excursion is recorded."), *case.unit.all(Stored))
    reviews = {event.number: event for event in case.unit.all(ExcursionReviewed)}
    reviewed = [reviews.get(event.number) for event in excursions]
    says = " ".join(map(_excursion, excursions, reviewed))
    harmless = all(review and review.decision == "no_effect" for review in reviewed)
    events = [event for event in (*excursions, *reviewed) if event is not None]
    return (met_with_note if harmless else not_met)(says, *events)


def _excursion(excursed: TemperatureExcursed, review: ExcursionReviewed | None) -> str:
    """“Excursion 7, 11min at −142 °C. Reviewed: no effect.”"""
    decision = _decisions().get(review.decision, plain_key(review.decision)) if review else ""
    judged = _("Reviewed: {decision}.").format(decision=decision) if review else _("Not reviewed.")
    lasted = excursed.at - excursed.started_at
    return _("Excursion {number}, {time} at {extreme}. {judged}").format(
        number=excursed.number,
        time=lasting(max(lasted, timedelta(0))),
        extreme=celsius(excursed.extreme),
        judged=judged,
    )


def _decisions() -> dict[str, str]:
    return {
        "no_effect": _("no effect"),
        "test_again": _("test again"),
        "discard": _("destroy"),
    }


def deviations_closed(rule: DeviationsClosed, case: Case) -> Found:
    if case.unit is None:
        return unknown(_("There is no unit for this child."))
    last = _last_words(case.unit)
    if not last:
        return met(_("No deviation is recorded."))
    usable = all(isinstance(event, DeviationClosed) and event.usable for event in last.values())
    says = " ".join(map(_deviation, last.values()))
    return (met_with_note if usable else not_met)(says, *last.values())


def _last_words(unit: Unit) -> dict[str, Deviated | DeviationClosed]:
    """What was said last of each deviation; one reported again is open again."""
    if not unit.has(Deviated):
        return {}
    said = (event for event in unit.standing if isinstance(event, Deviated | DeviationClosed))
    return {event.number: event for event in said}


def _deviation(event: Deviated | DeviationClosed) -> str:
    if isinstance(event, Deviated):
        return _("Deviation {number} is open.").format(number=event.number)
    judged = _("can be used") if event.usable else _("cannot be used")
    return _("Deviation {number} closed: {severity}, {judged}.").format(
        number=event.number, severity=event.severity, judged=judged
    )
