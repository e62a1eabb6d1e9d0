"""How is one number of a circuit read: a formula, its unit, and where it is from?"""

from typing import Any

from cordula.heart.circuit import Given
from cordula.heart.expression import FUNCTIONS, Formula, FormulaRefused, read
from cordula.heart.reading.sheet import Sheet
from cordula.heart.refusals import unknown
from cordula.vocabulary.lines import Path
from cordula.vocabulary.quantity import Quantity, UnitError

_KEYS = ("is", "unit", "source", "because")
_NONE = read("0")


def given(sheet: Sheet, path: Path, written: Any, unit: str | None) -> Given:
    """The number at `path`; `unit` is the one computed with, None for a quantity that says its own."""
    nothing = Given(_NONE, unit or "1", 1.0, "")
    if not isinstance(written, dict):
        sheet.refuse(path, f"expected {{ is = …, unit = …, source = … }}, not {written!r}")
        return nothing
    sheet.known(path, written, _KEYS)
    for key in ("is", "unit", "source"):
        if key not in written:
            sheet.refuse(path, f"“{key}” is missing: a number needs a value, a unit and a source")
            return nothing
    said = str(written["unit"])
    return Given(
        formula(sheet, path, written["is"]),
        said,
        factor(sheet, path, said, unit or said),
        _source(sheet, path, written),
        str(written.get("because", "")),
    )


def formula(sheet: Sheet, path: Path, text: Any) -> Formula:
    try:
        found = read(str(text))
    except FormulaRefused as wrong:
        sheet.refuse(path, str(wrong))
        return _NONE
    functions = {**FUNCTIONS, **sheet.table("tables")}
    for name in sorted(found.calls - set(functions)):
        sheet.refuse(path, f"“{text}”: {unknown('function or table', name, functions)}")
    names = ("weight", "age", *sheet.table("quantities"))
    for name in sorted(found.names - set(names)):
        sheet.refuse(path, f"“{text}”: {unknown('quantity', name, names)}")
    return found


def factor(sheet: Sheet, path: Path, said: str, unit: str) -> float:
    """By what a number in the unit of the file is multiplied; a refusal where that cannot be."""
    if said == unit:
        return 1.0
    try:
        return float(Quantity.of("1", said).to(unit).value)
    except UnitError as wrong:
        sheet.refuse(path, f"{wrong}; expected a unit that converts to {unit}")
        return 1.0


def _source(sheet: Sheet, path: Path, written: dict[str, Any]) -> str:
    source = str(written["source"])
    if source == "assumed":
        if not written.get("because"):
            sheet.refuse(path, "an assumed number needs a reason: because = “…”")
    elif source not in sheet.table("sources"):
        sheet.refuse(path, unknown("source", source, ("assumed", *sheet.table("sources"))))
    return source
