"""Who and what a record is about, by names that cannot be mistaken for one another and say nothing of the person."""

import re
from base64 import b32encode
from dataclasses import dataclass
from typing import ClassVar, Self

from cordula.vocabulary.words import _

_RANDOM_ID = re.compile(r"[a-z0-9-]{1,40}")
_FACILITY = r"[A-NP-Z1-9][A-NP-Z0-9]{2}[0-9]{2}"
_DIN = re.compile(_FACILITY + r"[0-9]{8}")
_CHAIN_OF_IDENTITY = re.compile("CH" + _FACILITY + r"[0-9]{2}[0-9A-Z]{6}")
_PRODUCT_CODE = re.compile(r"[A-Z][A-Z0-9]{4}")
_DIVISION = re.compile(r"[A-Z0][a-z0]|[0-9]{6}|[A-Z]{6}")
_COLLECTION_TYPE = re.compile(r"[A-Za-z0-9]")


class NotAnIdentifier(ValueError):
    """A text cannot be an identifier of the kind asked for; the message says why."""


class Identifier(str):
    """A random name for one thing. It carries no meaning, so it can be sealed for ever and give nobody away."""

    __slots__ = ()
    kind: ClassVar[str]

    def __new__(cls, text: str) -> Self:
        if not _RANDOM_ID.fullmatch(text):
            raise NotAnIdentifier(
                f"“{text}” is not a valid {cls.kind} identifier: 1 to 40 lower-case letters, digits and hyphens are allowed"
            )
        return str.__new__(cls, text)

    @classmethod
    def new(cls, random_bytes: bytes) -> Self:
        """A new identifier from 16 random bytes, which the caller draws: 26 characters of base 32."""
        if len(random_bytes) != 16:
            raise ValueError(f"16 random bytes make an identifier, not {len(random_bytes)}")
        return cls(b32encode(random_bytes).decode("ascii").rstrip("=").lower())


class UnitId(Identifier):
    """One cord blood unit, or a cell product received from its maker."""

    __slots__ = ()
    kind = "unit"


class InfantId(Identifier):
    __slots__ = ()
    kind = "infant"


class MotherId(Identifier):
    __slots__ = ()
    kind = "mother"


class PlaceId(Identifier):
    """A place that can hold a product: a freezer, a shelf, a shipper, a theatre."""

    __slots__ = ()
    kind = "place"


class ProtocolId(Identifier):
    """A protocol in the library, named by its folder."""

    __slots__ = ()
    kind = "protocol"


class AccountId(Identifier):
    """Whoever signs; the name behind it is kept apart and can be erased."""

    __slots__ = ()
    kind = "account"


class SiteId(Identifier):
    __slots__ = ()
    kind = "site"


StreamOwner = UnitId | InfantId | MotherId | PlaceId | ProtocolId
_STREAM_OWNERS: dict[str, type[StreamOwner]] = {
    owner.kind: owner for owner in (UnitId, InfantId, MotherId, PlaceId, ProtocolId)
}


class Stream(str):
    """The name of one history in the ledger, such as ``unit:demo-unit-1``."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        kind, colon, name = text.partition(":")
        if not colon or kind not in _STREAM_OWNERS:
            kinds = ", ".join(_STREAM_OWNERS)
            raise NotAnIdentifier(
                f"“{text}” is not a stream: one of {kinds}, a colon and an identifier"
            )
        _STREAM_OWNERS[kind](name)
        return str.__new__(cls, text)

    @property
    def kind(self) -> str:
        return self.partition(":")[0]

    @property
    def owner(self) -> StreamOwner:
        """The identifier of whatever this history is about, in its own type."""
        kind, _, name = self.partition(":")
        return _STREAM_OWNERS[kind](name)


def stream_of(owner: StreamOwner) -> Stream:
    """The stream of a unit, an infant, a mother, a place or a protocol."""
    if owner.kind not in _STREAM_OWNERS:
        raise TypeError(f"a {owner.kind} has no stream of its own")
    return Stream(f"{owner.kind}:{owner}")


class DinNumber(str):
    """A donation identification number: 13 characters, without flags and without check character (ISBT 128 DS 001)."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if len(text) == 15 and _DIN.fullmatch(text[:13]):
            raise NotAnIdentifier(
                _(
                    "“{text}” has 15 characters: the last two are flags, which are not part of the"
                    " donation number"
                ).format(text=text)
            )
        if not _DIN.fullmatch(text):
            raise NotAnIdentifier(
                _(
                    "“{text}” is not a donation number: 13 characters, such as A999926000001, are"
                    " needed"
                ).format(text=text)
            )
        return str.__new__(cls, text)

    @property
    def facility(self) -> str:
        return self[:5]

    @property
    def year(self) -> str:
        """The two digits of the nominal year, which may be a month away from the calendar's."""
        return self[5:7]

    @property
    def serial(self) -> str:
        return self[7:]


class ChainOfIdentityId(str):
    """Links one infant's therapy to all its donations and products (ISBT 128 DS 040); never replaces a DIN."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not _CHAIN_OF_IDENTITY.fullmatch(text):
            raise NotAnIdentifier(
                _(
                    "“{text}” is not a chain of identity: 15 characters, such as CHA999926000001,"
                    " are needed"
                ).format(text=text)
            )
        return str.__new__(cls, text)


@dataclass(frozen=True, slots=True, order=True)
class ProductKey:
    """One bag, vial or segment in the world: its donation, what it is, and which division of it.

    The collection type is the sixth character of the printed product code; ``0`` means that none is stated.
    """

    din: DinNumber
    product_code: str
    division: str
    collection_type: str = "0"

    def __post_init__(self) -> None:
        if not isinstance(self.din, DinNumber):
            raise TypeError(f"a product belongs to a DinNumber, not to {self.din!r}")
        if not _PRODUCT_CODE.fullmatch(self.product_code):
            raise NotAnIdentifier(f"“{self.product_code}” is not a product code of five characters")
        if not _COLLECTION_TYPE.fullmatch(self.collection_type):
            raise NotAnIdentifier(
                f"“{self.collection_type}” is not a collection type of one character"
            )
        if not _DIVISION.fullmatch(self.division):
            raise NotAnIdentifier(_no_division(self.division))

    def __str__(self) -> str:
        return f"{self.din} {self.product_code}{self.collection_type}{self.division}"


def _no_division(text: str) -> str:
    if text == "99":
        return "division 99 only says that the division is in its own bar code (DS 032): scan that one too"
    return f"“{text}” is not a division: two characters such as 00 or A0, or the six of DS 032"
