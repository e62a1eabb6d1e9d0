"""The tables of this room, in the one place where Django looks for them."""

from cordula_web.people.accounts import Account
from cordula_web.people.sealed_rows import (
    IdentityToken,
    SealedDisclosure,
    SealedIdentity,
    SealedList,
    SubjectKey,
)
from cordula_web.people.sites import Membership, Site

__all__ = [
    "Account",
    "IdentityToken",
    "Membership",
    "SealedDisclosure",
    "SealedIdentity",
    "SealedList",
    "Site",
    "SubjectKey",
]
