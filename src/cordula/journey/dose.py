"""How much is given, and may it be: the dose worked out in the open and held against its range."""

from typing import TYPE_CHECKING

from cordula.journey.citing import cited
from cordula.journey.dose_lines import injections, lines
from cordula.journey.limits import bounded, in_words, lower, passes, span, upper
from cordula.journey.verdict import Dose, Status
from cordula.journey.wording import (
    amount,
    dose_amount,
    lasting,
    listed,
    measure,
    plain_key,
    sentence,
    timepoint,
)
from cordula.journey.working import Working, work
from cordula.protocols.protocol import DoseRule
from cordula.vocabulary.quantity import Quantity, UnitError
from cordula.vocabulary.words import _

if TYPE_CHECKING:
    from cordula.journey.case import Case


def work_out(case: "Case") -> Dose | None:
    """The dose with its working, or None where the protocol gives none."""
    rule = case.protocol.dose
    if rule is None:
        return None
    concentration = _concentration(rule, case)
    try:
        working = work(rule, case.weight.weight if case.weight else None, concentration)
        return _dose(rule, working, concentration, _judged(rule, working, case), case)
    except UnitError as fault:
        return _unreadable(rule, fault, case)


def _dose(
    rule: DoseRule,
    working: Working,
    concentration: Quantity | None,
    judged: tuple[Status, str],
    case: "Case",
) -> Dose:
    return Dose(
        status=judged[0],
        planned=_planned(case),
        volume=working.volume,
        per_kg=working.per_kg,
        lines=lines(rule, working, concentration, case),
        lowest=lower(rule.range_per_kg),
        highest=upper(rule.range_per_kg),
        because=judged[1],
        cites=cited(case.protocol, rule.source, rule.place, rule.open),
        injections=injections(rule, working.volume),
    )


def _unreadable(rule: DoseRule, fault: UnitError, case: "Case") -> Dose:
    return _dose(rule, Working(), None, (Status.UNKNOWN, f"{sentence(str(fault))}."), case)


def _concentration(rule: DoseRule, case: "Case") -> Quantity | None:
    """The newest standing count at the timepoint that the protocol names."""
    count = case.unit.count(rule.concentration, rule.concentration_at) if case.unit else None
    return count.result if count and count.at <= case.now else None


def _planned(case: "Case") -> bool:
    """A dose is a plan until the unit is released, and thawed after that; fresh cells are not thawed."""
    ready = case.moment("thawed") or case.moment("prepared")
    return case.release is None or ready is None or ready < case.release.at


def _judged(rule: DoseRule, working: Working, case: "Case") -> tuple[Status, str]:
    if missing := _missing(rule, working, case):
        return Status.UNKNOWN, missing
    assert working.per_kg is not None  # noqa: S101 (a missing one was told)
    assert working.volume is not None  # noqa: S101 (a missing one was told)
    if stale := _stale(rule, case):
        return Status.NOT_MET, stale
    for value, limit in ((working.per_kg, rule.range_per_kg), (working.volume, rule.volume)):
        if limit is not None and bounded(limit) and not passes(value, limit):
            says = _("{dose} is outside the protocol range of {limit}.")
            return Status.NOT_MET, says.format(dose=dose_amount(value), limit=in_words(limit))
    return Status.MET, _inside(rule, working.per_kg)


def _missing(rule: DoseRule, working: Working, case: "Case") -> str:
    if rule.open or rule.weight_not_older_than is None or not _per_kg(rule):
        return _open(rule)
    if case.weight is None:
        return _("No weight is recorded.")
    if case.weight.at > case.now or case.weight.weight.value <= 0:
        return _("The newest weighing cannot be right. Weigh again.")
    if working.volume is None or working.per_kg is None:
        at = timepoint(rule.concentration_at).lower()
        return _("{measure}, {at}: not recorded.").format(
            measure=measure(rule.concentration), at=at
        )
    if working.per_kg.value <= 0:
        return _("No cells were counted, so there is no dose.")
    if rule.volume_per_kg is not None and not bounded(rule.range_per_kg):
        return _("The protocol gives no range for the dose.")
    return ""


def _per_kg(rule: DoseRule) -> bool:
    return rule.volume_per_kg is not None or rule.cells_per_kg is not None


def _open(rule: DoseRule) -> str:
    if not rule.open_numbers:
        return _("The protocol leaves the dose open. The site must fill it in.")
    names = listed(plain_key(name) for name in rule.open_numbers)
    return _("The protocol leaves open: {names}. The site must fill it in.").format(names=names)


def _stale(rule: DoseRule, case: "Case") -> str:
    limit = rule.weight_not_older_than
    if case.weight is None or limit is None:
        return ""
    old = case.as_of - case.weight.at
    if old <= span(limit):
        return ""
    return _("The weight is {age} old (limit {limit}). Weigh again.").format(
        age=lasting(old, limit), limit=amount(limit)
    )


def _inside(rule: DoseRule, per_kg: Quantity) -> str:
    if rule.range_per_kg is None or not bounded(rule.range_per_kg):
        return _("{dose}, as the protocol sets it.").format(dose=dose_amount(per_kg))
    return _("{dose}, inside the protocol range of {limit}.").format(
        dose=dose_amount(per_kg), limit=in_words(rule.range_per_kg)
    )
