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
from cordula.trial.rules.several import Several


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
    def decided_by(self) -> tuple[Endpoint, ...]:
        """The endpoints that are tested together, in the order of the multiplicity; without one, the primary ones."""
        if self.multiplicity.method == "none":
            return tuple(one for one in self.primary if one.tested)
        return tuple(self.endpoints[name] for name in self.multiplicity.order)

    @property
    def several(self) -> Several:
        """`looks` and `multiplicity` together: what simulation and monitoring ask of all these endpoints."""
        tested = self.decided_by
        return Several(
            self.looks,
            self.multiplicity,
            tuple(one.id for one in tested),
            tuple(one.looks_for for one in tested),
        )

    @property
    def looks_after(self) -> tuple[int, ...]:
        """After how many measured children each look comes: its share of all, rounded up."""
        return tuple(ceil(share * self.participants) for share in self.looks.shares)
