"""What did somebody scan or type: a donation, a product, a child, a person? Read first, compared afterwards."""

import re
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordula.infants.infant import Infant
from cordula.labels.chain_of_identity import ChainOfIdentity
from cordula.labels.din import Din
from cordula.labels.errors import LabelError
from cordula.labels.product import ProductCode
from cordula.labels.scan import Scan, read_typed_din, scan
from cordula.vocabulary.identifiers import (
    ChainOfIdentityId,
    DinNumber,
    InfantId,
    MotherId,
    NotAnIdentifier,
    ProductKey,
    SiteId,
)
from cordula_web.people import identities
from cordula_web.people.badges import is_badge
from cordula_web.records import lists

_TYPED_DIN = re.compile(r"[A-NP-Z1-9][A-NP-Z0-9]{2}\d{2}\d{8}[0-9A-Z*]?", re.ASCII)
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Scanned:
    """The meaning of one scan. `words` is what it said where it was no label; `problem` says why it cannot be read."""

    din: DinNumber | None = None
    code: ProductCode | None = None
    chain: ChainOfIdentityId | None = None
    badge: str = ""
    words: str = ""
    problem: str = ""

    def product_of(self, din: DinNumber) -> ProductKey | None:
        """The product whose code was scanned, taken to belong to this donation."""
        if self.code is None:
            return None
        kind = self.code.collection_type or "0"
        return ProductKey(din, self.code.description_code, self.code.division, kind)


def read(text: str) -> Scanned:
    """Read one scan, or one typed number with its check character."""
    wanted = text.strip()
    if is_badge(wanted):
        return Scanned(badge=wanted)
    plain = _SYMBOLOGY.sub("", wanted)
    if plain[:1] in ("=", "&"):
        return _label(wanted)
    if _TYPED_DIN.fullmatch("".join(plain.split()).upper()):
        return _typed("".join(plain.split()).upper())
    return Scanned(words=wanted, chain=_chain(plain))


def _label(text: str) -> Scanned:
    """Some scanners send small letters; in a product's division they mean something, so the text as it came is tried first."""
    try:
        return _of(scan(text))
    except LabelError as fault:
        problem = str(fault)
    try:
        return _of(scan(text.upper()))
    except (LabelError, NotAnIdentifier):
        return Scanned(problem=problem)


def _of(read_whole: Scan) -> Scanned:
    din = code = chain = None
    for structure in read_whole.structures:
        match structure:
            case Din():
                din = DinNumber(structure.number)
            case ProductCode():
                code = structure
            case ChainOfIdentity():
                chain = ChainOfIdentityId(structure.number)
    if din or code or chain:
        return Scanned(din=din, code=code, chain=chain)
    names = ", ".join(structure.name for structure in read_whole.structures)
    return Scanned(problem=_("That is “{names}”. Scan the donation number.").format(names=names))


def _typed(text: str) -> Scanned:
    if len(text) == 13:
        return Scanned(problem=_("Type the boxed check character too, or scan the label."))
    try:
        return Scanned(din=DinNumber(read_typed_din(text).number))
    except (LabelError, NotAnIdentifier) as fault:
        return Scanned(problem=str(fault))


def _chain(text: str) -> ChainOfIdentityId | None:
    try:
        return ChainOfIdentityId("".join(text.split()).upper())
    except NotAnIdentifier:
        return None


# --- Compared -------------------------------------------------------------------------------------


def is_infant(scanned: Scanned, infant: Infant, site: SiteId) -> bool:
    """Whether the wristband is this child's: her chain of identity, her identifier or her hospital number."""
    if scanned.chain is not None:
        return scanned.chain == infant.chain_of_identity
    return infant.id is not None and infant.id in persons_meant(scanned, site)


def persons_meant(scanned: Scanned, site: SiteId) -> set[InfantId | MotherId]:
    """Everybody that a wristband may name: by random identifier, or by hospital number at this site."""
    if not scanned.words:
        return set()
    found = set(identities.with_hospital_number(str(site), scanned.words))
    with suppress(NotAnIdentifier):
        found |= {InfantId(scanned.words), MotherId(scanned.words)}
    return found


def matches_infant(scanned: Scanned, infant: Infant, site: SiteId) -> bool | None:
    """True for this child's wristband, False for anybody else's; None where it names nobody known here."""
    if is_infant(scanned, infant, site):
        return True
    if scanned.chain is not None:
        return False
    return False if _somebody_else(scanned, site) else None


def matches_mother(scanned: Scanned, mother: MotherId | None, site: SiteId) -> bool | None:
    """The same of the mother's wristband: her identifier, or her hospital number."""
    if mother is not None and mother in persons_meant(scanned, site):
        return True
    return False if scanned.chain is not None or _somebody_else(scanned, site) else None


def _somebody_else(scanned: Scanned, site: SiteId) -> bool:
    if identities.with_hospital_number(str(site), scanned.words):
        return True
    return any(lists.is_person(site, str(one)) for one in persons_meant(scanned, site))
