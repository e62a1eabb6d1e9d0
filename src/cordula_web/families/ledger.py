"""How is the ledger of claims shown: each claim, its verdict, who says so and who does not?"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from cordula.decision_aid import days, known
from cordula.decision_aid.known import Values
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be read; the address is empty where there is only a number."""

    named: str
    address: str


@dataclass(frozen=True, slots=True)
class Voice:
    """What one study says, and where it can be found."""

    words: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as it is read. `verdict` names the style, `verdict_words` is what is read."""

    id: str
    words: str
    verdict: str
    verdict_words: str
    short: str
    said_for: tuple[Voice, ...]
    said_against: tuple[Voice, ...]
    missing: tuple[str, ...]
    would_change: str
    checked_on: str


def claims() -> tuple[Entry, ...]:
    return tuple(map(_entry, known.claims()))


def _entry(claim: Values) -> Entry:
    return Entry(
        id=claim["id"],
        words=_(claim["words"]),
        verdict=claim["verdict"],
        verdict_words=_(claim["verdict_words"]),
        short=_(claim["short"]),
        said_for=tuple(map(_voice, claim["for"])),
        said_against=tuple(map(_voice, claim["against"])),
        missing=tuple(map(_, claim["missing"])),
        would_change=_(claim["would_change"]),
        checked_on=days.written(date.fromisoformat(claim["checked_on"])),
    )


def _voice(saying: Values) -> Voice:
    name = known.studies()[saying["study"]]["name"] if saying["study"] else ""
    read_in = known.sources_of(saying)
    places = dict.fromkeys(Place(_named(one), _address(one)) for one in read_in)
    return Voice(_(saying["says"]), name, tuple(places))


def _named(source: Values) -> str:
    """The number it is found under; where there is none, what it is called, or whose page it is."""
    if source["citation"] != source["url"]:
        return str(source["citation"])
    return str(source["label"] or urlsplit(source["url"] or "").hostname or "")


def _address(source: Values) -> str:
    if source["url"]:
        return str(source["url"])
    return f"https://doi.org/{source['doi']}" if source["doi"] else ""
