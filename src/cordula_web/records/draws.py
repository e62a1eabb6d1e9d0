"""May this list be committed to, this place be drawn, this arm be told? Asked under the lock, like every admission."""

from collections.abc import Sequence

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event
from cordula.events.randomisation import AllocationListCommitted, Randomised, Unblinded
from cordula_web.records.histories import Told
from cordula_web.records.models import InfantCard

ABOUT_ARMS = (AllocationListCommitted, Randomised, Unblinded)


def check_draw(event: Event, told: Sequence[Told]) -> None:
    """Return where nothing speaks against it; raise NotAdmitted with every reason.

    What was committed and drawn stands in the history of the protocol; who is enrolled, in the child's."""
    if not isinstance(event, ABOUT_ARMS):
        return
    # The trial engine brings NumPy with it, and most entries are about no arm.
    from cordula.trial.allocation import History, admit

    admit(History.replay(past for one in told for past in one.history.standing), event)
    if isinstance(event, AllocationListCommitted) and _too_late(event):
        raise NotAdmitted(
            ("A child is enrolled already. Lists are committed before the first child.",)
        )


def _too_late(event: AllocationListCommitted) -> bool:
    """Whether a child is enrolled under this version, for whose design the list was drawn. One that continues another
    comes when that is used up."""
    return (
        event.continues is None
        and InfantCard.objects.filter(
            protocol=str(event.protocol_file), protocol_digest=event.digest
        ).exists()
    )
