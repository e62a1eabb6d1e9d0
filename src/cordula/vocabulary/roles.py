"""Who may be asked to act or to sign?"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cordula.vocabulary.catalogue import UnknownWord, read_table


class UnknownRole(UnknownWord):
    """No role has this key."""


@cache
def roles() -> Mapping[str, str]:
    """Every role by its key, each with its words."""
    return MappingProxyType(read_table("roles.toml")["roles"])


def role(key: str) -> str:
    """The words for a role; UnknownRole with a suggestion if there is none."""
    found = roles().get(key)
    if found is None:
        raise UnknownRole(key, "a role", roles())
    return found
