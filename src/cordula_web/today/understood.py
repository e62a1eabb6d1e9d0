"""What was scanned or typed into the search field, before anything is looked for?"""

import re
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordula.labels.chain_of_identity import ChainOfIdentity
from cordula.labels.din import Din, read_typed_din
from cordula.labels.errors import LabelError
from cordula.labels.product import ProductCode
from cordula.labels.scan import SYMBOLOGY, Scan, scan
from cordula.vocabulary.identifiers import ChainOfIdentityId, DinNumber, NotAnIdentifier

# As printed: the number, perhaps its two flags, perhaps the boxed check character.
_NUMBER = re.compile(r"([A-NP-Z1-9][A-NP-Z0-9]{2}\d{10})(\d\d)?([0-9A-Z*])?", re.ASCII)
# A product code beside its donation number, as the record writes them.
_PRODUCT = re.compile(r"([A-NP-Z1-9][A-NP-Z0-9]{2}\d{10}) ([A-Z][A-Z0-9]{4}[A-Za-z0-9]{3})")
_DEVIATION = re.compile(r"[A-Z]{2,6}-?\d{1,8}")
_BY_HAND = re.compile(r"[\s-]")


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text means, as far as its form tells. `says` is told to the reader where nothing is found."""

    text: str
    says: str = ""
    din: DinNumber | None = None
    chain: ChainOfIdentityId | None = None
    deviation: str = ""
    # The words of a label that belongs to no unit, or cannot be read: looking further would only guess.
    closed: bool = False


def understand(text: str) -> Understood:
    wanted = text.strip()
    plain = SYMBOLOGY.sub("", wanted, count=1).strip()
    if plain[:1] in ("=", "&"):
        return _label(wanted)
    if product := _PRODUCT.fullmatch(" ".join(plain.split())):
        return _donation(wanted, product[1], _("A product of the donation {number}."))
    return _typed(wanted, _BY_HAND.sub("", plain).upper())


def _label(text: str) -> Understood:
    """As it came first: in the division of a product, small letters are not capitals."""
    try:
        return _structures(text, scan(text))
    except LabelError as fault:
        problem = str(fault)
    with suppress(LabelError):
        return _structures(text, scan(text.upper()))
    return Understood(text, _("This label cannot be read. {why}").format(why=problem), closed=True)


def _structures(text: str, read: Scan) -> Understood:
    for structure in read.structures:
        if isinstance(structure, Din):
            return _donation(text, structure.number, _("The donation number {number}."))
        if isinstance(structure, ChainOfIdentity):
            return _chain(text, structure.number)
    if any(isinstance(structure, ProductCode) for structure in read.structures):
        says = _("A product code alone names no unit. Scan the donation number beside it.")
        return Understood(text, says, closed=True)
    names = ", ".join(structure.name for structure in read.structures)
    says = _("This label says: {names}. It names no unit. Scan the donation number beside it.")
    return Understood(text, says.format(names=names), closed=True)


def _typed(text: str, plain: str) -> Understood:
    with suppress(NotAnIdentifier):
        return _chain(text, ChainOfIdentityId(plain))
    if number := _NUMBER.fullmatch(plain):
        return _number(text, number)
    if _DEVIATION.fullmatch(text.upper()):
        return Understood(text, _("Like the number of a deviation."), deviation=text.upper())
    return Understood(text)


def _number(text: str, found: re.Match[str]) -> Understood:
    """A number with its check character proves that it was typed right; without one it is only looked for."""
    number, check = found[1], found[3]
    # Two digits at the end are flags; one sign alone is the check character.
    if check is None:
        says = _("The donation number {number}, typed without its check character.")
        return _donation(text, number, says)
    try:
        read_typed_din(f"{number}{check}")
    except LabelError:
        says = _(
            "Typed like the donation number {number}, with {check} as its check character, which does not fit."
            " One of the characters is wrong. Read the label again, or scan it."
        )
        return Understood(text, says.format(number=_spaced(number), check=check), closed=True)
    return _donation(text, number, _("The donation number {number}."))


def _donation(text: str, number: str, says: str) -> Understood:
    try:
        din = DinNumber(number)
    except NotAnIdentifier as fault:
        return Understood(text, f"{fault}.", closed=True)
    return Understood(text, says.format(number=_spaced(number)), din=din)


def _chain(text: str, number: str) -> Understood:
    says = _("The chain of identity {number}.").format(number=number)
    return Understood(text, says, chain=ChainOfIdentityId(number))


def _spaced(number: str) -> str:
    return f"{number[:5]} {number[5:7]} {number[7:]}"
