"""What is a deed? A form that records one kind of event about one unit, and says for whom and when it is drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.events.event import Event
from cordula.units.life import State
from cordula.vocabulary.identifiers import AccountId, InfantId
from cordula_web.laboratory.deeds.asked import moment
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.sending import Writing
from cordula_web.people.areas import Area, Words
from cordula_web.people.roles import ROLES


class Deed(forms.Form):
    """The fields of one kind of event. A deed that needs a witness takes the badge scanned beside it."""

    use_required_attribute = False

    kind: ClassVar[type[Event]]
    title: ClassVar[Words]
    lead: ClassVar[Words] = ""
    button: ClassVar[Words] = gettext_lazy("Save")
    button_kind: ClassVar[str] = ""
    done: ClassVar[Words] = gettext_lazy("It is recorded.")
    area: ClassVar[Area] = Area.BENCH
    # Where the unit must be in its life; empty means anywhere.
    states: ClassVar[tuple[State, ...]] = ()
    # Whether a second person is asked for, and whether nothing is recorded without one.
    by_two: ClassVar[bool] = False
    only_by_two: ClassVar[bool] = False
    # Whether a scan of something else than a badge is of use here.
    scans: ClassVar[bool] = False
    # The page that follows, by its name.
    then: ClassVar[str] = "laboratory:count"

    when = moment(
        gettext_lazy("When"),
        required=False,
        help_text=gettext_lazy("Leave it empty if it is happening now."),
    )

    def __init__(
        self, data: Any, seen: Seen, second: AccountId | None = None, scanned: str = ""
    ) -> None:
        """`scanned` is the place that led here, if one did."""
        super().__init__(data)
        self.seen, self.second, self.scanned_place = seen, second, scanned
        self.fields["when"] = self.fields.pop("when")
        if "started_at" in self.fields:
            self.fields["when"].label = _("Ended")
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the unit."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.only_by_two and self.second is None:
            self.add_error(
                None, _("Two people are needed here. Scan the badge of the second person.")
            )
        return cleaned

    def to_events(self, writing: Writing) -> Sequence[Event]:
        """What is recorded; most deeds are a single event."""
        raise NotImplementedError

    def at(self, writing: Writing) -> datetime:
        given: datetime | None = self.cleaned_data.get("when")
        return given or writing.at

    def done_by(self, writing: Writing) -> dict[str, Any]:
        """Which unit, who, and when: what every event of a deed says."""
        return {"unit": self.seen.unit_id, "by": writing.by, "at": self.at(writing)}

    @property
    def infant(self) -> InfantId:
        assert self.seen.unit.infant is not None  # noqa: S101  asked by `why_not`
        return self.seen.unit.infant

    @classmethod
    def why_not(cls, seen: Seen) -> str:
        """Why this cannot be recorded now by this reader; empty if it can be tried."""
        if not seen.acting.may_record(cls.kind.__name__):
            return _("This is recorded by: {roles}.").format(roles=", ".join(cls.roles()))
        if cls.states and seen.unit.state not in cls.states:
            allowed = ", ".join(state.words for state in cls.states)
            told = _("The unit is “{state}”. This can be recorded while it is: {allowed}.")
            return told.format(state=seen.unit.state.words, allowed=allowed)
        if "infant" in cls.kind.__dataclass_fields__ and seen.unit.infant is None:
            return _("No child is known for this unit.")
        return cls.why_nothing(seen)

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        """Why there is nothing left to do, such as no product to freeze."""
        return ""

    @classmethod
    def roles(cls) -> list[str]:
        kind = cls.kind.__name__
        return sorted(str(role.label) for role in ROLES.values() if kind in role.may_record)
