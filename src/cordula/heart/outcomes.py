"""What would be measured of a circulation: pressures, volumes, flows, saturations, each with its unit."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from cordula.heart import oxygen
from cordula.heart.circuit import Circuit
from cordula.heart.expression import Values
from cordula.heart.kernel.layout import EDGE_SEEN, NODE_SEEN
from cordula.vocabulary.words import said_later

# Name of each outcome, its unit (UCUM) and what it is called.
OUTCOMES = MappingProxyType(
    {
        "heart_rate": ("/min", said_later("heart rate")),
        "end_diastolic_volume": ("mL", said_later("end-diastolic volume")),
        "end_systolic_volume": ("mL", said_later("end-systolic volume")),
        "stroke_volume": ("mL", said_later("stroke volume")),
        "ejection_fraction": ("1", said_later("ejection fraction")),
        "end_diastolic_pressure": ("mm[Hg]", said_later("end-diastolic pressure")),
        "ventricular_pressure_peak": ("mm[Hg]", said_later("peak pressure of the ventricle")),
        "other_end_diastolic_volume": (
            "mL",
            said_later("end-diastolic volume of the other ventricle"),
        ),
        "other_end_systolic_volume": (
            "mL",
            said_later("end-systolic volume of the other ventricle"),
        ),
        "other_ejection_fraction": ("1", said_later("ejection fraction of the other ventricle")),
        "systolic_pressure": ("mm[Hg]", said_later("systolic arterial pressure")),
        "diastolic_pressure": ("mm[Hg]", said_later("diastolic arterial pressure")),
        "mean_arterial_pressure": ("mm[Hg]", said_later("mean arterial pressure")),
        "coronary_perfusion_pressure": ("mm[Hg]", said_later("coronary perfusion pressure")),
        "pulmonary_pressure_systolic": ("mm[Hg]", said_later("systolic pulmonary artery pressure")),
        "pulmonary_pressure_diastolic": (
            "mm[Hg]",
            said_later("diastolic pulmonary artery pressure"),
        ),
        "pulmonary_pressure_mean": ("mm[Hg]", said_later("mean pulmonary artery pressure")),
        "atrial_pressure": ("mm[Hg]", said_later("mean atrial pressure")),
        "superior_caval_pressure": (
            "mm[Hg]",
            said_later("mean pressure of the superior caval vein"),
        ),
        "inferior_caval_pressure": (
            "mm[Hg]",
            said_later("mean pressure of the inferior caval vein"),
        ),
        "cardiac_output": ("L/min", said_later("cardiac output")),
        "systemic_flow": ("L/min", said_later("systemic flow, Qs")),
        "pulmonary_flow": ("L/min", said_later("pulmonary flow, Qp")),
        "flow_ratio": ("1", said_later("Qp:Qs")),
        "inlet_regurgitant_fraction": ("1", said_later("regurgitant fraction of the inlet valve")),
        "arterial_saturation": ("1", said_later("arterial oxygen saturation")),
        "venous_saturation": ("1", said_later("mixed venous oxygen saturation")),
        "oxygen_delivery": ("mL/kg/min", said_later("systemic oxygen delivery")),
    }
)
_L_PER_MIN = 60.0 / 1000.0


class Seen:
    """What the kernel saw of one beat, by the names of the parts."""

    def __init__(self, circuit: Circuit, seen: Values, steps: Values) -> None:
        nodes, edges = len(circuit.nodes), len(circuit.edges)
        split = len(NODE_SEEN) * nodes
        self._nodes = {part.name: i for i, part in enumerate(circuit.nodes)}
        self._edges = {part.name: i for i, part in enumerate(circuit.edges)}
        self._node_seen = seen[:split].reshape(nodes, len(NODE_SEEN), -1)
        flows = seen[split:].reshape(edges, len(EDGE_SEEN), -1) / steps
        self.forward, self.backward = flows[:, 0], flows[:, 1]
        self._steps = steps

    def volumes(self, node: str) -> tuple[Values, Values]:
        """Largest and smallest."""
        found = self._node_seen[self._nodes[node]]
        return found[0], found[1]

    def pressures(self, node: str) -> tuple[Values, Values, Values]:
        """Highest, lowest and mean."""
        found = self._node_seen[self._nodes[node]]
        return found[2], found[3], found[4] / self._steps

    def flow(self, *edges: str) -> Values:
        """Net mean flow over these edges together, L/min."""
        numbers = [self._edges[edge] for edge in edges]
        net = (self.forward[numbers] - self.backward[numbers]).sum(axis=0)
        return np.asarray(net * _L_PER_MIN)

    def leaked(self, edge: str) -> Values:
        """The part of the forward flow that comes back."""
        number = self._edges[edge]
        return np.asarray(self.backward[number] / self.forward[number])


def outcomes(circuit: Circuit, numbers: Mapping[str, Values], seen: Seen) -> dict[str, Values]:
    """Every outcome that this circuit has, by name, of shape (count,)."""
    with np.errstate(all="ignore"):
        found = {"heart_rate": np.array(numbers["heart_rate"])}
        found |= _of_ventricles(circuit, numbers, seen)
        found |= _of_pressures(circuit, seen)
        found["coronary_perfusion_pressure"] = (
            found["diastolic_pressure"] - found["end_diastolic_pressure"]
        )
        found |= _of_flows(circuit, seen)
        if all(name in numbers for name in oxygen.NEEDED):
            found |= _of_oxygen(circuit, numbers, seen)
    return {name: found[name] for name in OUTCOMES if name in found}


def _of_ventricles(
    circuit: Circuit, numbers: Mapping[str, Values], seen: Seen
) -> dict[str, Values]:
    name, other = circuit.measures.ventricle, circuit.measures.other_ventricle
    full, empty = seen.volumes(name)
    found = {
        "end_diastolic_volume": full,
        "end_systolic_volume": empty,
        "stroke_volume": full - empty,
        "ejection_fraction": 1.0 - empty / full,
        "end_diastolic_pressure": _filled(circuit, name, numbers, full),
        "ventricular_pressure_peak": seen.pressures(name)[0],
    }
    if other:
        full, empty = seen.volumes(other)
        found["other_end_diastolic_volume"] = full
        found["other_end_systolic_volume"] = empty
        found["other_ejection_fraction"] = 1.0 - empty / full
    return found


def _filled(circuit: Circuit, name: str, numbers: Mapping[str, Values], volume: Values) -> Values:
    """The pressure that filling alone gives the chamber at this volume."""
    part = next(node for node in circuit.nodes if node.name == name)
    outside = numbers[f"{name}.Pext"]
    gained = volume - numbers[f"{name}.V0"]
    if part.kind == "E":
        return np.asarray(numbers[f"{name}.Emin"] * gained + outside)
    stretch = np.expm1(numbers[f"{name}.A"] * gained)
    return np.asarray(numbers[f"{name}.B"] * stretch + outside)


def _of_pressures(circuit: Circuit, seen: Seen) -> dict[str, Values]:
    m = circuit.measures
    found = dict[str, Values]()
    found["systolic_pressure"], found["diastolic_pressure"], found["mean_arterial_pressure"] = (
        seen.pressures(m.aorta)
    )
    lungs = seen.pressures(m.pulmonary_artery)
    for name, value in zip(("systolic", "diastolic", "mean"), lungs, strict=True):
        found[f"pulmonary_pressure_{name}"] = value
    for name, node in (
        ("atrial_pressure", m.atrium),
        ("superior_caval_pressure", m.superior_cava),
        ("inferior_caval_pressure", m.inferior_cava),
    ):
        if node:
            found[name] = seen.pressures(node)[2]
    return found


def _of_flows(circuit: Circuit, seen: Seen) -> dict[str, Values]:
    m = circuit.measures
    found = {
        "cardiac_output": seen.flow(*m.output),
        "systemic_flow": seen.flow(*m.body),
        "pulmonary_flow": seen.flow(*m.lungs),
    }
    found["flow_ratio"] = found["pulmonary_flow"] / found["systemic_flow"]
    if m.inlet:
        found["inlet_regurgitant_fraction"] = seen.leaked(m.inlet)
    return found


def _of_oxygen(circuit: Circuit, numbers: Mapping[str, Values], seen: Seen) -> dict[str, Values]:
    places = {part.name: i for i, part in enumerate(circuit.nodes)}
    content = oxygen.contents(circuit, numbers, seen.forward, seen.backward)
    full = oxygen.capacity(numbers)
    arterial = content[places[circuit.measures.aorta]]
    flow = seen.flow(*circuit.measures.body) / _L_PER_MIN
    venous = _arriving(circuit, content, seen) / flow - numbers["oxygen_consumption"] / 60.0 / flow
    return {
        "arterial_saturation": arterial / full,
        "venous_saturation": venous / full,
        "oxygen_delivery": flow * 60.0 * arterial / numbers["weight"],
    }


def _arriving(circuit: Circuit, content: Values, seen: Seen) -> Values:
    """Oxygen that reaches the body, in mL/s."""
    rates = [
        (seen.forward[i] - seen.backward[i]) * content[edge.start]
        for i, (part, edge) in enumerate(zip(circuit.edges, circuit.layout.edges, strict=True))
        if part.name in circuit.measures.body
    ]
    return np.asarray(np.sum(rates, axis=0))
