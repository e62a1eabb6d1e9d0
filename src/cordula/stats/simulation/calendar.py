"""When does each look take place, and how many patients have entered by then?"""

from math import nan

from cordula.stats.compiled import compiled
from cordula.stats.simulation.patients import FOLLOW_UP_MONTHS, GAP_MONTHS, Counts
from cordula.stats.simulation.philox import Floats


@compiled
def calendar(numbers: Floats, looks: Counts, entries: Floats, out: Floats, trial: int) -> None:
    """How many had entered when each look took place, and when that was."""
    for look in range(len(looks)):
        out[4, trial, look], out[5, trial, look] = looks[look], nan
        if numbers[GAP_MONTHS] <= 0.0:
            continue
        when = entries[looks[look] - 1] + numbers[FOLLOW_UP_MONTHS]
        entered = looks[look]
        while entered < len(entries) and entries[entered] <= when:
            entered += 1
        out[4, trial, look], out[5, trial, look] = entered, when
