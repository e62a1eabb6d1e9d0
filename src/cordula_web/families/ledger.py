"""How is the ledger of claims shown: each claim, its verdict, who says so and who does not?"""

from collections.abc import Iterable
from dataclasses import dataclass

from cordula.display.dates import LONG_MONTHS, patient_date
from cordula.evidence.claims import Claim, Saying
from cordula.evidence.claims import claims as all_claims
from cordula.evidence.facts import fact
from cordula.evidence.library import study
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True)
class Voice:
    """What one study says, and where it can be found."""

    words: str
    name: str
    found_at: str


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
        checked_on=patient_date(claim.checked_on, months=[_(month) for month in LONG_MONTHS]),
    )


def _voices(sayings: Iterable[Saying]) -> tuple[Voice, ...]:
    return tuple(Voice(_(one.says), *_found(one)) for one in sayings)


def _found(saying: Saying) -> tuple[str, str]:
    """The name of the study, and the shortest way to find it; a fact is its own source."""
    if saying.study is None:
        return "", fact(saying.fact or "").source.citation
    found = study(saying.study)
    cited = [one.citation for one in found.sources.values()]
    return found.name, cited[0] if cited else ", ".join(found.registry)
