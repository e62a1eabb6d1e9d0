"""How is the dose worked out, and where does it lie in the protocol's range?"""

from django.utils.translation import gettext as _

from cordula import display
from cordula.journey.limits import passes
from cordula.journey.verdict import Dose, DoseLine, Status
from cordula.protocols.protocol import DoseRule
from cordula.vocabulary.quantity import Quantity, UnitError
from cordula_web.frame import parts
from cordula_web.frame.gauge import Gauge, gauge


def working(dose: Dose | None) -> parts.DoseWorking | None:
    """None where the protocol gives no dose, or nothing could be worked out at all."""
    if dose is None or not dose.lines:
        return None
    *lines, last = dose.lines
    whole = dose.per_kg is not None
    return parts.DoseWorking(
        title=_("Planned dose") if dose.planned else _("Dose"),
        lines=tuple(map(_line, lines if whole else dose.lines)),
        total=_line(last) if whole else None,
        gauge=_gauge(dose),
        sentence=_sentence(dose),
    )


def stands(dose: Dose, rule: DoseRule | None) -> bool:
    """Whether the dose may stand in large letters: inside its ranges, and at a weight that is fresh, or as a plan.

    A dose outside its range is a stop, and never an answer."""
    if rule is None or dose.per_kg is None or dose.volume is None:
        return False
    within = ((dose.per_kg, rule.range_per_kg), (dose.volume, rule.volume))
    if not all(limit is None or passes(amount, limit) for amount, limit in within):
        return False
    return dose.planned or dose.status is Status.MET


def _line(line: DoseLine) -> parts.DoseLine:
    # A weight stands with the digits it was measured with; what is worked out from it is a dose.
    value = display.quantity(line.result) if line.result.unit == "kg" else display.dose(line.result)
    return parts.DoseLine(line.label, value, line.working)


def _gauge(dose: Dose) -> Gauge | None:
    if dose.per_kg is None or dose.lowest is None or dose.highest is None:
        return None
    unit = dose.per_kg.unit
    try:
        low, high = dose.lowest.to(unit), dose.highest.to(unit)
    except UnitError:
        return None
    if not low.value < high.value:
        return None
    return gauge(
        dose.per_kg.value,
        (low.value, high.value),
        (_end(dose.lowest), _end(dose.highest)),
        dose.because,
    )


def _end(quantity: Quantity) -> str:
    return display.dose(quantity)


def _sentence(dose: Dose) -> str:
    told = [dose.because, dose.injections]
    if dose.planned and dose.status is Status.MET:
        told.append(_("A plan until the unit is released and thawed. Weigh again on the day."))
    return " ".join(filter(None, told))
