"""The one door: an event is recorded once, in order, or refused with reasons; when this answers, it is durable.

recorded = record(event, key=form["key"], site=request.acting.site.site_id,
                  expected={stream_of(unit): 7}, sealing=sealing, now=timezone.now())
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cordula.events.envelope import open_entry
from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula.vocabulary.identifiers import SiteId, Stream
from cordula_web.records import card_store, histories, shelf, signer, words
from cordula_web.records.append import LOCK, Batch, head_of, limits
from cordula_web.records.checks import Door
from cordula_web.records.command import Command, Recorded, answer, same_but_for_words
from cordula_web.records.histories import REMEMBERED, Told
from cordula_web.records.refusals import KeyReused, without_values
from cordula_web.records.round_trip import InTwoTrips, Rows
from cordula_web.records.who import Staff, staff_asked, zones_asked, zones_told

COMMANDS_MAX = 1000


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
        raise ValueError(f"{len(commands)} commands; one transaction takes {COMMANDS_MAX}")
    return without_values(lambda: _recorded(commands))


def _recorded(commands: Sequence[Command]) -> list[Recorded]:
    shelf.ready()  # before the lock: whoever holds it while reading files may lose it
    # Durable: this block is never part of another, so what it wrote is on the disk when it ends.
    with InTwoTrips() as transaction:
        writing = Writing.begin(commands, transaction)
        answers = [writing.take(command) for command in commands]
        writing.write(transaction)
    REMEMBERED.keep(writing.batch.touched.values())
    return answers


@dataclass(slots=True)
class Writing:
    """One transaction at work, from the lock to the last row."""

    batch: Batch
    told: dict[Stream, Told]
    prior: dict[str, tuple[Event, SiteId, Recorded]]
    door: Door
    heard: words.Words = field(default_factory=dict)

    @classmethod
    def begin(cls, commands: Sequence[Command], transaction: InTwoTrips) -> "Writing":
        """Take the lock, and read after it all that must be known, in one round trip."""
        streams = list(dict.fromkeys(s for c in commands for s in c.event.concerns()))
        sites = {command.site for command in commands}
        *_, (row,), heads, keys, staff, zones = transaction.begin(
            [
                *limits(bulk=len(commands) > 1),
                LOCK,
                histories.heads_of(streams, related=True),
                (_PRIOR, [[command.key for command in commands]]),
                staff_asked((command.event for command in commands), sites),
                zones_asked(sites),
            ]
        )
        head = head_of(row)
        signer.refuse_if_behind(head.frontier)
        told = histories.told_at(streams, heads)
        return cls(Batch(head), told, _prior(keys), Door(Staff(staff), zones_told(zones)))

    def take(self, command: Command) -> Recorded:
        if command.key in self.prior:
            return self._again(command)
        event, site = command.event, command.site
        told = [self.told[stream] for stream in event.concerns()]
        self.door.check(command, told)
        written = self.batch.add(event, key=command.key, site=site, now=command.now, told=told)
        words.gather(self.heard, written, command.sealing, told)
        self.told.update(self.batch.touched)
        recorded = answer(written.envelope, written.leaf)
        self.prior[command.key] = event, site, recorded
        return recorded

    def write(self, transaction: InTwoTrips) -> None:
        if self.batch.entries:
            words.keep(self.heard)
            cards = card_store.refreshed(self.batch.touched, self.told, self.door.zones)
            transaction.finish([self.batch.statement(), *cards])

    def _again(self, command: Command) -> Recorded:
        before, site, recorded = self.prior[command.key]
        same = site == command.site and same_but_for_words(before, command.event)
        if not same or not words.same_words(before, command.event, command.sealing):
            raise KeyReused(
                "This form was sent before with other content, and that was recorded. Open the page"
                " again to see it; nothing more was recorded."
            )
        return recorded


_PRIOR = "SELECT key, data, leaf FROM entry WHERE key = ANY(%s)"


def _prior(rows: Rows) -> dict[str, tuple[Event, SiteId, Recorded]]:
    """What was recorded under these keys before."""
    found = {key: (open_entry(bytes(data)), bytes(leaf)) for key, data, leaf in rows}
    return {key: (e.event, e.site, answer(e, leaf)) for key, (e, leaf) in found.items()}
