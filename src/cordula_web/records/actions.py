"""The one door: an event is recorded once, in order, or refused with reasons; when this answers, it is durable.

recorded = record(event, key=form["key"], site=acting.site.site_id,
                  expected={stream_of(unit): 7}, sealing=sealing, now=timezone.now())
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from cordula.events.envelope import Envelope, open_entry
from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula.infants.admission import admit as admit_to_infant
from cordula.infants.infant import Infant
from cordula.units.admission import admit as admit_to_unit
from cordula.units.admission import admit_to_place
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import SiteId, Stream
from cordula_web.people.permissions import may_record
from cordula_web.records import card_store
from cordula_web.records.append import Batch, lock_head, set_limits
from cordula_web.records.command import Command, Recorded, answer, request_hash
from cordula_web.records.gates import GATED, check_gate
from cordula_web.records.histories import Told, envelopes, load
from cordula_web.records.refusals import (
    Conflict,
    KeyReused,
    Malformed,
    NotHere,
    NotPermitted,
    values_withheld,
)

COMMANDS_MAX = 1000
# Clocks of devices differ a little; beyond this, an event lies in the future (ledger 2.8).
AHEAD_MAX = timedelta(minutes=5)
KEY_MAX = 100
# A protocol is approved at each site, so its history is every site's.
SHARED = frozenset({"protocol"})
OTHERS = ("second_person", "witness", "acknowledged_by")


def record(
    event: Event,
    *,
    key: str,
    site: SiteId,
    now: datetime,
    expected: Mapping[Stream, int] | None = None,
    sealing: Sealing | None = None,
) -> Recorded:
    """Record one event. Raises NotAdmitted or a NotRecorded with its reasons; then nothing was written."""
    command = Command(event=event, key=key, site=site, now=now, expected=expected, sealing=sealing)
    return record_many([command])[0]


def record_many(commands: Sequence[Command]) -> list[Recorded]:
    """Record up to 1,000 events in one transaction: all of them, or none."""
    if len(commands) > COMMANDS_MAX:
        raise ValueError(
            f"{len(commands)} commands; at most {COMMANDS_MAX} go into one transaction"
        )
    # Durable: this block is never part of another, so what it wrote is on the disk when it ends.
    with values_withheld(), transaction.atomic(durable=True):
        set_limits(bulk=len(commands) > 1)
        writing = Writing.begin(commands)
        answers = [writing.take(command) for command in commands]
        writing.write()
    return answers


@dataclass(slots=True)
class Writing:
    """One transaction at work, from the lock to the last row."""

    batch: Batch
    told: dict[Stream, Told]
    prior: dict[str, tuple[Recorded, bytes]]
    permitted: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    @classmethod
    def begin(cls, commands: Sequence[Command]) -> "Writing":
        head = lock_head()
        streams = [stream for command in commands for stream in command.event.concerns()]
        return cls(Batch(head), load(streams), _prior([command.key for command in commands]))

    def take(self, command: Command) -> Recorded:
        asked = request_hash(command.event, command.site)
        if command.key in self.prior:
            return self._again(command, asked)
        self._check(command)
        told = [self.told[stream] for stream in command.event.concerns()]
        written = self.batch.add(
            command.event,
            key=command.key,
            site=command.site,
            now=command.now,
            asked=asked,
            told=told,
        )
        self.told.update(self.batch.touched)
        recorded = answer(written.envelope, written.leaf)
        self.prior[command.key] = recorded, asked
        return recorded

    def write(self) -> None:
        if self.batch.entries:
            self.batch.write()
            card_store.refresh(self.batch.touched)

    def _again(self, command: Command, asked: bytes) -> Recorded:
        recorded, before = self.prior[command.key]
        if asked != before:
            raise KeyReused(
                "This form was sent before with other content, and that was recorded. Open the page"
                " again to see it; nothing more was recorded."
            )
        return recorded

    def _check(self, command: Command) -> None:
        _check_form(command)
        self._check_people(command)
        told = [self.told[stream] for stream in command.event.concerns()]
        for one in told:
            _check_site(one, command.site)
            _check_expected(one, command)
        for one in told:
            _admit(one, command.event)
        if type(command.event) in GATED:
            self._check_gate(command, told)

    def _check_gate(self, command: Command, told: list[Told]) -> None:
        histories = {type(one.history): one.history for one in told}
        unit, infant = histories[Unit], histories[Infant]
        assert isinstance(unit, Unit)  # noqa: S101
        assert isinstance(infant, Infant)  # noqa: S101
        check_gate(command.event, unit, infant, command.now)

    def _check_people(self, command: Command) -> None:
        event, site = command.event, str(command.site)
        if not self._may(str(event.by), site, type(event).__name__):
            raise NotPermitted(
                f"The role you act in does not record “{type(event).__name__}” at this site."
            )

    def _may(self, account: str, site: str, kind: str) -> bool:
        asked = account, site, kind
        if asked not in self.permitted:
            self.permitted[asked] = may_record(account, site, kind)
        return self.permitted[asked]


def _prior(keys: list[str]) -> dict[str, tuple[Recorded, bytes]]:
    """What was recorded under these keys before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, data, leaf, request_hash FROM entry WHERE key = ANY(%s)", [keys]
        )
        return {
            key: (answer(open_entry(bytes(data)), bytes(leaf)), bytes(asked))
            for key, data, leaf, asked in cursor.fetchall()
        }


def _check_form(command: Command) -> None:
    event, now = command.event, command.now
    if not 8 <= len(command.key) <= KEY_MAX or not command.key.isprintable():
        raise Malformed(f"The key of a command has 8 to {KEY_MAX} printable characters.")
    if event.at.tzinfo is None or now.tzinfo is None:
        raise Malformed("A time without its offset is not a time. State the offset.")
    if event.at > now + AHEAD_MAX:
        raise Malformed(
            f"This is said to have happened at {event.at:%H:%M} on {event.at:%d-%b-%Y}, which has not"
            " come yet. Correct the time."
        )
    if not event.concerns():
        raise Malformed("The event concerns nobody, so it has no history to stand in.")


def _check_site(told: Told, site: SiteId) -> None:
    if told.site not in (None, site) and told.stream.kind not in SHARED:
        raise NotHere(f"There is no such {told.stream.kind} at this site.")


def _check_expected(told: Told, command: Command) -> None:
    expected = (command.expected or {}).get(told.stream)
    if expected is None or expected == told.version:
        return
    if expected > told.version:
        raise Conflict("The page shows more than was recorded. Open it again.")
    since = [envelope for envelope, _ in envelopes(told.stream)[expected:]]
    raise Conflict(_what_changed(told, since), since)


def _what_changed(told: Told, since: Sequence[Envelope]) -> str:
    listed = "; ".join(
        f"{type(e.event).__name__} by {e.event.by} at {e.recorded_at:%d-%b-%Y %H:%M} UTC"
        for e in since
    )
    return f"Since you opened the page, this {told.stream.kind}'s record went on: {listed}."


def _admit(told: Told, event: Event) -> None:
    match told.history:
        case Unit() as unit:
            admit_to_unit(unit, event)
        case Infant() as infant:
            admit_to_infant(infant, event)
        case Place() as place:
            admit_to_place(place, event)


def _others(event: Event) -> Iterator[str]:
    """Everybody else the event says was there."""
    for field_name in OTHERS:
        if account := getattr(event, field_name, None):
            yield str(account)
