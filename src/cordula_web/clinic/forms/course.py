"""What do all forms about a child have in common: what it is called, when it is offered, how it becomes an entry?"""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cordula.events.event import Event
from cordula.events.sealed import Sealing
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.people.areas import Words
from cordula_web.records.sending import RecordingForm, seen_of, send

MINUTES = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A date and a time on the site's clock, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("On the clock of this site."))
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES)
        super().__init__(widget=widget, input_formats=[MINUTES], **kwargs)


def this_minute() -> datetime:
    return timezone.localtime().replace(second=0, microsecond=0)


class CourseForm(RecordingForm):
    """Something about one child. A kind of event, and how the form becomes one."""

    title: ClassVar[Words]
    button: ClassVar[Words]
    records: ClassVar[str]  # the kind of event
    page: ClassVar[str]  # the last part of the address, and the name of the page
    warning: ClassVar[Words] = ""
    # Not offered any more after the child has died, or before she is born.
    for_the_living: ClassVar[bool] = False
    after_birth: ClassVar[bool] = True

    def __init__(self, data: Any = None, *, child: ChildSeen, **kwargs: Any) -> None:
        super().__init__(data, seen=seen_of(child.infant), **kwargs)
        self.child = child

    @classmethod
    def offered(cls, child: ChildSeen) -> bool:
        """Whether this can be recorded of the child as she is now, by this person."""
        infant = child.infant
        if cls.for_the_living and infant.died_at is not None:
            return False
        return child.acting.may_record(cls.records) and not (cls.after_birth and not infant.born_at)

    def to_event(self, sealing: Sealing) -> Event:
        raise NotImplementedError

    @property
    def who(self) -> dict[str, Any]:
        """The fields every event has, as this form gives them."""
        at = self.cleaned_data.get("at") or timezone.localtime()
        return {"infant": self.child.id, "by": self.child.acting.account_id, "at": at}

    def record(self, now: datetime) -> bool:
        """Record the event; where it is refused, say why and keep what was entered."""
        sealing = Sealing()
        site = self.child.acting.site.site_id
        if send(self, self.to_event(sealing), site=site, now=now, sealing=sealing):
            return True
        # The reader is told what came in between, so the form now stands on that.
        self.show_anew(seen=seen_of(self.child.infant))
        return False
