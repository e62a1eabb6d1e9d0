"""From the text of a file to a circuit, or to the list of everything that is wrong with it."""

from typing import Any

import numpy as np

from cordula.heart.circuit import Circuit, Given, Measures, Part
from cordula.heart.expression import Values
from cordula.heart.kinds import (
    ACTIVATION_KINDS,
    EDGE_KINDS,
    KIND_MEANS,
    NODE_KINDS,
    REQUIRED,
    UNITS,
    keys,
)
from cordula.heart.reading.numbers import formula, given
from cordula.heart.reading.sheet import Sheet, Texts
from cordula.heart.reading.topology import check_topology
from cordula.heart.refusals import unknown

_KINDS = {"nodes": NODE_KINDS, "edges": EDGE_KINDS, "activations": ACTIVATION_KINDS}
_OWN = {"nodes": ("activation",), "edges": ("from", "to"), "activations": ()}
_SINGLE = ("ventricle", "aorta", "pulmonary_artery", "atrium")
_MAYBE = ("superior_cava", "inferior_cava", "inlet", "other_ventricle")
_MANY = ("output", "body", "lungs")
STEPS = 240


def read_circuit(text: str, file: str, texts: Texts) -> Circuit:
    """Read a circuit; `texts` finds the circuit that it extends. Raises `CircuitRefused`."""
    sheet = Sheet(text, file, texts)
    parts = {section: _parts(sheet, section) for section in _KINDS}
    quantities = _quantities(sheet)
    measures, shares = _measures(sheet), _shares(sheet)
    check_topology(sheet, parts["nodes"], parts["edges"], parts["activations"], measures)
    reference = sheet.table("reference")
    circuit = Circuit(
        id=str(sheet.tables.get("id", file.removesuffix(".toml"))),
        title=str(sheet.tables.get("title", "")),
        about=str(sheet.tables.get("about", "")),
        **parts,
        quantities=quantities,
        tables=_tables(sheet),
        measures=measures,
        shares=shares,
        levers=_levers(sheet, parts, quantities),
        sources={name: str(words) for name, words in sheet.table("sources").items()},
        weight_kg=formula(sheet, ("reference", "weight_kg"), reference.get("weight_kg", "1")),
        age_days=float(reference.get("age_days", 0)),
        ages_days=(float(reference.get("from_days", 0)), float(reference.get("to_days", 36500))),
        steps=int(sheet.tables.get("steps", STEPS)),
    )
    sheet.finish()
    return circuit


def _parts(sheet: Sheet, section: str) -> tuple[Part, ...]:
    return tuple(
        _part(sheet, section, name, written) for name, written in sheet.table(section).items()
    )


def _part(sheet: Sheet, section: str, name: str, written: dict[str, Any]) -> Part:
    path, kinds = (section, name), _KINDS[section]
    kind = str(written.get("kind", ""))
    if kind not in kinds:
        means = ", ".join(f"{k} ({KIND_MEANS[k]})" for k in kinds)
        sheet.refuse(path, f"“{name}” is of kind “{kind}”; expected one of {means}")
        return Part(
            name,
            next(iter(kinds)),
            "",
            {},
            start=str(written.get("from")),
            end=str(written.get("to")),
        )
    must, may = kinds[kind]
    sheet.known(path, written, ("kind", "title", *_OWN[section], *must, *may))
    for key in must:
        if key not in written:
            sheet.refuse(path, f"“{name}” needs {key}, in {UNITS[key]}: {KIND_MEANS[kind]}")
    numbers = {
        key: given(sheet, (*path, key), written[key], UNITS[key])
        for key in (*must, *may)
        if key in written
    }
    return Part(
        name,
        kind,
        str(written.get("title", name)),
        numbers,
        str(written.get("activation", "")),
        str(written.get("from", "")),
        str(written.get("to", "")),
    )


def _quantities(sheet: Sheet) -> dict[str, Given]:
    found = {
        name: given(sheet, ("quantities", name), written, REQUIRED.get(name))
        for name, written in sheet.table("quantities").items()
    }
    for name, unit in REQUIRED.items():
        if name not in found:
            sheet.refuse(("quantities",), f"the quantity “{name}” is missing, in {unit}")
    _no_circles(sheet, found)
    return found


def _no_circles(sheet: Sheet, found: dict[str, Given]) -> None:
    """A quantity made of itself has no value."""
    for name, own in found.items():
        seen, open_ = set[str](), set(own.formula.names)
        while open_:
            other = open_.pop()
            if other not in seen and other in found:
                seen.add(other)
                open_ |= found[other].formula.names
        if name in seen:
            sheet.refuse(("quantities", name), f"“{name}” is made of itself: {own.formula.text}")


def _tables(sheet: Sheet) -> dict[str, tuple[Values, Values]]:
    found = {}
    for name, written in sheet.table("tables").items():
        at = np.asarray(written.get("at", []), dtype=np.float64)
        value = np.asarray(written.get("value", []), dtype=np.float64)
        if len(at) < 2 or len(at) != len(value) or np.any(np.diff(at) <= 0):
            sheet.refuse(
                ("tables", name),
                f"the table “{name}” has {len(at)} ages and {len(value)} values; expected as many of both, ages rising",
            )
        if written.get("source") not in sheet.table("sources"):
            known = sheet.table("sources")
            sheet.refuse(("tables", name), unknown("source", str(written.get("source")), known))
        found[name] = (at, value)
    return found


def _measures(sheet: Sheet) -> Measures:
    written = sheet.table("measures")
    sheet.known(("measures",), written, (*_SINGLE, *_MAYBE, *_MANY))
    for key in (*_SINGLE, *_MANY):
        if key not in written:
            sheet.refuse(
                ("measures",), f"the measure “{key}” is missing: which part is it read from?"
            )
    texts = {key: str(written.get(key, "")) for key in (*_SINGLE, *_MAYBE)}
    lists = {key: tuple(map(str, written.get(key, ()))) for key in _MANY}
    return Measures(**texts, **lists)  # type: ignore[arg-type]


def _levers(
    sheet: Sheet, parts: dict[str, tuple[Part, ...]], quantities: dict[str, Given]
) -> dict[str, tuple[str, ...]]:
    """Which numbers move together when one thing about a child changes, such as the resistance of her body."""
    own = [f"{p.name}.{key}" for section in parts.values() for p in section for key in keys(p.kind)]
    found = {lever: tuple(map(str, names)) for lever, names in sheet.table("levers").items()}
    for lever, names in found.items():
        for name in names:
            if name not in own and name not in quantities:
                sheet.refuse(("levers", lever), unknown("number", name, (*own, *quantities)))
    return found


def _shares(sheet: Sheet) -> dict[str, float]:
    """Which part of the oxygen is used on which edge of the body; together all of it."""
    written = sheet.table("oxygen").get("shares", {})
    shares = {str(edge): float(part) for edge, part in written.items()}
    edges = sheet.table("edges")
    for edge in shares:
        if edge not in edges:
            sheet.refuse(("oxygen", "shares", edge), unknown("edge", edge, edges))
    if shares and abs(sum(shares.values()) - 1) > 1e-9:
        sheet.refuse(
            ("oxygen", "shares"), f"the shares add up to {sum(shares.values())}; expected 1"
        )
    return shares
