"""The studies that the tests of this room share."""

from typing import Any

import numpy as np

from cordula.stats.synthesis import Effects, log_risk_ratio
from tests.unit.stats.reference import dataset

# Three studies of a change of ejection fraction, in per cent; made up, small and uneven.
CHANGE = [5.1, 3.2, 6.4]
CHANGE_SE = [2.1, 1.4, 2.8]
# Events and sizes of two arms, with empty cells.
RARE = ([0, 1, 2, 0], [12, 20, 31, 10], [1, 3, 4, 0], [11, 21, 29, 10])
FEW = ([1, 1, 2, 3], [12, 20, 31, 40], [2, 3, 4, 6], [11, 21, 29, 41])


def bcg_counts() -> tuple[Any, Any, Any, Any]:
    told = {name: np.array(values) for name, values in dataset("dat.bcg").items()}
    return (
        told["tpos"],
        told["tpos"] + told["tneg"],
        told["cpos"],
        told["cpos"] + told["cneg"],
    )


def bcg() -> Effects:
    """Thirteen trials of BCG against tuberculosis: log risk ratios."""
    return log_risk_ratio(*bcg_counts())
