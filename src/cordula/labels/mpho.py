"""What identifies one bag among all bags of the world? The elements that ISBT 128 asks for traceability.

Processing facility, product description code, donation and division (ST-001 7.3.1, 2.4.33); the order is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from cordula.labels.din import Din
from cordula.labels.division import Division
from cordula.labels.errors import LabelError
from cordula.labels.processing import ProcessingFacility
from cordula.labels.product import ProductCode, check_division_present
from cordula.labels.structure import Structure

Kind = TypeVar("Kind", bound=Structure)


class MphoIdentifier(NamedTuple):
    """`processing_fin` is None where the label names no processing facility apart."""

    processing_fin: str | None
    description_code: str
    donation_number: str
    division: str


def mpho_identifier(structures: Iterable[Structure]) -> MphoIdentifier:
    """The identifier of the product from everything scanned on its label."""
    scanned = tuple(structures)
    check_division_present(scanned)
    din, product = _needed(scanned, Din), _needed(scanned, ProductCode)
    facility, division = _one(scanned, ProcessingFacility), _one(scanned, Division)
    return MphoIdentifier(
        facility.fin if facility else None,
        product.description_code,
        din.number,
        division.code if division else product.division,
    )


def _one(scanned: tuple[Structure, ...], kind: type[Kind]) -> Kind | None:
    found = {structure for structure in scanned if isinstance(structure, kind)}
    if len(found) > 1:
        raise LabelError(
            kind.kind_name(), None, "one of them on a label", f"{len(found)} different"
        )
    return found.pop() if found else None


def _needed(scanned: tuple[Structure, ...], kind: type[Kind]) -> Kind:
    found = _one(scanned, kind)
    if found is None:
        names = ", ".join(structure.name for structure in scanned) or "nothing"
        raise LabelError(kind.kind_name(), None, "a scan of it, to identify the product", names)
    return found
