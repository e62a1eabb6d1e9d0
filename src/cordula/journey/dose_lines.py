"""How is the dose working written: each amount with what it was worked out from?"""

from typing import TYPE_CHECKING

from cordula.events.course import Weighed
from cordula.journey.verdict import DoseLine
from cordula.journey.wording import amount, dose_amount, lasting, timepoint
from cordula.journey.working import Working
from cordula.protocols.protocol import DoseRule
from cordula.vocabulary.quantity import Quantity
from cordula.vocabulary.words import _

if TYPE_CHECKING:
    from cordula.journey.case import Case


def lines(
    rule: DoseRule, working: Working, concentration: Quantity | None, case: "Case"
) -> tuple[DoseLine, ...]:
    """Weight, then volume and cells in the order the rule goes, then cells for each kg."""
    told = (
        _weight(working, case.weight, case),
        *_amounts(rule, working, concentration),
        _per_kg(working),
    )
    return tuple(line for line in told if line is not None)


def _weight(working: Working, weighed: Weighed | None, case: "Case") -> DoseLine | None:
    if weighed is None or working.weight is None:
        return None
    told = [case.time(weighed.at), *([weighed.where] if weighed.where else [])]
    if weighed.at <= case.as_of:
        told.append(_("{time} ago").format(time=lasting(case.as_of - weighed.at)))
    return DoseLine(label=_("Weight"), working=", ".join(told), result=working.weight)


def _amounts(
    rule: DoseRule, working: Working, concentration: Quantity | None
) -> tuple[DoseLine | None, DoseLine | None]:
    each = _each_ml(rule, concentration)
    if rule.volume_per_kg is not None:
        return (
            _line(_("Volume"), _for_each_kg(rule.volume_per_kg), working.volume),
            _line(_cells(rule), each, working.cells),
        )
    return (
        _line(_cells(rule), _for_each_kg(rule.cells_per_kg), working.cells),
        _line(_("Volume"), each, working.volume),
    )


def _per_kg(working: Working) -> DoseLine | None:
    if working.cells is None or working.weight is None:
        return None
    told = f"{dose_amount(working.cells)} ÷ {amount(working.weight)}"
    return _line(_("For each kg"), told, working.per_kg)


def _line(label: str, told: str, result: Quantity | None) -> DoseLine | None:
    return None if result is None else DoseLine(label=label, working=told, result=result)


def _cells(rule: DoseRule) -> str:
    return _("Live cells") if "viable" in rule.concentration else _("Nucleated cells")


def _for_each_kg(per_kg: Quantity | None) -> str:
    if per_kg is None:
        return ""
    unit = per_kg.unit.removesuffix("/kg")
    return _("{amount} for each kg").format(amount=dose_amount(Quantity(per_kg.value, unit)))


def _each_ml(rule: DoseRule, concentration: Quantity | None) -> str:
    if concentration is None:
        return ""
    return _("{concentration}, {timepoint}").format(
        concentration=amount(concentration), timepoint=timepoint(rule.concentration_at).lower()
    )


def injections(rule: DoseRule, volume: Quantity | None) -> str:
    """“In 6 to 10 injections, 0.06 mL to 0.1 mL each.”"""
    few, many = rule.injections_at_least, rule.injections_at_most
    counts = [count for count in dict.fromkeys((few, many)) if count]
    if not counts or volume is None:
        return ""
    told = _(" to ").join(str(count) for count in counts)
    each = _(" to ").join(dose_amount(volume / count) for count in reversed(counts))
    if counts == [1]:
        return _("In one injection.")
    return _("In {count} injections, {each} each.").format(count=told, each=each)
