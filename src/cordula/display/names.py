"""How are a donation number and a person written, so that neither is taken for another?"""

from dataclasses import dataclass

from cordula.vocabulary.identifiers import DinNumber


@dataclass(frozen=True, slots=True)
class WrittenDin:
    """A donation number in the groups people read: ``A9999 26 123456 00 [T]``.

    A page sets the flags small, boxes the check character and never breaks inside a group. What is copied is the
    thirteen characters, because flags and check character are not part of the number.
    """

    groups: tuple[str, str, str]
    flags: str
    check: str
    copied: str

    def __str__(self) -> str:
        box = f"[{self.check}]" if self.check else ""
        return " ".join(part for part in (*self.groups, self.flags, box) if part)


def din(number: DinNumber, flags: str = "", check: str = "") -> WrittenDin:
    """The number in its groups; the labels room knows its flags and works out its check character."""
    return WrittenDin((number.facility, number.year, number.serial), flags, check, str(number))


def person(family: str, given: str = "", title: str = "") -> str:
    """``HADDAD, Lina (Miss)``: family name in capitals, nothing abbreviated, nothing left off."""
    name = ", ".join(part for part in (family.upper(), given) if part)
    return f"{name} ({title})" if title else name
