"""The adult of Regazzoni as the peers want to be told of him: the same numbers, in their words."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from cordula import heart

CHAMBERS = ("LA", "LV", "RA", "RV")
VALVES = {
    "mitral": ("LA", "LV"),
    "aortic": ("LV", "SA"),
    "tricuspid": ("RA", "RV"),
    "pulmonic": ("RV", "PA"),
}
VESSELS = {"SA": "systemic", "SV": "caval", "PA": "pulmonary", "PV": "pulmonary_venous"}
JOINS = (("SA", "SV"), ("SV", "RA"), ("PA", "PV"), ("PV", "LA"))
# Volumes and pressures at which the published adult begins.
BEGIN = {"LA": 87.183, "LV": 118.520, "RA": 86.833, "RV": 166.177}
BEGIN_AT = {"SA": 87.675, "SV": 35.898, "PA": 19.545, "PV": 15.004}
BEGIN_FLOW = {"SA": 71.104, "SV": 94.039, "PA": 94.084, "PV": 473.279}


def svzerod_input(points: int, beats: int, heart_rate: float = 75.0) -> dict[str, Any]:
    """The adult for svZeroDSolver 3.2: vessels as C–R–L, as the paper draws them, not R–C–L."""
    n = heart.load("regazzoni-adult").scaled().given({"heart_rate": heart_rate}).numbers()
    return {
        "simulation_parameters": {
            "number_of_cardiac_cycles": beats,
            "number_of_time_pts_per_cardiac_cycle": points,
            "output_variable_based": True,
            "output_all_cycles": False,
            "cardiac_period": 60.0 / n["heart_rate"],
        },
        "vessels": [_vessel(i, name, edge, n) for i, (name, edge) in enumerate(VESSELS.items(), 1)],
        "junctions": [_junction(*ends) for ends in JOINS],
        "boundary_conditions": [],
        "chambers": [_chamber(name, n) for name in CHAMBERS],
        "valves": [_valve(name, *ends, n) for name, ends in VALVES.items()],
        "initial_condition": _begin(),
    }


def _vessel(number: int, name: str, edge: str, n: Mapping[str, float]) -> dict[str, Any]:
    return {
        "vessel_id": number,
        "vessel_length": 1.0,
        "vessel_name": name,
        "zero_d_element_type": "BloodVesselCRL",
        "zero_d_element_values": {
            "C": n[f"{name}.C"],
            "R_poiseuille": n[f"{edge}.R"],
            "L": n[f"{edge}.L"],
        },
    }


def _junction(start: str, end: str) -> dict[str, Any]:
    return {
        "junction_name": f"{start}-{end}",
        "junction_type": "NORMAL_JUNCTION",
        "inlet_blocks": [start],
        "outlet_blocks": [end],
    }


def _chamber(name: str, n: Mapping[str, float]) -> dict[str, Any]:
    part = "atria" if name.endswith("A") else "ventricles"
    onset = n[f"{part}.onset"] % (60.0 / n["heart_rate"])
    return {
        "type": "LinearElastanceChamber",
        "name": name,
        "values": {
            "Emax": n[f"{name}.Emax"] - n[f"{name}.Emin"],
            "Epass": n[f"{name}.Emin"],
            "Vrest": n[f"{name}.V0"],
        },
        "activation_function": {
            "type": "piecewise_cosine",
            "contract_start": onset,
            "relax_start": onset + n[f"{part}.rise"],
            "contract_duration": n[f"{part}.rise"],
            "relax_duration": n[f"{part}.fall"],
        },
    }


def _valve(name: str, start: str, end: str, n: Mapping[str, float]) -> dict[str, Any]:
    return {
        "type": "PiecewiseValve",
        "name": name,
        "params": {
            "Rmin": n[f"{name}.R"],
            "Rmax": 1.0 / n[f"{name}.leak"],
            "upstream_block": start,
            "downstream_block": end,
        },
    }


def _begin() -> dict[str, float]:
    found = {f"Vc:{name}": volume for name, volume in BEGIN.items()}
    for name, pressure in BEGIN_AT.items():
        before = {"SA": "aortic", "SV": "SA-SV", "PA": "pulmonic", "PV": "PA-PV"}[name]
        found[f"pressure:{before}:{name}"] = pressure
    for start, end in JOINS:
        found[f"flow:{start}:{start}-{end}"] = BEGIN_FLOW[start]
    return found


def svzerod_outcomes(
    points: int, beats: int, heart_rate: float = 75.0, between: bool = False
) -> dict[str, float]:
    """What svZeroDSolver says of the adult's last beat; `between`: extremes read between its points, as ours are."""
    import svzerod

    told = svzerod.simulate(svzerod_input(points, beats, heart_rate))
    volume = told.loc[told["name"] == "Vc:LV", "y"].to_numpy()
    pressure = told.loc[told["name"] == "pressure:aortic:SA", "y"].to_numpy()
    most = _summit if between else np.max
    return {
        "end_diastolic_volume": float(most(volume)),
        "end_systolic_volume": -float(most(-volume)),
        "systolic_pressure": float(most(pressure)),
        "diastolic_pressure": -float(most(-pressure)),
        "mean_arterial_pressure": float(pressure[:-1].mean()),
    }


def _summit(values: np.ndarray) -> float:
    """The top of the parabola through the highest of equidistant values and its neighbours; it has no slopes to use."""
    at = int(np.argmax(values))
    if not 0 < at < len(values) - 1:
        return float(values[at])
    before, top, after = values[at - 1 : at + 2]
    bend = before - 2 * top + after
    return float(top - (before - after) ** 2 / (8 * bend) if bend < 0 else top)
