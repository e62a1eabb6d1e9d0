"""May this command be taken as it stands: its form, its people, its site, its version, its history, its gate?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from cordula.events.envelope import Envelope
from cordula.events.event import Event
from cordula.events.parts import Signature
from cordula.infants.admission import admit as admit_to_infant
from cordula.infants.infant import Infant
from cordula.units.admission import admit as admit_to_unit
from cordula.units.admission import admit_to_place
from cordula.units.place import Place
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import SiteId
from cordula_web.records.command import Command
from cordula_web.records.draws import check_draw
from cordula_web.records.gates import check_gate
from cordula_web.records.histories import Told, envelopes
from cordula_web.records.refusals import Conflict, Malformed, NotHere, NotPermitted
from cordula_web.records.who import Staff, others

# Clocks of devices differ a little; beyond this, an event lies in the future (ledger 2.8).
AHEAD_MAX = timedelta(minutes=5)
KEY_MIN, KEY_MAX = 8, 100
# A protocol is approved at each site, so its history is every site's.
SHARED = frozenset({"protocol"})


@dataclass(frozen=True, slots=True)
class Door:
    """The checks of one transaction: with whoever works at its sites, and the zones these live in."""

    staff: Staff
    # In which verdicts write their times.
    zones: Mapping[SiteId, tzinfo]

    def check(self, command: Command, told: Sequence[Told]) -> None:
        """Return if the event may follow these histories; raise NotAdmitted or NotRecorded if not."""
        _check_form(command, told)
        self._check_people(command)
        for one in told:
            _check_site(one, command.site)
        for one in told:
            _check_expected(one, command)
        for one in told:
            _admit(one, command.event)
        check_draw(command.event, told)
        check_gate(command.event, told, self._local(command))

    def _local(self, command: Command) -> datetime:
        """Now, in the zone of the site."""
        return command.now.astimezone(self.zones.get(command.site, UTC))

    def _check_people(self, command: Command) -> None:
        event, site = command.event, str(command.site)
        kind = type(event).__name__
        if not self.staff.may_record(str(event.by), site, kind):
            raise NotPermitted(f"You hold no role at this site that records “{kind}”.")
        self._check_role_signed_in(event, site)
        for account in others(event):
            if not self.staff.works(account, site):
                raise NotPermitted(
                    f"{account} has no account in use at this site, and cannot be the second person."
                )

    def _check_role_signed_in(self, event: Event, site: str) -> None:
        """Nobody signs in a role they do not hold."""
        signature = getattr(event, "signature", None)
        if not isinstance(signature, Signature):
            return
        if not self.staff.holds(str(event.by), site, signature.role):
            raise NotPermitted(
                f"You do not hold the role “{signature.role}”, and cannot sign in it."
            )


def _check_form(command: Command, told: Sequence[Told]) -> None:
    event, now = command.event, command.now
    if not KEY_MIN <= len(command.key) <= KEY_MAX or not command.key.isprintable():
        raise Malformed(f"The key of a command has {KEY_MIN} to {KEY_MAX} printable characters.")
    if event.at.tzinfo is None or now.tzinfo is None:
        raise Malformed("A time without its offset is not a time. State the offset.")
    if event.at > now + AHEAD_MAX:
        raise Malformed(
            f"This is said to have happened on {event.at:%d-%b-%Y at %H:%M}, which has not come yet."
            " Correct the time."
        )
    if not told:
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
        f"{type(e.event).__name__} by {e.event.by} on {e.recorded_at:%d-%b-%Y at %H:%M} UTC"
        for e in since
    )
    return f"Since you opened the page, this {told.stream.kind}’s record went on: {listed}."


def _admit(told: Told, event: Event) -> None:
    match told.history:
        case Unit() as unit:
            admit_to_unit(unit, event)
        case Infant() as infant:
            admit_to_infant(infant, event)
        case Place() as place:
            admit_to_place(place, event)
