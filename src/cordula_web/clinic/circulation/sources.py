"""Where does each number come from? The circuit's sources, the method, and every assumption with its reason."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cordula.heart.ask.freedoms import freedoms
from cordula.heart.measured import readings
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.circulation.written import name_of

if TYPE_CHECKING:
    from cordula.heart.circuit import Circuit

OF_OXYGEN = frozenset({"arterial_saturation", "venous_saturation", "oxygen_delivery"})
BARNEA = "Barnea, Austin, Richman & Santamore 1994, J Am Coll Cardiol 24:1420"


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Assumption:
    what: str
    amount: str
    because: str


def note_of(outcome: str) -> str:
    """What stands behind an outcome beside the circuit itself, short enough for a cell; "" if nothing does."""
    return _("mixing: Barnea 1994") if outcome in OF_OXYGEN else ""


def sources_of(circuit: "Circuit") -> list[Source]:
    """The publications behind this circuit and its oxygen."""
    told = [Source(name, core(words)) for name, words in circuit.sources.items()]
    return [*told, Source("barnea1994", BARNEA)]


def assumptions_of(circuit: "Circuit") -> list[Assumption]:
    """Everything that nobody measured."""
    own = [
        Assumption(
            name.replace("_", " "), f"{given.formula.text} {given.unit}", core(given.because)
        )
        for name, given in circuit.quantities.items()
        if given.source == "assumed"
    ]
    spread = [
        Assumption(
            _("How children differ: {what}").format(what=core(one.title)),
            _("SD of the logarithm {sd}").format(sd=one.sd),
            core(one.because),
        )
        for one in freedoms(circuit)
    ]
    read = [
        Assumption(
            _("One reading: {what}").format(what=name_of(name)),
            _("SD {sd}% of the value").format(sd=f"{100 * one.sd:g}")
            if one.relative
            else _("SD {sd}").format(sd=f"{one.sd:g}"),
            core(one.because),
        )
        for name, one in readings().items()
    ]
    return [*own, *spread, *read]
