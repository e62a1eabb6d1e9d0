"""What follows from the values: all cells in the unit, how many were kept, and for how heavy a child they are enough?"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from cordula import display
from cordula.display import NO_BREAK
from cordula.journey.limits import bounded, in_words, passes
from cordula.journey.working import work
from cordula.protocols.protocol import DoseRule
from cordula.vocabulary.measures import measure, timepoints
from cordula.vocabulary.quantity import Quantity
from cordula_web.frame.parts import Sum

VOLUME, EACH_ML, TOTAL = "volume", "tnc_concentration", "tnc"
Values = Mapping[str, Quantity]


def total_cells(values: Values) -> Quantity | None:
    """Volume times concentration, in millions; None while one of them is not known."""
    if VOLUME not in values or EACH_ML not in values:
        return None
    volume, each = values[VOLUME].to("mL"), values[EACH_ML].to("10*6/mL")
    return Quantity(volume.value * each.value, "10*6")


def sums(
    values: Values, before: Values, rule: DoseRule | None, weight: Quantity | None, timepoint: str
) -> tuple[Sum, ...]:
    total = total_cells(values)
    return (
        _total(values, total),
        _recovered(total, before.get(TOTAL) or total_cells(before)),
        _enough(values, rule, weight, timepoint),
    )


def _total(values: Values, total: Quantity | None) -> Sum:
    label = _("Total nucleated cells")
    if total is None:
        return _not_known(label, _("Needs the volume and all cells in each mL"))
    number, _space, unit = display.count(total).partition(NO_BREAK)
    working = f"{display.quantity(values[VOLUME])} × {display.quantity(values[EACH_ML])}"
    return Sum(label, number, unit, working)


def _recovered(total: Quantity | None, before: Quantity | None) -> Sum:
    label = _("Recovered")
    if total is None or before is None or before.value <= 0:
        return _not_known(label, _("Needs this count and an earlier one"))
    share = total.value / before.to("10*6").value * 100
    told = _("of {count} before").format(count=display.count(before))
    if share > 100:
        told = _("More than the {count} before. Check volume and count.").format(
            count=display.count(before)
        )
    shown = display.dose(Quantity(share, "%"), 0).removesuffix("%")
    return Sum(label, shown, "%", told, status="unknown" if share > 100 else "")


def _enough(values: Values, rule: DoseRule | None, weight: Quantity | None, timepoint: str) -> Sum:
    if weight is None:
        return _not_known(_("Enough for the child?"), _("Enter the weight to plan for"))
    label = _("Enough for a child of {weight}?").format(weight=display.dose(weight))
    if rule is None:
        return _not_known(label, _("The protocol gives no dose"))
    if rule.concentration_at != timepoint:
        when = timepoints("unit")[rule.concentration_at].lower()
        return _not_known(label, _("Worked out from the count {when}").format(when=when))
    if rule.concentration not in values or VOLUME not in values:
        needed = measure(rule.concentration).label.lower()
        return _not_known(label, _("Needs the volume and {measure}").format(measure=needed))
    return _compared(label, values, rule, weight)


def _compared(label: str, values: Values, rule: DoseRule, weight: Quantity) -> Sum:
    working = work(rule, weight, values[rule.concentration])
    if working.volume is None or working.per_kg is None:
        return _not_known(label, _("The protocol leaves the dose open"))
    needed = _("{volume} needed, {per_kg}").format(
        volume=display.dose(working.volume), per_kg=display.dose(working.per_kg)
    )
    limit = rule.range_per_kg
    if limit is not None and bounded(limit) and not passes(working.per_kg, limit):
        told = _("{per_kg}, and the protocol asks for {range}").format(
            per_kg=display.dose(working.per_kg), range=in_words(limit)
        )
        return Sum(label, _("No"), note=told, status="not_met")
    if working.volume > values[VOLUME]:
        return Sum(label, _("No"), note=needed, status="not_met")
    return Sum(label, _("Yes"), note=needed)


def _not_known(label: str, why: str) -> Sum:
    return Sum(label, _("Not known"), note=why)


def weight_of(text: str) -> Quantity | None:
    """The weight to plan for, as typed; None where it is no weight."""
    plausible = measure("weight").plausible
    try:
        weight = Quantity.of(text, "kg")
    except ValueError:
        return None
    return weight if weight.value > Decimal(0) and plausible.holds(weight) else None
