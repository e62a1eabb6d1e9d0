"""How does a form become entries of the record: its key, the versions it was drawn from, and what is refused?

The key is drawn with the form, so that a form sent twice is recorded once; the versions say what its reader saw.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from django.http import HttpRequest

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula.vocabulary.identifiers import AccountId, NotAnIdentifier, Stream
from cordula_web.frame.parts import Problem
from cordula_web.people.acting import Acting
from cordula_web.records import queries
from cordula_web.records.actions import record_many
from cordula_web.records.command import Command
from cordula_web.records.refusals import GateClosed, NotRecorded

KEY, SEEN = "key", "seen"
KEY_LENGTH = 32


def new_key() -> str:
    return token_hex(KEY_LENGTH // 2)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came back: under which key, and from which versions it was drawn."""

    key: str
    seen: Mapping[Stream, int]

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The fields that carry it through the browser."""
        versions = " ".join(f"{stream}={version}" for stream, version in self.seen.items())
        return ((KEY, self.key), (SEEN, versions))


def drawn(seen: Mapping[Stream, int]) -> Sent:
    """A form that is drawn for the first time."""
    return Sent(new_key(), seen)


def sent(request: HttpRequest) -> Sent:
    """What the browser sent back. A key or a version that was tampered with counts as none."""
    key = request.POST.get(KEY, "")
    known = len(key) == KEY_LENGTH and key.isalnum()
    return Sent(key if known else new_key(), _versions(request.POST.get(SEEN, "")))


def _versions(text: str) -> dict[Stream, int]:
    versions: dict[Stream, int] = {}
    for pair in text.split():
        stream, _, version = pair.partition("=")
        try:
            versions[Stream(stream)] = int(version)
        except (NotAnIdentifier, ValueError):
            continue
    return versions


@dataclass(frozen=True, slots=True)
class Writing:
    """Whoever writes, and when. A form sent again speaks of the moment at which it was first recorded."""

    by: AccountId
    at: datetime
    reference: str  # from the form's key, so that a form sent twice numbers its deviation alike
    sealing: Sealing = field(default_factory=Sealing)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was recorded: why, in the words of the person who must act on it."""

    reasons: tuple[str, ...]
    status: int = 409

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(Problem(reason, "#main") for reason in self.reasons)


def record(
    build: Callable[[Writing], Sequence[Event]], form: Sent, acting: Acting, now: datetime
) -> Refused | None:
    """Record the events of one form: all of them, or none and the reasons. None means that it is done."""
    site = acting.site.site_id
    first = queries.happened_under(_key(form.key, 0), site=site)
    writing = Writing(acting.account_id, first or now, form.key[:6].upper())
    commands = [
        Command(
            event=event,
            key=_key(form.key, number),
            site=site,
            now=now,
            # What the first event of a form changes, the others were not drawn from.
            expected=form.seen if number == 0 else None,
            sealing=writing.sealing,
        )
        for number, event in enumerate(build(writing))
    ]
    try:
        record_many(commands)
    except NotAdmitted as refusal:
        return Refused(refusal.reasons)
    except GateClosed as refusal:
        return Refused(refusal.reasons, refusal.status)
    except NotRecorded as refusal:
        return Refused((str(refusal),), refusal.status)
    return None


def _key(key: str, number: int) -> str:
    return f"{key}-{number}"
