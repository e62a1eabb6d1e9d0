"""How are the child and a list written in the sentence that is signed?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cordula import display
from cordula_web.laboratory.seen import Seen
from cordula_web.people.identities import Identity


def joined(items: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(items) < 2:
        return "".join(items)
    return _("{most} and {last}").format(most=", ".join(items[:-1]), last=items[-1])


def whom(seen: Seen) -> str:
    """“HADDAD, Lina, born 04-Jun-2026”; for those who may not know her name, her chain of identity."""
    if not isinstance(seen.identity, Identity):
        chain = seen.unit.chain_of_identity or (seen.infant and seen.infant.chain_of_identity)
        return _("the child of chain of identity {chain}").format(chain=chain or _("not recorded"))
    name = display.person(seen.identity.family_name, seen.identity.given_name)
    born = seen.infant.born_at if seen.infant else None
    if born is None and seen.identity.born is None:
        return _("{name}, not born yet").format(name=name)
    day = display.clin_date(born or seen.identity.born, seen.now.tzinfo)  # type: ignore[arg-type]
    return _("{name}, born {day}").format(name=name, day=day)
