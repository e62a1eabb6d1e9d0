"""What else can be done about a release: refuse it with a reason, or take it back?"""

from django.utils.translation import gettext as _

from cordula.units.rules.release import AT_THE_CHILD, RELEASABLE
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action
from cordula_web.laboratory.seen import Seen


def refuse(seen: Seen) -> Action | None:
    """The way to say that the unit will not be used."""
    url = address("laboratory:refuse", {"din": seen.din})
    may = seen.acting.may_record("Rejected") and seen.unit.state in RELEASABLE
    return Action(_("Refuse, with a reason"), url, "two") if may and url else None


def take_back(seen: Seen) -> Action | None:
    """The way to close everything again that a release has opened."""
    url = address("laboratory:take_back", {"din": seen.din})
    may = seen.acting.may_record("ReleaseRevoked") and seen.unit.release is not None
    stands = seen.unit.state in AT_THE_CHILD
    return Action(_("Take back the release"), url, "stop") if may and stands and url else None


def other_acts(seen: Seen) -> tuple[Action, ...]:
    return tuple(action for action in (refuse(seen), take_back(seen)) if action)
