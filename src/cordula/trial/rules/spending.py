"""Which function or shape does a protocol's word for bounds mean?"""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cordula.stats.sequential import Shape, Spending

PETO = Decimal(3)


def spending_of(name: str, parameter: Decimal | None) -> "Spending":
    """A spending function of Lan & DeMets' kind, by its word in the protocol."""
    from cordula.stats import sequential

    made: dict[str, Callable[[], Spending]] = {
        "obrien_fleming": sequential.OBrienFlemingSpending,
        "pocock": sequential.PocockSpending,
        "hwang_shih_decani": lambda: sequential.HwangShihDeCani(_float(parameter)),
        "kim_demets": lambda: sequential.KimDeMets(_float(parameter)),
    }
    return made[name]()


def shape_of(name: str, parameter: Decimal | None) -> "Shape":
    """A classical shape of bounds, by its word in the protocol."""
    from cordula.stats import sequential

    made: dict[str, Callable[[], Shape]] = {
        "obrien_fleming": sequential.OBrienFleming,
        "pocock": sequential.Pocock,
        "wang_tsiatis": lambda: sequential.WangTsiatis(_float(parameter)),
        "haybittle_peto": lambda: sequential.HaybittlePeto(_float(parameter or PETO)),
    }
    return made[name]()


def _float(parameter: Decimal | None) -> float:
    return float(parameter if parameter is not None else 0)
