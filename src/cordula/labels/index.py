"""Which structure begins here? Every identifier of ISBT 128 and the class that reads it (ST-001 table 2)."""

from __future__ import annotations

from cordula.labels.blood_group import BloodGroup
from cordula.labels.chain_of_identity import ChainOfIdentity
from cordula.labels.consignment import Consignment
from cordula.labels.dates import CollectionDate, Expiry, ProductionDate
from cordula.labels.dimensions import Dimensions
from cordula.labels.din import Din
from cordula.labels.division import Division
from cordula.labels.errors import LabelError, shown
from cordula.labels.european import SingleEuropeanCode
from cordula.labels.flexible_date import FlexibleDate
from cordula.labels.grid import Grid
from cordula.labels.infection import InfectionMarkers
from cordula.labels.layout import Layout
from cordula.labels.persons import Donor, PatientBirthDate, PatientNumber, StaffMember
from cordula.labels.processing import (
    ProcessingFacility,
    ProcessorProduct,
    ProductLot,
    SupplementalNumber,
)
from cordula.labels.product import ProductCode
from cordula.labels.structure import Structure
from cordula.labels.supplies import Container, ContainerLot, Item, ItemLot, SupplyExpiry
from cordula.labels.undecoded import (
    NATIONAL_IDENTIFIER,
    AntigenHistory,
    National,
    PlateletAntigens,
    RedCellAntigens,
    RedCellAntigensFinnish,
    RetiredGrid,
    RetiredHlaAB,
    RetiredHlaDrb1,
    RetiredRedCellAntigens,
    SpecialTesting,
)

STRUCTURES: tuple[type[Structure], ...] = (
    Din,
    BloodGroup,
    ProductCode,
    Expiry,
    CollectionDate,
    ProductionDate,
    SpecialTesting,
    RetiredRedCellAntigens,
    RedCellAntigens,
    RedCellAntigensFinnish,
    PlateletAntigens,
    RetiredHlaAB,
    RetiredHlaDrb1,
    Container,
    ContainerLot,
    Donor,
    StaffMember,
    Item,
    ItemLot,
    PatientBirthDate,
    PatientNumber,
    SupplyExpiry,
    InfectionMarkers,
    Consignment,
    Dimensions,
    AntigenHistory,
    FlexibleDate,
    Division,
    ProcessingFacility,
    ProcessorProduct,
    ProductLot,
    SupplementalNumber,
    RetiredGrid,
    SingleEuropeanCode,
    Grid,
    ChainOfIdentity,
)

_BY_IDENTIFIER: dict[str, tuple[type[Structure], Layout]] = {
    layout.identifier: (structure, layout)
    for structure in STRUCTURES
    for layout in structure.LAYOUTS
}


def read_first(text: str) -> tuple[Structure, int]:
    """The structure at the beginning of the text, and how many characters it takes.

    A national structure takes all there is: nobody outside its country knows its length.
    """
    if NATIONAL_IDENTIFIER.match(text):
        return National.parse(text), len(text)
    structure, layout = _identify(text)
    length = layout.extent(text)
    return structure.parse(text[:length]), length


def _identify(text: str) -> tuple[type[Structure], Layout]:
    for characters in (3, 2):
        if len(text) >= characters and text[:characters] in _BY_IDENTIFIER:
            return _BY_IDENTIFIER[text[:characters]]
    if text.startswith("=") and text[1:2].isalnum():
        return _BY_IDENTIFIER["="]
    if text.startswith(("=", "&")):
        expected = "an identifier that ISBT 128 defines"
    else:
        expected = "= or &, with which every structure of ISBT 128 begins"
    raise LabelError("ISBT 128 structure", 1, expected, shown(text[:2]))
