"""Which chain of identity comes next? It is allocated before the first collection and never used twice."""

from django.conf import settings
from django.utils.translation import gettext as _

from cordula.labels.chain_of_identity import ChainOfIdentity
from cordula.vocabulary.identifiers import ChainOfIdentityId
from cordula_web.people.sites import Site
from cordula_web.records import lists

# ISBT 128 gives this facility number to nobody: it is for examples.
PRACTICE = "A9999"
DIGITS = 6


class NoFacility(LookupError):
    """This site has no facility number; the message says who enters it."""


def facility_of(site: Site) -> str:
    if settings.CORDULA_FACILITY:
        return str(settings.CORDULA_FACILITY)
    if site.practice or settings.PRACTICE:
        return PRACTICE
    raise NoFacility(
        _(
            "No facility number is entered for this installation (CORDULA_FACILITY), so no chain of"
            " identity can be allocated. Ask whoever runs it."
        )
    )


def next_chain(facility: str, year: int) -> ChainOfIdentityId:
    """One more than the highest that was counted under this facility number in this year."""
    beginning = f"CH{facility}{year % 100:02d}"
    newest = lists.newest_chain_of_identity(beginning)
    number = int(newest[-DIGITS:]) + 1 if newest else 1
    return ChainOfIdentityId(f"{beginning}{number:0{DIGITS}d}")


def barcode_of(chain: ChainOfIdentityId) -> str:
    """What the bar code on paper carries, data identifier included (ISBT 128 structure 040)."""
    return ChainOfIdentity(chain[2:7], chain[7:9], chain[9:]).format()
