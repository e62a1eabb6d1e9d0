"""Which of the numbers read of a child cannot be, alone or beside each other?"""

from collections.abc import Mapping

from cordula.heart.measured.reading import reading
from cordula.heart.outcomes import OUTCOMES
from cordula.vocabulary.words import _

# Of each pair the first is below the second in every living child.
BELOW = (
    ("end_systolic_volume", "end_diastolic_volume"),
    ("diastolic_pressure", "mean_arterial_pressure"),
    ("mean_arterial_pressure", "systolic_pressure"),
    ("diastolic_pressure", "systolic_pressure"),
    ("venous_saturation", "arterial_saturation"),
)


def impossible(given: Mapping[str, float]) -> dict[str, str]:
    """For each outcome that cannot be as it is given: why. The numbers are in the units of `OUTCOMES`."""
    found = {name: why for name, value in given.items() if (why := _alone(name, value))}
    for low, high in BELOW:
        if not {low, high} <= given.keys() or found.keys() & {low, high}:
            continue
        if not given[low] < given[high]:
            told = _("{low} is not below the {what}, {high}: one of the two must be read again")
            found[low] = told.format(
                low=_shown(low, given[low]),
                what=_(OUTCOMES[high][1]),
                high=_shown(high, given[high]),
            )
    return found


def _alone(name: str, value: float) -> str:
    within = reading(name)
    if within.least <= value <= within.most:
        return ""
    return _("{value} cannot be: the {what} lies between {least} and {most}").format(
        value=_shown(name, value),
        what=_(OUTCOMES[name][1]),
        least=_shown(name, within.least),
        most=_shown(name, within.most),
    )


def _shown(name: str, value: float) -> str:
    unit = OUTCOMES[name][0]
    if unit == "1" and name != "flow_ratio":
        return f"{100 * value:.3g} %"
    return f"{value:.4g} {unit.replace('mm[Hg]', 'mmHg')}".removesuffix(" 1")
