"""What does the page of a child say of her draw? That she drew; and the arm, to whoever may know it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordula_web.clinic.forms.allocation import due_for
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.clinic.standing_states import State
from cordula_web.records import arms
from cordula_web.records.shelf import protocol_of


def arm_states(seen: ChildSeen) -> Iterator[State]:
    protocol = protocol_of(seen.infant)
    if protocol is None or not arms.is_randomised(protocol):
        return
    drawn = arms.draw_in(seen.infant)
    if drawn is not None:
        place = _("Place {number} of the list “{name}”.")
        title = place.format(number=drawn.number, name=drawn.list_name)
        arm = arms.arm_told(seen.acting, seen.infant, protocol)
        told = _("She drew: {arm}.").format(arm=arm) if arm else _("Her arm stays sealed.")
        yield State(_("This child has drawn."), f"{title} {told}", tone="", icon="")
    elif seen.acting.may_record("Randomised") and not due_for(seen):
        text = _("No list of this protocol has a place left. The statistician commits one.")
        yield State(_("This child cannot draw an arm."), text)
