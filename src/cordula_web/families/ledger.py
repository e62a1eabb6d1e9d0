"""How is the ledger of claims shown: each claim, its verdict, who says so and who does not?"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from cordula.decision_aid import days
from cordula.evidence.claims import Claim, Saying
from cordula.evidence.claims import claims as all_claims
from cordula.evidence.facts import fact
from cordula.evidence.library import study
from cordula.evidence.study import Source
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True)
class Voice:
    """What one study says, and where it can be found."""

    words: str
    name: str
    found_at: str
    address: str


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
    return tuple(map(_entry, all_claims()))


def _entry(claim: Claim) -> Entry:
    return Entry(
        id=claim.id,
        words=_(claim.words),
        verdict=claim.verdict,
        verdict_words=_(claim.verdict_words),
        short=_(claim.short),
        said_for=_voices(claim.said_for),
        said_against=_voices(claim.said_against),
        missing=tuple(map(_, claim.missing)),
        would_change=_(claim.would_change),
        checked_on=days.written(claim.checked_on),
    )


def _voices(sayings: Iterable[Saying]) -> tuple[Voice, ...]:
    return tuple(map(_voice, sayings))


def _voice(saying: Saying) -> Voice:
    if saying.study is None:
        source, name = fact(saying.fact or "").source, ""
    else:
        found = study(saying.study)
        source, name = next(iter(found.sources.values())), found.name
    return Voice(_(saying.says), name, _named(source), _address(source))


def _named(source: Source) -> str:
    """The number it is found under; where there is none, what it is called, or whose page it is."""
    if source.citation != source.url:
        return source.citation
    return source.label or urlsplit(source.url or "").hostname or ""


def _address(source: Source) -> str:
    if source.url:
        return source.url
    return f"https://doi.org/{source.doi}" if source.doi else ""
