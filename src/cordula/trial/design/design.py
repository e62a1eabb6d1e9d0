"""The design of one trial, whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from cordula.trial.design.arms import Allocation, Arm, sizes
from cordula.trial.design.endpoints import Endpoint
from cordula.trial.rules.looks import LookRule
from cordula.trial.rules.multiplicity import Multiplicity
from cordula.trial.rules.safety import SafetyRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Everything that was planned before the first child. `protocol` and `digest` say whose design it is."""

    protocol: str
    version: str
    digest: str
    title: str
    randomised: bool
    masked: str
    arms: tuple[Arm, ...]
    participants: int
    allocation: Allocation
    alpha: Decimal
    sides: int
    endpoints: Mapping[str, Endpoint]
    looks: LookRule
    multiplicity: Multiplicity
    safety: tuple[SafetyRule, ...]
    assumed: tuple[str, ...] = ()
    assumption: str = ""

    @property
    def sizes(self) -> tuple[int, ...]:
        """The planned number of children in each arm."""
        return sizes(self.arms, self.participants)

    @property
    def primary(self) -> tuple[Endpoint, ...]:
        """The endpoints that the trial is decided by; the first endpoint where none is called primary."""
        found = tuple(one for one in self.endpoints.values() if one.primary)
        return found or tuple(self.endpoints.values())[:1]

    @property
    def looks_after(self) -> tuple[int, ...]:
        """After how many measured children each look comes: its share of all, rounded up."""
        return tuple(ceil(share * self.participants) for share in self.looks.shares)
